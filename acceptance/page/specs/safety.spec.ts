import { request as httpRequest } from 'node:http'
import type { Page } from '@playwright/test'
import { expect, logIn, test, type Service } from '../harness/test'

const CANARY = '<img src=x onerror="globalThis.sprung=1"><script>globalThis.sprung=1</script>'
const ROUTES = ['/', '/accounts', '/requests', '/try', '/models', '/rules', '/settings']

// A service of its own: what it is filled with must not disturb the other files.
test.use({ setup: { accounts: 1 } })

/** Begins to note what the page's policy refuses; the console may leave some of it out. */
async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const refused: string[] = []
    Object.assign(globalThis, { refused })
    addEventListener('securitypolicyviolation', (event) =>
      refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
    )
  })
  return () => page.evaluate(() => (globalThis as unknown as { refused: string[] }).refused)
}

async function firstAccount(service: Service): Promise<string> {
  const list = (await (await service.api('GET', '/codebuddy/v1/credentials')).json()) as {
    credentials: { id: string }[]
  }
  return list.credentials[0]?.id ?? ''
}

test('names that are markup are shown as they are and do nothing, under a policy that nothing breaks', async ({
  page,
  service,
}) => {
  const id = await firstAccount(service)
  const added = await service.api('POST', '/codebuddy/v1/credentials', {
    bearer_token: 'another-token-of-a-stranger',
    user_id: CANARY,
  })
  expect(added.ok).toBe(true)
  const renamed = await service.api('POST', '/codebuddy/v1/credentials/rename', {
    id,
    label: CANARY.slice(0, 64),
  })
  expect(renamed.ok).toBe(true)
  await service.chat(CANARY.slice(0, 60))
  const refused = await watchPolicy(page)
  await logIn(page, service)

  for (const route of [...ROUTES, `/accounts/${id}`]) {
    await page.goto(`${service.url}/#${route}`)
    await expect(page.locator(`a[aria-current=page][href="#${route.slice(0, 9)}"]`).first()).toBeAttached()
    await expect(page.getByText('Loading…')).toHaveCount(0)
    if (route === '/accounts') await expect(page.getByText('onerror').first()).toBeVisible()
    if (route === '/requests') {
      await page.getByRole('row').filter({ hasText: '<img src=x' }).getByRole('link').first().click()
      await expect(page.getByRole('dialog')).toContainText('onerror')
    }
    expect(await page.locator('img[src="x"], script:not([src])').count(), route).toBe(0)
    expect(await page.evaluate(() => 'sprung' in globalThis), route).toBe(false)
    expect(await refused(), route).toEqual([])
  }

  await page.goto(`${service.url}/#/`)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await page.keyboard.type('onerror')
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText('onerror')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  expect(await refused()).toEqual([])
  expect(await page.evaluate(() => 'sprung' in globalThis)).toBe(false)
})

test('a page of another origin reads nothing, changes nothing and cannot frame this one', async ({
  page,
  service,
  complaints,
}) => {
  complaints.allow(/CORS policy|Failed to load resource|frame|Refused to display/)
  await logIn(page, service)
  const before = await (await service.api('GET', '/codebuddy/v1/credentials')).text()
  // Another port of the same machine: the cookie goes along, so only the service's own checks are left.
  await page.goto(service.simulatorUrl)

  const seen = await page.evaluate(async (url) => {
    const tried = async (path: string, init: RequestInit) =>
      fetch(url + path, { credentials: 'include', ...init }).then(
        (answer) => `${answer.type} ${answer.status}`,
        () => 'refused',
      )
    return {
      read: await tried('/codebuddy/v1/credentials', {}),
      events: await tried('/api/events', {}),
      form: await tried('/codebuddy/v1/credentials/toggle-rotation', {
        method: 'POST',
        mode: 'no-cors',
        body: '{}',
        headers: { 'Content-Type': 'text/plain' },
      }),
      json: await tried('/codebuddy/v1/credentials/toggle-rotation', {
        method: 'POST',
        body: '{}',
        headers: { 'Content-Type': 'application/json', 'X-Requested-By': 'admin-page' },
      }),
      ends: await tried('/api/session', { method: 'DELETE' }),
    }
  }, service.url)
  expect(seen).toEqual({
    read: 'refused',
    events: 'refused',
    form: 'refused',
    json: 'refused',
    ends: 'refused',
  })
  expect(await (await service.api('GET', '/codebuddy/v1/credentials')).text()).toBe(before)

  const framed = await page.evaluate(async (url) => {
    const frame = document.createElement('iframe')
    frame.src = url
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
    document.body.append(frame)
    await loaded
    return frame.contentWindow?.length
  }, service.url)
  expect(framed).toBe(0)
  expect(page.frames().filter((it) => it.url().startsWith(service.url))).toEqual([])

  await page.goto(service.url)
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})

test('under a name that is not its own the service shows neither page nor answers', async ({
  page,
  service,
}) => {
  await logIn(page, service)
  const [cookie] = await page.context().cookies()
  const status = (path: string) =>
    new Promise<number>((resolve, reject) => {
      httpRequest(
        service.url + path,
        { headers: { Host: 'rebound.example', Cookie: `${cookie?.name}=${cookie?.value}` } },
        (answer) => {
          answer.resume()
          resolve(answer.statusCode ?? 0)
        },
      )
        .on('error', reject)
        .end()
    })
  for (const path of ['/', '/api/status', '/api/session', '/codebuddy/v1/credentials']) {
    expect(await status(path), path).toBeGreaterThanOrEqual(400)
  }
})
