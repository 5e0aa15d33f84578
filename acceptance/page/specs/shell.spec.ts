import type { Page } from '@playwright/test'
import { expect, logIn, test } from '../harness/test'

const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

test('I.105 F1 F3 a reload shows the chosen theme from the first moment, and the system is followed', async ({
  page,
  service,
}) => {
  await page.addInitScript(() => {
    const seen: (string | undefined)[] = []
    Object.assign(globalThis, { themesSeen: seen })
    new MutationObserver(() => {
      const now = document.documentElement.dataset.theme
      if (seen.at(-1) !== now) seen.push(now)
    }).observe(document, { attributes: true, attributeFilter: ['data-theme'], subtree: true })
  })
  const seen = () => page.evaluate(() => (globalThis as unknown as { themesSeen: string[] }).themesSeen)
  await page.emulateMedia({ colorScheme: 'light' })
  await logIn(page, service)
  await page.goto(service.url)
  const theme = page.getByLabel('Theme')
  const html = page.locator('html')

  await expect(html).toHaveAttribute('data-theme', 'light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(html).toHaveAttribute('data-theme', 'dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await theme.selectOption('Dark')
  await expect(html).toHaveAttribute('data-theme', 'dark')
  await page.reload()
  await expect(title(page, 'Overview')).toBeVisible()
  expect(await seen()).toEqual(['dark'])
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark')
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['theme'])
})

test('I.105 F4 F6 keys lead everywhere, the focus goes to the title, and they can be turned off', async ({
  page,
  open,
}) => {
  await open('/')
  for (const [digit, name] of ['Overview', 'Accounts', 'Try it', 'Settings'].entries()) {
    await page.keyboard.press(`Control+${digit + 1}`)
    await expect(title(page, name)).toBeVisible()
  }
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await expect(title(page, 'Requests')).toBeFocused()
  await expect(page).toHaveTitle('Requests · CodeBuddy2API')
  await expect(page.getByRole('link', { name: 'Requests' })).toHaveAttribute('aria-current', 'page')

  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await help.getByRole('switch', { name: 'Use shortcuts' }).click()
  await page.keyboard.press('Escape')
  await expect(help).toHaveCount(0)
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(title(page, 'Requests')).toBeVisible()

  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  await help.getByRole('switch').click()
  await help.getByRole('button', { name: 'Close' }).click()
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await expect(title(page, 'Overview')).toBeFocused()
})

test('the first key press offers the way past the frame', async ({ page, open }) => {
  await open('/models')
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to the content' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(title(page, 'Models')).toBeFocused()
  expect(page.url()).toContain('#/models')
})

test('the palette finds pages, accounts, models and actions by the keyboard alone', async ({
  page,
  open,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open('/models')
  const palette = page.getByRole('dialog', { name: 'Search pages and actions' })
  const field = palette.getByRole('combobox')
  const opener = page.getByRole('button', { name: 'Search' })

  await opener.focus()
  await page.keyboard.press('Control+k')
  await expect(field).toBeFocused()
  await page.keyboard.type('user-2')
  await expect(palette.getByRole('option')).toHaveText([/user-2/])
  await page.keyboard.press('Escape')
  await expect(palette).toHaveCount(0)
  await expect(opener).toBeFocused()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('glm')
  await expect(palette.getByRole('option').first()).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowDown')
  await expect(palette.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true')
  await field.fill('no such thing')
  await expect(palette.getByText('Nothing is called that.')).toBeVisible()

  await field.fill('base url')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Copied: base URL.')).toBeVisible()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('sett')
  await page.keyboard.press('Enter')
  await expect(title(page, 'Settings')).toBeFocused()
})

test('a block that fails says so with a way to try again, and the rest of the page works', async ({
  page,
  open,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  let broken = true
  await page.route('**/api/stats', (route) =>
    broken
      ? route.fulfill({ status: 500, json: { error: { message: 'The disk is gone.', code: 'internal' } } })
      : route.continue(),
  )
  await open('/')
  const note = page.getByRole('alert').filter({ hasText: 'The disk is gone.' }).first()
  await expect(note).toBeVisible()
  await expect(page.getByText(/^\d of \d ready$/)).toBeVisible()
  broken = false
  await note.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('The disk is gone.')).toHaveCount(0)
})

test('a view that breaks says so, costs only itself, and can be tried again', async ({
  page,
  open,
  complaints,
}) => {
  complaints.allow(/a planted fault/)
  await page.route(/\/assets\/ModelsView-.*\.js$/, (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `export default { render() {
        if (!globalThis.mended) throw new Error('a planted fault')
        return 'whole again'
      } }`,
    }),
  )
  await open('/')
  await page.getByRole('link', { name: 'Models' }).click()
  const note = page.getByRole('main').getByRole('alert')
  await expect(note.getByRole('heading', { level: 1, name: 'This page could not be shown' })).toBeVisible()
  await expect(page.getByText('Running', { exact: true })).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Search pages and actions' })).toBeVisible()
  await page.keyboard.press('Escape')
  await note.getByRole('button', { name: 'Try again' }).click()
  await expect(note).toBeVisible()

  await page.getByRole('link', { name: 'Accounts' }).first().click()
  await expect(page.getByRole('main').getByText('user-1').first()).toBeVisible()
  await page.goBack()
  await expect(note).toBeVisible()
  await page.evaluate(() => Object.assign(globalThis, { mended: true }))
  await note.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('whole again')).toBeVisible()
})

test('a part that is gone after an upgrade is told, and loading the page again is offered', async ({
  page,
  open,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  complaints.allow(/dynamically imported module|Unable to preload/)
  await open('/')
  await page.route('**/assets/ModelsView*', (route) => route.fulfill({ status: 404, body: '' }))
  await page.getByRole('link', { name: 'Models' }).click()
  const dialog = page.getByRole('dialog', { name: 'This page is out of date' })
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: 'Later' }).click()
  await expect(title(page, 'Overview')).toBeVisible()
  await page.unroute('**/assets/ModelsView*')
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(title(page, 'Settings')).toBeVisible()
})

test('at the side the names are there, on a small window they come up beside the icons', async ({
  page,
  open,
}) => {
  await open('/')
  const link = page.getByRole('link', { name: 'Requests' })
  const name = link.getByText('Requests')
  await expect(name).toHaveCSS('opacity', '1')
  await page.setViewportSize({ width: 800, height: 700 })
  await expect(name).toHaveCSS('opacity', '0')
  await link.hover()
  await expect(name).toHaveCSS('opacity', '1')
})
