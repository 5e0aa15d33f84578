import { dialog, review, save, saved } from '../harness/changes'
import { expect, PASSWORD, test } from '../harness/test'

declare global {
  var noteAsked: () => Promise<void>
}

test('I.105 F21 a new password keeps the owner in, holds for clients at once, and stays nowhere in the page', async ({
  page,
  service,
  open,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  const other = 'another-horse-battery'
  let asked = 0
  const change = async (password: string) => {
    await page.getByRole('button', { name: 'Change the password' }).click()
    await page.getByLabel('New password', { exact: true }).fill(password)
    await page.getByLabel('New password again').fill('not-the-same')
    await page.keyboard.press('Control+s')
    await expect(page.getByText('The two passwords are not the same.')).toBeVisible()
    await page.getByLabel('New password again').fill(password)
    await review(page)
    await expect(dialog(page)).toContainText('A new password. It is not shown.')
    await expect(dialog(page)).not.toContainText(password)
    await save(page)
    await expect(saved(page)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Change the password' })).toBeVisible()
    expect(asked).toBe(0)
  }
  const client = async (password: string) =>
    (await fetch(`${service.url}/v1/models`, { headers: { Authorization: `Bearer ${password}` } })).status

  await open('/settings/server')
  // What asks for the password is drawn over the page, if only for a moment.
  await page.exposeFunction('noteAsked', () => asked++)
  await page.evaluate(() =>
    new MutationObserver(() => {
      if (document.querySelector('[role="alertdialog"] input[type="password"]')) void globalThis.noteAsked()
    }).observe(document.body, { childList: true, subtree: true }),
  )
  await change(other)
  expect(await client(PASSWORD)).not.toBe(200)
  expect(await client(other)).toBe(200)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML]),
  )
  expect(kept).not.toContain(other)

  await change(PASSWORD)
  expect(await client(PASSWORD)).toBe(200)
})
