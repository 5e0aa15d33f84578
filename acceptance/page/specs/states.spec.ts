import type { CDPSession, Page } from '@playwright/test'
import { expect, test } from '../harness/test'

const NOW = Math.floor(Date.now() / 1000)
const HOUR = 3600
/** As much as text needs, after WCAG. */
const READABLE = 4.5

const VISIONS = ['protanopia', 'deuteranopia', 'tritanopia', 'achromatopsia'] as const

const CREDENTIALS = [
  { id: 'a', name: 'Ada', state: 'ready' },
  { id: 'b', name: 'Bo', state: 'cooling_down', until: NOW + HOUR, reason: 'insufficient_quota' },
  { id: 'c', name: 'Cem', state: 'needs_login' },
  { id: 'd', name: 'Dan', state: 'expired', has_refresh_token: true },
  { id: 'e', name: 'Eva', state: 'disabled' },
  { id: 'f', name: 'Fay', state: 'dancing' },
]
const ENDED = ['ok', 'failed', 'cut', 'cancelled', 'lost in thought'] as const
const REQUESTS = [
  { id: 'r0', state: 'streaming', outcome: null },
  ...ENDED.map((outcome, n) => ({ id: `r${n + 1}`, state: 'ended', outcome })),
].map((it) => ({ ...it, model: 'glm-5.2', started_at_ms: Date.now() - 60_000, attempts: [] }))

/** The service has an account and a request in each of the states. */
async function playAllStates(page: Page): Promise<void> {
  await page.route('**/quota?*', (route) => route.fulfill({ json: { total: 9, used: 3, remaining: 6 } }))
  await page.route('**/codebuddy/v1/credentials', (route) =>
    route.fulfill({ json: { credentials: CREDENTIALS } }),
  )
  await page.route('**/api/requests', (route) =>
    route.fulfill({ json: { now_ms: Date.now(), requests: REQUESTS } }),
  )
  await page.route('**/api/stats', (route) =>
    route.fulfill({
      json: { hours: [{ start: NOW - HOUR, requests: 9, failures: { upstream_error: 3, cancelled: 2 } }] },
    }),
  )
}

const badges = (page: Page) => page.getByRole('main').locator('[data-kind]')

/** Of each kind of state that is shown, its word and its shape. */
async function looksOf(page: Page): Promise<Map<string, { word: string; shape: string }>> {
  const all = await badges(page).evaluateAll((found) =>
    found.map((it) => [
      it.getAttribute('data-kind') ?? '',
      {
        word: it.textContent?.replace(/\s*[\d:]+$/, '').trim() ?? '',
        shape: it.querySelector('svg')?.innerHTML ?? '',
      },
    ]),
  )
  return new Map(all as [string, { word: string; shape: string }][])
}

/** Of what is really drawn of each kind: how far its lightest and its darkest are apart, as WCAG counts it. */
async function contrasts(page: Page, paper: Page): Promise<Record<string, number>> {
  const boxes = await badges(page).evaluateAll((found) =>
    found.map((it) => {
      const { x, y, width, height } = it.getBoundingClientRect()
      return { kind: it.getAttribute('data-kind') ?? '', box: [x, y, width, height] as const }
    }),
  )
  const png = (await page.screenshot()).toString('base64')
  return paper.evaluate(
    async ({ png, boxes }) => {
      const bytes = Uint8Array.from(atob(png), (it) => it.charCodeAt(0))
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const pen = new OffscreenCanvas(image.width, image.height).getContext('2d')
      if (!pen) throw new Error('no canvas')
      pen.drawImage(image, 0, 0)
      const linear = (n: number) =>
        n / 255 <= 0.04045 ? n / 255 / 12.92 : ((n / 255 + 0.055) / 1.055) ** 2.4
      const found: Record<string, number> = {}
      for (const { kind, box } of boxes) {
        const { data } = pen.getImageData(...box)
        const all: number[] = []
        for (let i = 0; i < data.length; i += 4) {
          const [r = 0, g = 0, b = 0] = data.subarray(i, i + 3)
          all.push(0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b))
        }
        found[kind] = (Math.max(...all) + 0.05) / (Math.min(...all) + 0.05)
      }
      return found
    },
    { png, boxes },
  )
}

const see = (browser: CDPSession, type: (typeof VISIONS)[number] | 'none') =>
  browser.send('Emulation.setEmulatedVisionDeficiency', { type })

test.describe('C40', () => {
  for (const [route, kinds] of [
    ['/accounts', ['cooling', 'login', 'off', 'ok', 'unknown', 'working']],
    ['/requests', ['cancelled', 'cut', 'failed', 'ok', 'unknown', 'working']],
  ] as const) {
    test(`${route}: each state has a word and a shape of its own, and is read whatever colours one sees, and on paper`, async ({
      page,
      context,
      open,
    }) => {
      await playAllStates(page)
      await open(route)
      await expect(badges(page).first()).toBeVisible()
      await page.mouse.move(2, 2)
      const looks = await looksOf(page)
      expect([...looks.keys()].sort()).toEqual(kinds)
      expect(new Set([...looks.values()].map((it) => it.shape)).size).toBe(kinds.length)
      expect(new Set([...looks.values()].map((it) => it.word)).size).toBe(kinds.length)
      expect([...looks.values()].filter((it) => !it.word || !it.shape)).toEqual([])

      const paper = await context.newPage()
      const browser = await context.newCDPSession(page)
      for (const theme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: theme })
        for (const vision of VISIONS) {
          await see(browser, vision)
          for (const [kind, contrast] of Object.entries(await contrasts(page, paper)))
            expect(contrast, `${kind} ${vision} ${theme}`).toBeGreaterThan(READABLE)
        }
      }
      await see(browser, 'none')

      // From the dark theme too, and without the backgrounds, which a browser leaves away.
      await page.emulateMedia({ colorScheme: 'dark', media: 'print' })
      const printed = await page.evaluate(() =>
        [...document.querySelectorAll('main [data-kind]')].map((it) => getComputedStyle(it).color),
      )
      expect(await looksOf(page)).toEqual(looks)
      for (const colour of printed) expect(onWhite(colour), colour).toBeGreaterThan(READABLE)
    })
  }

  test('the day tells answered, failed and cancelled by hatching and outline too, on paper as well', async ({
    page,
    open,
  }) => {
    await playAllStates(page)
    await open('/')
    const part = (kind: string) => page.getByRole('main').locator(`.part.${kind}`).first()
    for (const media of ['screen', 'print'] as const) {
      await page.emulateMedia({ colorScheme: 'dark', media })
      await expect(part('ok')).toHaveCSS('background-image', 'none')
      await expect(part('failed')).toHaveCSS('background-image', /repeating-linear-gradient/)
      await expect(part('cancelled')).toHaveCSS('border-style', 'solid')
      await expect(part('ok')).toHaveCSS('print-color-adjust', 'exact')
    }
    await expect(page.locator('html')).toHaveCSS('color', 'rgb(23, 28, 36)')
  })
})

/** The contrast of a colour to white paper. */
function onWhite(colour: string): number {
  const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  const linear = (n: number) => (n / 255 <= 0.04045 ? n / 255 / 12.92 : ((n / 255 + 0.055) / 1.055) ** 2.4)
  return 1.05 / (0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) + 0.05)
}
