import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { chromium } from '../harness/chromium'
import { expect, logIn, PASSWORD, test, type Service } from '../harness/test'

// Chromium takes these names for this machine, as a name server of somebody else's would tell it to.
test.use({
  setup: { accounts: 1 },
  launchOptions: {
    executablePath: chromium(),
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--host-resolver-rules=MAP *.example 127.0.0.1',
      // Not every browser keeps pages of elsewhere from this machine; the service must do without.
      '--disable-features=LocalNetworkAccessChecks',
    ],
  },
})

/** Within a build only some of it is tried; OtherOriginsTest asks for the whole. */
const WHOLE = process.env.PAGE_FIGURE !== undefined

/** What the owner's routes would do, were they reached: read, stream, change, begin, chat, end. */
const TARGETS: [method: string, path: string][] = [
  ['GET', '/api/status'],
  ['GET', '/api/settings'],
  ['GET', '/api/events'],
  ['GET', '/api/requests'],
  ['GET', '/codebuddy/v1/credentials'],
  ['GET', '/v1/models'],
  ['GET', '/codebuddy/auth/start'],
  ['POST', '/api/settings'],
  ['POST', '/api/session'],
  ['DELETE', '/api/session'],
  ['POST', '/codebuddy/v1/credentials/toggle-rotation'],
  ['POST', '/codebuddy/v1/credentials/delete'],
  ['POST', '/v1/chat/completions'],
]

/** A server of somebody else's that serves an empty page under any name. */
async function elsewhere(): Promise<Server> {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Elsewhere</title><body>')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return server
}

interface Tried {
  attempts: number
  /** What a script could read of an answer. */
  read: string[]
}

/** Tries all a page can do to reach another one, and tells what it got to see. */
async function attack(page: Page, url: string): Promise<Tried> {
  return page.evaluate(
    async ({ url, targets, password }) => {
      const read: string[] = []
      let attempts = 0
      const within = <T>(ms: number, work: Promise<T>) =>
        Promise.race([work, new Promise<null>((resolve) => setTimeout(() => resolve(null), ms))])
      const attempt = async (what: string, work: () => Promise<string | null>) => {
        attempts++
        const seen = await within(
          3_000,
          work().catch(() => null),
        )
        if (seen) read.push(`${what}: ${seen}`)
      }
      const inits: [string, RequestInit][] = [
        ['plain', {}],
        ['opaque', { mode: 'no-cors' }],
        ['with cookie', { credentials: 'include' }],
        ['opaque with cookie', { mode: 'no-cors', credentials: 'include' }],
        ['as the page', { credentials: 'include', headers: { 'X-Requested-By': 'admin-page' } }],
        ['without referrer', { credentials: 'include', mode: 'no-cors', referrerPolicy: 'no-referrer' }],
      ]
      const bodies = ['{}', JSON.stringify({ password, index: 0, settings: {}, messages: [] })]
      for (const [method, path] of targets) {
        for (const [name, init] of inits) {
          const texts = method === 'POST' ? bodies : [undefined]
          for (const type of method === 'POST' ? ['text/plain', 'application/json'] : ['']) {
            for (const body of texts) {
              await attempt(`fetch ${name} ${method} ${path}`, async () => {
                const headers = { ...init.headers, ...(type ? { 'Content-Type': type } : {}) }
                const answer = await fetch(url + path, { ...init, method, headers, body: body ?? null })
                // An opaque answer has no status; an open one that is a refusal tells nothing but that.
                return answer.ok ? `${answer.status}` : null
              })
            }
          }
        }
      }
      const loaded = (element: HTMLElement) =>
        new Promise<boolean>((resolve) => {
          element.addEventListener('load', () => resolve(true))
          element.addEventListener('error', () => resolve(false))
          document.body.append(element)
        })
      const opened = (source: EventSource | WebSocket) =>
        new Promise<string | null>((resolve) => {
          source.addEventListener('open', () => resolve('open'))
          source.addEventListener('error', () => resolve(null))
        }).finally(() => source.close())
      for (const [method, path] of targets) {
        if (method === 'GET') {
          await attempt(`image ${path}`, async () => {
            const image = new Image()
            image.src = url + path
            return (await loaded(image)) ? 'loaded' : null
          })
          await attempt(`script ${path}`, async () => {
            const script = document.createElement('script')
            script.src = url + path
            return (await loaded(script)) ? 'loaded' : null
          })
          await attempt(`events ${path}`, () =>
            opened(new EventSource(url + path, { withCredentials: true })),
          )
          await attempt(`socket ${path}`, () => opened(new WebSocket(url.replace('http', 'ws') + path)))
          await attempt(`frame ${path}`, async () => {
            const frame = document.createElement('iframe')
            frame.src = url + path
            await within(1_000, loaded(frame))
            let text: string | null = null
            try {
              text = frame.contentDocument?.body.textContent ?? null
            } catch {
              // Of another origin.
            }
            frame.remove()
            return text?.includes('"error"') ? null : text
          })
        } else if (method === 'POST') {
          for (const enctype of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
            await attempt(`form ${path}`, async () => {
              const frame = document.createElement('iframe')
              frame.name = `into-${attempts}`
              document.body.append(frame)
              const form = document.createElement('form')
              Object.assign(form, { method, enctype, action: url + path, target: frame.name })
              const field = document.createElement('input')
              Object.assign(field, { name: '{"password":"', value: `${password}"}` })
              form.append(field)
              document.body.append(form)
              const answered = new Promise((resolve) => frame.addEventListener('load', resolve))
              form.submit()
              await within(1_000, answered)
              form.remove()
              frame.remove()
              return null
            })
          }
          await attempt(`beacon ${path}`, async () => {
            navigator.sendBeacon(url + path, new Blob(['{}'], { type: 'text/plain' }))
            return null
          })
        }
      }
      return { attempts, read }
    },
    { url, targets: TARGETS.filter((_, index) => WHOLE || index % 4 === 0), password: PASSWORD },
  )
}

