import type { Locator, Page } from '@playwright/test'
import { seriousViolations } from '../harness/axe'
import { expect, PASSWORD, test } from '../harness/test'

// A service that nobody else in these specs has asked anything.
test.use({ setup: { config: '# for the requests alone\n' } })

const rows = (page: Page) =>
  page
    .getByRole('table')
    .getByRole('row')
    .filter({ has: page.getByRole('link') })
const drawer = (page: Page) => page.getByRole('dialog')
const newer = (page: Page) => page.getByRole('button', { name: /\d+ new, show/ })

/** The pointer stands where no row is. */
async function pointElsewhere(page: Page) {
  await page.mouse.move(2, 2)
}

async function topOf(row: Locator): Promise<number> {
  return (await row.boundingBox())?.y ?? Number.NaN
}

test.beforeEach(async ({ page }) => pointElsewhere(page))

test('nothing has come yet: a command is offered, and its request appears by itself', async ({
  page,
  open,
  service,
}) => {
  await open('/requests')
  await expect(page.getByText('No request yet')).toBeVisible()
  await expect(page.getByText('curl -N', { exact: false })).toContainText(
    `${service.url}/v1/chat/completions`,
  )

  await service.chat('glm-5.2')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText('glm-5.2')
  await expect(rows(page)).toContainText('OK')
})

test('a request is seen while it runs, and ends in the same row', async ({ page, open, service }) => {
  await service.script('hy3', 'stream\ntext Hello\nawait feed-end\nfinish stop\nusage 12 3\ndone\nlast-chunk')
  await open('/requests')
  const chat = service.chat('hy3', { stream: true })
  const row = rows(page).filter({ hasText: 'hy3' })
  await expect(row).toContainText('Running')
  await expect(row).toContainText(/[1-9] s/)

  await service.openGate('feed-end')
  await chat
  await expect(row).toContainText('OK')
  await expect(row).toContainText('15')
  await expect(row).toHaveCount(1)
})

test('rows stay where they are under the pointer, while paused and while scrolled; what is new waits', async ({
  page,
  open,
  service,
}) => {
  await open('/requests')
  await service.chat()
  const first = await rows(page).first().getAttribute('data-id')
  const row = page.locator(`[data-id="${first}"]`)
  await row.hover()
  const top = await topOf(row)

  await service.chat('hy3')
  await expect(newer(page)).toHaveText('1 new, show')
  expect(await topOf(row)).toBe(top)

  await pointElsewhere(page)
  await expect(newer(page)).toBeHidden()
  await expect(rows(page).first()).toContainText('hy3')

  await page.keyboard.press('Space')
  await expect(page.getByText('Paused')).toBeVisible()
  const before = await rows(page).count()
  await service.chat()
  await expect(newer(page)).toHaveText('1 new, show')
  await expect(rows(page)).toHaveCount(before)
  await newer(page).click()
  await expect(rows(page)).toHaveCount(before + 1)
  await pointElsewhere(page)
  await page.getByRole('button', { name: 'Resume' }).click()
  await pointElsewhere(page)

  await page.setViewportSize({ width: 1280, height: 320 })
  for (let n = 0; n < 8; n++) await service.chat()
  await rows(page).last().scrollIntoViewIfNeeded()
  const last = rows(page).last()
  const lastTop = await topOf(last)
  await service.chat('hy3')
  await expect(newer(page)).toHaveText('1 new, show')
  expect(await topOf(last)).toBe(lastTop)
  await newer(page).click()
  await expect(rows(page).first()).toBeInViewport()
  await expect(rows(page).first()).toContainText('hy3')
})

test('a retry is one row; its detail tells each try in order, and why each account', async ({
  page,
  open,
  service,
}) => {
  await service.script('kimi-k2.7', 'play sim-429-14003\nnext\nplay sim-t1')
  await open('/requests')
  expect(await service.chat('kimi-k2.7')).toBe(200)
  const row = rows(page).filter({ hasText: 'kimi-k2.7' })
  await expect(row).toHaveCount(1)
  await expect(row).toContainText('›')
  await row.getByRole('link').click()

  await expect(drawer(page)).toContainText('after 1 try with another account')
  const steps = await drawer(page).getByRole('list').first().getByRole('listitem').allInnerTexts()
  const texts = steps.map((it) => it.replace(/\s+/g, ' '))
  expect(texts.findIndex((it) => it.includes('Sent with'))).toBeLessThan(
    texts.findIndex((it) => it.includes('Tried again with')),
  )
  await expect(drawer(page)).toContainText('Too many requests')
  await drawer(page)
    .getByText(/Why this account/)
    .last()
    .click()
  await expect(drawer(page).getByText('Chosen').last()).toBeVisible()
  await expect(drawer(page)).toContainText('Prompts and answers are never kept')
})

