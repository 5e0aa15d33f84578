import type { Page } from '@playwright/test'
import { seriousViolations } from '../harness/axe'
import { expect, logIn, test } from '../harness/test'

const ROUTES = ['/', '/accounts', '/requests', '/try', '/models', '/rules', '/settings']
const SMALLEST_TEXT_PX = 12
const FIELD_TEXT_PX = 16
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

/** Text that is shown smaller than anybody should have to read, and fields a phone would zoom into. */
const tooSmall = (page: Page, smallest: number, field: number) =>
  page.evaluate(
    ([smallest, field]) =>
      [...document.querySelectorAll<HTMLElement>('body *')]
        .filter((it) => it.checkVisibility())
        .filter((it) => {
          const size = Number.parseFloat(getComputedStyle(it).fontSize)
          const typed = it.matches('input:not([type=checkbox], [type=radio]), select, textarea')
          const says = [...it.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())
          return (says && !it.closest('svg') && size < smallest) || (typed && size < field)
        })
        .map((it) => `${it.tagName} ${it.className} ${it.textContent?.trim().slice(0, 30)}`),
    [smallest, field] as const,
  )

for (const theme of ['light', 'dark'] as const) {
  test(`no view has a barrier that axe calls serious: ${theme}`, async ({ page, service }) => {
    test.setTimeout(120_000)
    await page.emulateMedia({ colorScheme: theme })
    await service.chat()
    await logIn(page, service)
    await eachView(page, service.url, async (route) => {
      expect(await seriousViolations(page), route).toEqual([])
    })
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
  await expect(page.getByRole('alertdialog')).toBeVisible()
  expect(await seriousViolations(page), 'the password').toEqual([])
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'zh-CN' })

  test('no view scrolls sideways, has tiny text or a barrier, and all are reached by the bar at the bottom', async ({
    page,
    service,
  }) => {
    test.setTimeout(120_000)
    await service.chat()
    await logIn(page, service)
    await eachView(page, service.url, async (route) => {
      expect(await scrollsSideways(page), route).toBe(false)
      expect(await tooSmall(page, SMALLEST_TEXT_PX, FIELD_TEXT_PX), route).toEqual([])
      expect(await seriousViolations(page), route).toEqual([])
    })
    const bar = page.getByRole('navigation', { name: '页面' })
    await bar.getByRole('link', { name: '请求' }).tap()
    await expect(page.getByRole('heading', { level: 1, name: '请求' })).toBeVisible()
    await bar.getByRole('button', { name: '更多' }).tap()
    await page.getByRole('dialog').getByRole('link', { name: '设置' }).tap()
    await expect(page.getByRole('heading', { level: 1, name: '设置' })).toBeVisible()
    await bar.getByRole('button', { name: '更多' }).tap()
    await page.getByRole('button', { name: '锁定页面' }).tap()
    await expect(page.getByRole('heading', { name: '页面已锁定' })).toBeVisible()
    expect(await scrollsSideways(page)).toBe(false)
    expect(await seriousViolations(page)).toEqual([])
  })
})

test.describe('very narrow, or enlarged to twice its size', () => {
  for (const [width, height] of [
    [320, 640],
    [640, 450],
  ] as const) {
    test(`at ${width} pixels everything is reached`, async ({ page, service }) => {
      await page.setViewportSize({ width, height })
      await logIn(page, service)
      await eachView(page, service.url, async (route) => {
        expect(await scrollsSideways(page), route).toBe(false)
      })
      const links = page.getByRole('navigation').getByRole('link')
      for (const link of await links.all()) await expect(link).toBeInViewport({ ratio: 0.9 })
    })
  }
})

test('a first visit transfers little, and asks nobody else', async ({ page, service }) => {
  await logIn(page, service)
  await page.goto(service.url)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const transferred = await page.evaluate(() =>
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .map((it) => it as PerformanceResourceTiming)
      .filter((it) => !/\/(api|v1|codebuddy)\//.test(it.name))
      .reduce((sum, it) => sum + it.transferSize, 0),
  )
  test.info().annotations.push({ type: 'first load, bytes', description: String(transferred) })
  expect(transferred).toBeGreaterThan(10_000)
  expect(transferred).toBeLessThan(FIRST_LOAD_LIMIT)
})

test('who wants no motion sees none', async ({ page, service }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await logIn(page, service)
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

test('in the other language no word is left over: texts, title, language and dates', async ({
  page,
  service,
}) => {
  await service.chat()
  await logIn(page, service)
  await page.goto(service.url)
  await page.getByLabel('Language').selectOption('简体中文')
  await expect(page.getByRole('heading', { level: 1, name: '概览' })).toBeVisible()
  await eachView(page, service.url, async (route) => {
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
    await expect(page).toHaveTitle(/\p{Script=Han}+ · CodeBuddy2API/u)
    const text = await page.locator('body').innerText()
    // The name of a text in our files, which shows where a text is missing.
    expect(
      text.match(
        /\b(common|failure|shell|overview|accounts|requests|trial|models|rules|settings)\.[a-z]\w+/g,
      ),
      route,
    ).toBeNull()
  })
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await page.getByLabel('语言').selectOption('English')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
})
