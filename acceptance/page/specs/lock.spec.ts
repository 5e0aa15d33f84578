import type { Page } from '@playwright/test'
import { expect, PASSWORD, test } from '../harness/test'

const password = (page: Page) => page.getByLabel('Password', { exact: true })
const unlock = (page: Page) => page.getByRole('button', { name: 'Unlock' })
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

/** The browser loses its session, as if it had run out; the page notices at its next question. */
async function loseSession(page: Page): Promise<void> {
  await page.context().clearCookies()
  // It asks at once when the network seems to be back.
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect(page.getByRole('heading', { name: 'You were signed out' })).toBeVisible()
}

test('I.105 F2 a wrong password says so at the field, which keeps the focus and what was typed', async ({
  page,
  service,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  await page.goto(service.url)
  await expect(page).toHaveTitle('Locked · CodeBuddy2API')
  await expect(password(page)).toBeFocused()
  await expect(password(page)).toHaveAttribute('autocomplete', 'current-password')

  await password(page).fill('wrong-horse-battery')
  await unlock(page).click()
  await expect(page.getByRole('alert')).toHaveText(/^That password is not right\. \d+ tr(y|ies) left\.$/)
  await expect(password(page)).toBeFocused()
  await expect(password(page)).toHaveValue('wrong-horse-battery')

  await page.getByRole('button', { name: 'Show the password' }).click()
  await expect(password(page)).toHaveAttribute('type', 'text')
  await page.getByRole('button', { name: 'Where is it?' }).click()
  await expect(page.getByText('server.password')).toBeVisible()

  await password(page).fill('')
  await password(page).press('Enter')
  await expect(page.getByRole('alert')).toHaveText('Enter the password.')
})

test('after too many tries the field waits, says how long, and opens by itself', async ({
  page,
  service,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  await page.goto(service.url)
  await page.route('**/api/session', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({
          status: 429,
          headers: { 'Retry-After': '2' },
          json: { error: { message: 'Too many passwords were tried.', code: 'too_many_attempts' } },
        })
      : route.continue(),
  )

  await password(page).fill('wrong-horse-battery')
  await unlock(page).click()
  await expect(page.getByText(/Too many tries\. You can try again in 00:0[12]\./)).toBeVisible()
  await expect(password(page)).toBeDisabled()
  await page.unroute('**/api/session')

  await expect(password(page)).toBeEnabled()
  await expect(password(page)).toBeFocused()
  await password(page).fill(PASSWORD)
  await unlock(page).click()
  await expect(title(page, 'Overview')).toBeVisible()
})

test('I.105 F2 F3 locking leads back to the password and leaves nothing of what was shown', async ({
  page,
  service,
  open,
}) => {
  await open('/accounts')
  await expect(page.getByText('user-1').first()).toBeVisible()
  await page.getByRole('button', { name: 'Lock this page' }).click()

  await expect(password(page)).toBeFocused()
  await expect(page.getByText('The page is locked.')).toBeVisible()
  await expect(page.getByText('user-1')).toHaveCount(0)
  expect(await page.context().cookies()).toEqual([])
  await page.reload()
  await expect(password(page)).toBeVisible()
  expect((await page.request.get(`${service.url}/api/status`)).status()).toBe(401)
})

test('a session that ends asks for the password in place, and what was typed is still there', async ({
  page,
  open,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  await open('/accounts')
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: 'Add account' })
  await dialog.getByRole('button', { name: 'Add it by hand' }).click()
  const typed = dialog.getByRole('textbox').first()
  await typed.fill('a token that was not sent yet')

  await loseSession(page)
  await expect(password(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await password(page).fill('wrong-horse-battery')
  await password(page).press('Enter')
  await expect(page.getByText(/That password is not right/)).toBeVisible()
  await password(page).fill(PASSWORD)
  await password(page).press('Enter')

  await expect(page.getByRole('heading', { name: 'You were signed out' })).toHaveCount(0)
  await expect(typed).toHaveValue('a token that was not sent yet')
  await expect(typed).toBeFocused()
})

test('what lies over the page makes way for the password', async ({ page, open, complaints }) => {
  complaints.allowRefusedCalls()
  await open('/models')
  for (const [key, name] of [
    ['Control+k', 'Search pages and actions'],
    ['?', 'Keyboard shortcuts'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(page.getByRole('dialog', { name })).toBeVisible()
    await loseSession(page)
    await expect(page.getByRole('dialog', { name })).toHaveCount(0)
    await expect(password(page)).toBeFocused()
    await password(page).fill(PASSWORD)
    await password(page).press('Enter')
    await expect(page.getByRole('heading', { name: 'You were signed out' })).toHaveCount(0)
  }
})

test('what asks for the password is there before it is needed, after a reload too', async ({
  page,
  open,
}) => {
  await page.clock.install()
  await open('/models')
  for (const start of [() => undefined, () => page.reload()]) {
    await start()
    await expect(page.getByRole('heading', { level: 1, name: 'Models' })).toBeVisible()
    const fetched = page.waitForResponse(/\/assets\/UnlockDialog-.*\.js$/)
    await page.clock.fastForward(11_000)
    expect((await fetched).ok()).toBe(true)
  }
})

test('the same without a dialog, and the page goes on', async ({ page, open, complaints }) => {
  complaints.allowRefusedCalls()
  await open('/accounts')
  const filter = page.getByRole('searchbox').or(page.getByRole('textbox')).first()
  await filter.fill('user-2')
  await loseSession(page)
  await password(page).fill(PASSWORD)
  await unlock(page).click()
  await expect(filter).toHaveValue('user-2')
  await page.getByRole('link', { name: 'Models' }).click()
  await expect(title(page, 'Models')).toBeFocused()
})

test('the password is nowhere in the browser', async ({ page, service }) => {
  await page.goto(service.url)
  await password(page).fill(PASSWORD)
  await unlock(page).click()
  for (const route of ['/', '/accounts', '/requests', '/try', '/models', '/rules', '/settings']) {
    await page.goto(`${service.url}/#${route}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    const kept = await page.evaluate(() => ({
      local: JSON.stringify(localStorage),
      session: JSON.stringify(sessionStorage),
      cookie: document.cookie,
      document: document.documentElement.outerHTML,
      address: location.href,
    }))
    for (const [where, text] of Object.entries(kept)) {
      expect(text, where).not.toContain(PASSWORD)
      expect(text, where).not.toContain('page-token-number')
    }
    expect(kept.cookie).toBe('')
  }
  const [cookie] = await page.context().cookies()
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' })
  const html = await page.content()
  expect(html).not.toContain(cookie?.value ?? '')
})