test('a request that fails says what happened and what to do; a cut one is marked cut', async ({
  page,
  open,
  service,
}) => {
  await service.script('glm-5.3', 'play sim-cut-400')
  await service.script('hy4-preview', 'play sim-12001')
  await open('/requests')
  await service.chat('glm-5.3', { stream: true })
  await service.chat('hy4-preview')

  const cut = rows(page).filter({ hasText: 'glm-5.3' }).first()
  await expect(cut).toContainText('Cut')
  await cut.getByRole('link').click()
  await expect(drawer(page)).toContainText('cut short after it had begun')
  await expect(drawer(page)).toContainText('What to do')
  await page.keyboard.press('Escape')
  await expect(drawer(page)).toBeHidden()
  await expect(cut.getByRole('link')).toBeFocused()

  expect(await seriousViolations(page)).toEqual([])
  const failed = rows(page).filter({ hasText: 'hy4-preview' }).first()
  await expect(failed).toContainText('Failed')
  await failed.getByRole('link').click()
  await expect(drawer(page)).toContainText('CodeBuddy refused')
  expect(await seriousViolations(page)).toEqual([])
})

test('the filter and the open request are in the address; Back closes the request', async ({
  page,
  open,
  service,
}) => {
  await service.chat('glm-5.2')
  await service.chat('hy3')
  await open('/requests')
  await page.getByLabel('Model', { exact: true }).selectOption('hy3')
  await expect(page).toHaveURL(/model=hy3/)
  await expect(rows(page).filter({ hasText: 'glm-5.2' })).toHaveCount(0)

  await rows(page).first().getByRole('link').click()
  await expect(page).toHaveURL(/requests\/.+\?.*model=hy3/)
  const address = page.url()
  await page.goBack()
  await expect(drawer(page)).toBeHidden()
  await expect(page).toHaveURL(/requests\?model=hy3/)

  await page.goto(address)
  await page.reload()
  await expect(drawer(page)).toContainText('hy3')
  await page.keyboard.press('Escape')
  await page.getByRole('searchbox').fill('no such thing')
  await expect(page.getByText('Nothing matches this filter.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(rows(page).filter({ hasText: 'glm-5.2' })).not.toHaveCount(0)
  await expect(page).toHaveURL(/requests$/)
})

test('the keyboard is enough: j and k move, Enter opens, Escape closes, the focus comes back', async ({
  page,
  open,
  service,
}) => {
  await service.chat('glm-5.2')
  await service.chat('hy3')
  await open('/requests')
  await expect(rows(page)).not.toHaveCount(0)
  const link = (n: number) => rows(page).nth(n).getByRole('link')
  await page.keyboard.press('j')
  await expect(link(0)).toBeFocused()
  await page.keyboard.press('j')
  await expect(link(1)).toBeFocused()
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await expect(drawer(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(link(0)).toBeFocused()
  await page.keyboard.down('Space')
  await page.keyboard.down('Space')
  await page.keyboard.down('Space')
  await page.keyboard.up('Space')
  await expect(page.getByText('Paused')).toBeVisible()
})

test('the page says so when the service is gone, and is live again by itself', async ({
  page,
  open,
  service,
  complaints,
}) => {
  complaints.allow(/Failed to load resource/, /ERR_/)
  await service.chat()
  await open('/requests')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await service.stop()
  await expect(page.getByText(/Connection lost, trying again. Data is from \d\d:\d\d:\d\d/)).toBeVisible()
  await expect(rows(page)).not.toHaveCount(0)
  await service.restart()
  // A new start knows no session, so the password is asked for over what is on the screen.
  const password = page.locator('input[type=password]')
  await expect(password).toBeVisible({ timeout: 20_000 })
  await password.fill(PASSWORD)
  await password.press('Enter')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  const before = await rows(page).count()
  await service.chat('hy3')
  await expect(rows(page)).toHaveCount(before + 1)
})
