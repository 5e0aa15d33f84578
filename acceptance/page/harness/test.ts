import { test as base, type Page } from '@playwright/test'
import { DEFAULT_SETUP, PASSWORD, Service, type Setup } from './service'

export { expect } from '@playwright/test'
export { PASSWORD, Service } from './service'

/** What the browser complained about; at the end of a test that must be nothing but what the test allowed. */
export class Complaints {
  readonly all: string[] = []
  private readonly allowed: RegExp[] = []

  /** Such complaints are what the test is about. */
  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns)
  }

  /** Refused calls, which the browser itself writes to its console. */
  allowRefusedCalls(): void {
    this.allow(/Failed to load resource/)
  }

  left(): string[] {
    return this.all.filter((it) => !this.allowed.some((pattern) => pattern.test(it)))
  }
}

interface Parts {
  complaints: Complaints
  /** Opens the page at a route such as `/accounts`, logged in. */
  open: (route?: string) => Promise<void>
}

/**
 * A browser before the packaged service. Tests of a file share one service; a file that needs another one says so with
 * `test.use({ setup: { accounts: 0 } })`.
 */
export const test = base.extend<Parts, { setup: Partial<Setup>; service: Service }>({
  setup: [{}, { option: true, scope: 'worker' }],
  service: [
    async ({ setup }, use) => {
      const service = await Service.start({ ...DEFAULT_SETUP, ...setup })
      await use(service)
      await service.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  complaints: [
    async ({ context, service }, use) => {
      const complaints = new Complaints()
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.all.push(`console: ${message.text()}`)
      })
      context.on('weberror', (error) =>
        complaints.all.push(`error: ${error.error().stack ?? error.error().message}`),
      )
      context.on('request', (request) => {
        const host = new URL(request.url()).host
        const own = [new URL(service.url).host, new URL(service.simulatorUrl).host, '']
        if (!own.includes(host)) complaints.all.push(`foreign host: ${request.url()}`)
      })
      await use(complaints)
      base.expect(complaints.left()).toEqual([])
    },
    { auto: true },
  ],
  open: async ({ page, service }, use) => {
    await use(async (route = '/') => {
      // Another login would end the session that the page is using.
      if ((await page.context().cookies()).length === 0) await logIn(page, service)
      await page.goto(`${service.url}/#${route}`)
      await page.locator('h1').first().waitFor()
    })
  },
})

/** Gives the browser a session, without the form. */
export async function logIn(page: Page, service: Service): Promise<void> {
  const response = await page.context().request.post(`${service.url}/api/session`, {
    data: { password: PASSWORD },
    headers: { 'X-Requested-By': 'admin-page', Origin: service.url },
  })
  if (!response.ok()) throw new Error(`the login was answered with ${response.status()}`)
}
