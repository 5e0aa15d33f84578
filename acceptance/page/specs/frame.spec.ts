import { expect, logIn, PASSWORD, test } from '../harness/test'

test('I.12 the page is the same under / and /admin, is not stored, and names no other host', async ({
  service,
}) => {
  const pages = await Promise.all(
    ['/', '/admin'].map(async (path) => {
      const response = await fetch(service.url + path)
      expect(response.status).toBe(200)
      expect(response.headers.get('Cache-Control')).toBe('no-store')
      return response.text()
    }),
  )

  expect(pages[0]).toBe(pages[1])
  expect(pages[0]).toContain('<title>CodeBuddy2API</title>')
  expect(pages[0]).not.toMatch(/https?:|\/\//)
})

test('I.104 a wrong password is told, the right one opens the page, and a reload keeps it open', async ({
  page,
  service,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  await page.goto(service.url)
  const password = page.locator('input[type=password]')

  await password.fill('wrong-horse-battery')
  await password.press('Enter')
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(password).toBeFocused()

  await password.fill(PASSWORD)
  await password.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()

  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})

test('I.105 every view opens without a complaint of the browser', async ({ page, service }) => {
  await logIn(page, service)
  for (const route of ['/', '/accounts', '/requests', '/try', '/models', '/rules', '/settings']) {
    await page.goto(`${service.url}/#${route}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
})
