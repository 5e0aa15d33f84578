import { expect, PASSWORD, test } from '../harness/test'

// Nobody has logged an account in here.
test.use({ setup: { accounts: 0, config: '# for a newcomer alone\n' } })

test('a newcomer gets from the first look to his first request in the feed by clicks', async ({
  page,
  service,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  const opened = Date.now()
  await page.goto(service.url)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.getByRole('button', { name: 'Unlock' }).click()

  await page.getByRole('link', { name: 'Add account' }).click()
  const popup = page.waitForEvent('popup')
  await page.getByRole('dialog').getByRole('button', { name: 'Start sign-in' }).click()
  const provider = await popup
  await provider.getByRole('button', { name: 'Log in as a person' }).click()
  await expect(provider.getByText('Done.')).toBeVisible()
  await provider.close()

  const tryIt = { name: 'Try it' }
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('link', tryIt).or(dialog.getByRole('button', tryIt)).click({ timeout: 45_000 })
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('link', { name: 'Requests' }).first().click()
  await expect(page.getByRole('table').getByRole('row').nth(1)).toContainText('Li')
  test.info().annotations.push({ type: 'seconds', description: String((Date.now() - opened) / 1000) })
})
