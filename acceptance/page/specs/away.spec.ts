import { expect, PASSWORD, test } from '../harness/test'

test.use({ setup: { server: '  password: ""\n', accounts: 1 } })

test('a locked server says how to give it a password, and opens by itself once it has one; when it stops, the page says so, and comes back', async ({
  page,
  service,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  complaints.allow(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE/)
  await page.goto(service.url)

  await test.step('locked', async () => {
    await expect(page.getByRole('heading', { name: 'The server has no password yet' })).toBeVisible()
    await expect(page.getByText('./codebuddy2api hash-password')).toBeVisible()
    await expect(page.getByText('config/config.yaml')).toBeVisible()
    await service.editConfig((yaml) => yaml.replace('password: ""', `password: "${PASSWORD}"`))
    const password = page.getByLabel('Password', { exact: true })
    await expect(password).toBeVisible({ timeout: 20_000 })
    await password.fill(PASSWORD)
    await password.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
    await expect(page.getByText('Running', { exact: true })).toBeVisible()
  })

  await test.step('stopped', async () => {
    await service.stop()
    const banner = page.getByRole('alert').filter({ hasText: 'Connection to the server lost.' })
    await expect(banner).toContainText(/Data is from \d\d:\d\d:\d\d\./, { timeout: 10_000 })
    await expect(page.getByText('No connection')).toBeVisible()
  })

  await test.step('back', async () => {
    await service.restart()
    // Its sessions were in its memory only: it asks for the password, over what is on the screen.
    await expect(page.getByRole('heading', { name: 'You were signed out' })).toBeVisible({ timeout: 20_000 })
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Unlock' }).click()
    await expect(page.getByText('Running', { exact: true })).toBeVisible()
    await expect(page.getByText('Connection to the server lost.')).toHaveCount(0)
  })

  await test.step('away while the page is opened', async () => {
    await page.route('**/api/session', (route) => route.abort())
    await page.reload()
    await expect(page.getByText('The server does not answer', { exact: true })).toBeVisible()
    await page.unroute('**/api/session')
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible({ timeout: 10_000 })
  })
})
