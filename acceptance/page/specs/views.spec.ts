import type { Page } from '@playwright/test'
import { seriousViolations } from '../harness/axe'
import { inEachLook } from '../harness/looks'
import { expect, logIn, PASSWORD, test } from '../harness/test'

const ROUTES = ['/', '/accounts', '/requests', '/try', '/models', '/rules', '/settings']
const FIRST_LOAD_LIMIT = 200_000

/** Opens each view, and lets what it asks for arrive. */
async function eachView(page: Page, url: string, look: (route: string) => Promise<void>): Promise<void> {
  for (const route of ROUTES) {
    await page.goto(`${url}/#${route}`)
    await expect(page.locator(`a[aria-current=page][href="#${route}"]`).first()).toBeAttached()
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByText(/^(Loading…|加载中…)$/)).toHaveCount(0)
    await look(route)
  }
}

const scrollsSideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)

for (const route of ROUTES) {
  test(`C4 C6 C39 ${route} in both languages, themes and widths: nothing cut, tiny, untranslated or in the way`, async ({
    page,
    service,
    open,
  }) => {
    if (route === '/requests') await service.chat()
    await open(route)
    await expect(page.getByText('Loading…', { exact: true })).toHaveCount(0)
    await inEachLook(page)
  })
}

test('what the frame opens over the page has no barrier either', async ({ page, service, complaints }) => {
  complaints.allowRefusedCalls()
  await logIn(page, service)
  await page.goto(service.url)
  for (const [key, name] of [
    ['Control+k', 'Search pages and actions'],
    ['?', 'Keyboard shortcuts'],
  ] as const) {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.keyboard.press(key)
    await expect(page.getByRole('dialog', { name })).toBeVisible()
    expect(await seriousViolations(page), name).toEqual([])
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await page.context().clearCookies()
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect(page.getByRole('alertdialog')).toBeVisible()
  expect(await seriousViolations(page), 'the password').toEqual([])
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'zh-CN' })

  test('all views are reached by the bar at the bottom, and the lock fits', async ({ page, open }) => {
    await open('/')
    const bar = page.getByRole('navigation', { name: '页面' })
    await bar.getByRole('link', { name: '请求' }).tap()
    await expect(page.getByRole('heading', { level: 1, name: '请求' })).toBeVisible()
    await bar.getByRole('button', { name: '更多' }).tap()
    await page.getByRole('dialog').getByRole('link', { name: '设置' }).tap()
    await expect(page.getByRole('heading', { level: 1, name: '设置' })).toBeVisible()
    await bar.getByRole('button', { name: '更多' }).tap()
    await page.getByRole('button', { name: '锁定页面' }).tap()
    await expect(page.getByRole('heading', { name: '页面已锁定' })).toBeVisible()
    await inEachLook(page)
  })
})

test('C7 very narrow, or enlarged to twice its size, everything is reached', async ({
  page,
  service,
  open,
}) => {
  const sizes = [
    [320, 640],
    [640, 450],
  ] as const
  await open('/')
  await eachView(page, service.url, async (route) => {
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height })
      // Rows that are out of sight are laid out a moment later.
      await expect.poll(() => scrollsSideways(page), `${route} at ${width}`).toBe(false)
    }
  })
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height })
    const links = page.getByRole('navigation').getByRole('link')
    for (const link of await links.all()) await expect(link).toBeInViewport({ ratio: 0.9 })
  }
})

/** Notes, in the page and by its own clock, when it could be used after the start of the document or the password. */
async function watchReadiness(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const moments: Record<string, number> = {}
    let busyMs = 0
    Object.assign(globalThis, { readiness: () => ({ ...moments, busyMs }) })
    addEventListener('submit', () => (moments.submitted = performance.now()), { capture: true })
    const usable = (selector: string) => {
      const it = document.querySelector(selector)
      return it?.checkVisibility() && !it.matches(':disabled')
    }
    const look = () => {
      for (const [name, selector] of [
        ['locked', 'input[type=password]'],
        ['unlocked', '#content .card button'],
      ] as const) {
        // A task of its own comes only when nothing else keeps the page busy.
        if (!(name in moments) && usable(selector)) {
          moments[name] = Infinity
          setTimeout(() => (moments[name] = performance.now()), 0)
        }
      }
      if (!Number.isFinite(moments.unlocked ?? Infinity)) requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
    new PerformanceObserver((list) =>
      list.getEntries().forEach((it) => {
        if (moments.submitted !== undefined && it.startTime >= moments.submitted) busyMs += it.duration
      }),
    ).observe({ type: 'longtask' })
  })
}

interface Readiness {
  locked: number
  submitted: number
  unlocked: number
  busyMs: number
}

test('C1 a first visit transfers little, asks nobody else, and can be used soon', async ({
  page,
  service,
}) => {
  await watchReadiness(page)
  await page.goto(service.url)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Copy: Base URL' }).click()
  const readiness = () =>
    page.evaluate(() => (globalThis as unknown as { readiness: () => Readiness }).readiness())
  await expect.poll(async () => Number.isFinite((await readiness()).unlocked)).toBe(true)
  const { locked, submitted, unlocked, busyMs } = await readiness()
  const transferred = await page.evaluate(() =>
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .map((it) => it as PerformanceResourceTiming)
      .filter((it) => !/\/(api|v1|codebuddy)\//.test(it.name))
      .reduce((sum, it) => sum + it.transferSize, 0),
  )
  // How long it takes is told, not asserted: a machine that is busy with others is no fault of the page.
  const measured = {
    'first load, bytes': transferred,
    'from the address to the field for the password, ms': locked,
    'from the password to the page that can be used, ms': unlocked - submitted,
    'of that in long tasks, ms': busyMs,
  }
  for (const [type, n] of Object.entries(measured))
    test.info().annotations.push({ type, description: String(Math.round(n)) })
  expect(transferred).toBeGreaterThan(10_000)
  expect(transferred).toBeLessThan(FIRST_LOAD_LIMIT)
})

test('who wants no motion sees none', async ({ page, service, open }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await open('/')
  await eachView(page, service.url, async (route) => {
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((it) => {
          const style = getComputedStyle(it)
          return (
            style.animationName !== 'none' || style.transitionDuration.split(', ').some((d) => d !== '0s')
          )
        })
        .map((it) => `${it.tagName} ${it.className}`),
    )
    expect(moving, route).toEqual([])
    expect(await page.evaluate(() => document.getAnimations().length), route).toBe(0)
  })
})

test('C5 the language is chosen in the page, changes texts and title at once, and lasts', async ({
  page,
  open,
}) => {
  await open('/')
  await page.getByLabel('Language').selectOption('简体中文')
  await expect(page.getByRole('heading', { level: 1, name: '概览' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await expect(page).toHaveTitle('概览 · CodeBuddy2API')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await page.getByLabel('语言').selectOption('English')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})
