import type { CDPSession, Page } from '@playwright/test'
import { expect, test, type Service } from '../harness/test'

const CAPACITY = 500
/** Enough to fill the feed more than twice over. */
const REQUESTS = 1200
const AT_ONCE = 8

test.use({ setup: { accounts: 3, simulator: ['--pace-ms', '0'] } })

async function flood(service: Service, requests: number) {
  let left = requests
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left-- > 0) await service.chat('hy3')
    }),
  )
}

async function measured(page: Page, browser: CDPSession) {
  await browser.send('HeapProfiler.collectGarbage')
  const { usedSize } = await browser.send('Runtime.getHeapUsage')
  const { nodes } = await browser.send('Memory.getDOMCounters')
  return { usedSize, nodes, rows: await page.locator('[data-id]').count() }
}

test('a busy feed stays within its bounds: rows, nodes and memory', async ({ page, open, service }) => {
  await open('/requests')
  await page.mouse.move(2, 2)
  await flood(service, CAPACITY + 50)
  await expect(page.locator('[data-id]')).toHaveCount(CAPACITY)
  const browser = await page.context().newCDPSession(page)
  const full = await measured(page, browser)

  await flood(service, REQUESTS - CAPACITY)
  await expect(page.locator('[data-outcome=running]')).toHaveCount(0)
  const later = await measured(page, browser)

  expect(later.rows).toBe(CAPACITY)
  expect(later.nodes).toBeLessThan(full.nodes * 1.2)
  expect(later.usedSize).toBeLessThan(full.usedSize + 8 * 1024 * 1024)
})