/** The requests for the owner's routes that the service's log has since, as `METHOD route status`. */
function heardSince(service: Service, mark: number): string[] {
  return [
    ...service
      .log()
      .slice(mark)
      .matchAll(/\b(GET|HEAD|POST|DELETE|OPTIONS) (\S+) (\d{3}) after/g),
  ]
    .map((found) => `${found[1]} ${found[2]} ${found[3]}`)
    .filter((line) => line.includes(' /api/') || line.includes('/v1/') || line.includes('/auth/'))
}

/**
 * Preflights are answered, with nothing in them that would let a page go on. Who has no session is sent away before any
 * handler, except where a password is tried.
 */
const reached = (lines: string[]) =>
  lines.filter(
    (line) =>
      !line.startsWith('OPTIONS ') && (!/ (401|403|415|421)$/.test(line) || line === 'POST /api/session 401'),
  )

test('no page of another origin, nor one under a rebound name, reaches what is the owner’s', async ({
  page,
  service,
  complaints,
}) => {
  test.setTimeout(300_000)
  complaints.allow(/.*/s)
  const server = await elsewhere()
  const port = (server.address() as AddressInfo).port
  const own = new URL(service.url).port
  await logIn(page, service)
  const before = await (await service.api('GET', '/codebuddy/v1/credentials')).text()
  const sites = [
    ['another port', `http://127.0.0.1:${port}/`, service.url],
    ['another name of this machine', `http://localhost:${port}/`, service.url],
    ['another site', `http://evil.example:${port}/`, service.url],
    ['another site, by our other name', `http://evil.example:${port}/`, `http://localhost:${own}`],
    // First its own server answers under the name, then the name means ours.
    ['a rebound name', `http://rebound.example:${own}/`, `http://rebound.example:${own}`],
  ] as const
  await page.route(`http://rebound.example:${own}/`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Rebound</title><body>' }),
  )

  const figure = { attempts: 0, heard: 0, reached: 0, read: 0, sites: sites.length }
  try {
    for (const [name, from, target] of WHOLE ? sites : [sites[0], sites[4]]) {
      await page.goto(from)
      const mark = service.log().length
      const tried = await attack(page, target)
      await expect.poll(() => heardSince(service, mark).length).toBeGreaterThan(4)
      const heard = heardSince(service, mark)
      figure.attempts += tried.attempts
      figure.heard += heard.length
      figure.reached += reached(heard).length
      figure.read += tried.read.length
      expect(reached(heard), name).toEqual([])
      expect(tried.read, name).toEqual([])
    }
    expect(await (await service.api('GET', '/codebuddy/v1/credentials')).text()).toBe(before)
  } finally {
    server.close()
  }
  if (process.env.PAGE_FIGURE) await writeFile(process.env.PAGE_FIGURE, JSON.stringify(figure))

  // The session is still there, and good for the page itself.
  await page.goto(service.url)
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})
