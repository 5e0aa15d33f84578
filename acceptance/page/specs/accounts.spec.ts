import { unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { inEachLook } from '../harness/looks'
import { expect, test, type Service } from '../harness/test'

test.use({ setup: { accounts: 0 } })

interface Listed {
  id: string
  filename: string
  user_id: string
  state: string
}

/** What the simulator's tokens provoke, each with a name that says so. */
const TOKENS = {
  lin: 'fake_lin',
  mei: 'fake_mei',
  limited: 'fake_sim-limited',
  'used-up': 'fake_sim-quota',
  'no-quota-known': 'fake_sim-no-accounts-key',
  'nothing-granted': 'fake_sim-no-package',
}

interface Credentials {
  credentials: Listed[]
  unusable: { filename: string }[]
}

async function stored(service: Service): Promise<Credentials> {
  const response = await service.api('GET', '/codebuddy/v1/credentials')
  return (await response.json()) as Credentials
}

const list = async (service: Service) => (await stored(service)).credentials
const unusable = async (service: Service) => (await stored(service)).unusable.map(({ filename }) => filename)

/** Exactly these accounts are there, and nothing is pinned. */
async function have(service: Service, ...names: (keyof typeof TOKENS)[]): Promise<void> {
  for (const { id } of await list(service))
    await service.api('POST', '/codebuddy/v1/credentials/delete', { id })
  for (const name of names) {
    const added = await service.api('POST', '/codebuddy/v1/credentials', {
      bearer_token: TOKENS[name],
      user_id: name,
    })
    expect(added.status).toBe(200)
  }
  await service.api('POST', '/codebuddy/v1/credentials/auto', {})
}

const rows = (page: Page) => page.getByRole('main').getByRole('listitem')
const row = (page: Page, name: string) => rows(page).filter({ hasText: name })
const dialog = (page: Page) => page.getByRole('dialog')

async function choose(page: Page, name: string, act: string | RegExp) {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: act }).click()
}

test('a file that is no account is named with its reason, and goes when it is gone', async ({
  page,
  service,
  open,
}) => {
  await have(service, 'lin')
  const file = join(service.home, '.codebuddy_creds/not-json.json')
  await writeFile(file, 'not JSON')
  // The service looks at the directory now and then; the page asks it once when it is opened.
  await expect.poll(() => unusable(service)).toEqual(['not-json.json'])
  await open('/accounts')
  const note = page.getByRole('region', { name: 'Files that cannot be used' })
  await expect(note).toContainText('not-json.json it is not valid JSON')

  await unlink(file)
  await expect.poll(() => unusable(service)).toEqual([])
  await page.reload()
  await expect(row(page, 'lin')).toBeVisible()
  await expect(note).toBeHidden()
})

test('I.105 F14 F16 the strip tells in words who is next, for each way of choosing', async ({
  page,
  service,
  open,
}) => {
  await have(service, 'lin', 'mei')
  await open('/accounts')
  await expect(page.getByText(/take turns, request by request\. (lin|mei) is next\./)).toBeVisible()

  await choose(page, 'mei', 'Send all requests here')
  await expect(page.getByText('All requests go to mei, because you pinned it.')).toBeVisible()
  await expect(row(page, 'mei').getByText('Pinned')).toBeVisible()
  await page.getByRole('button', { name: 'Let accounts take turns' }).click()
  await expect(page.getByText(/take turns, request by request/)).toBeVisible()

  await page.getByRole('switch', { name: 'Take turns' }).click()
  await expect(page.getByText(/Taking turns is off: requests go to (lin|mei)\./)).toBeVisible()
  await page.getByRole('switch', { name: 'Take turns' }).click()

  for (const [count, words] of [
    ['0', /never to change \(rotation count 0\)/],
    ['3', /(lin|mei) is next \(\d of 3 requests\)/],
    ['1', /request by request/],
  ] as const) {
    await service.api('POST', '/api/settings', { settings: { CODEBUDDY_ROTATION_COUNT: count } })
    await page.reload()
    await expect(page.getByText(words)).toBeVisible()
  }
})

test('C25 the one that is next is the one that serves the next request', async ({ page, service, open }) => {
  await have(service, 'lin', 'mei')
  await open('/accounts')
  const ids = new Map((await list(service)).map((it) => [it.id, it.user_id]))
  for (let i = 0; i < 3; i++) {
    const told = row(page, 'Next').getByRole('link')
    await expect(told).toHaveCount(1)
    const next = await told.textContent()
    expect(await service.chat()).toBe(200)
    const feed = (await (await service.api('GET', '/api/requests')).json()) as {
      requests: { credential: string }[]
    }
    expect(ids.get(feed.requests[0]?.credential ?? '')).toBe(next)
    await expect(told).not.toHaveText(next ?? '')
  }
})

test('C24 an account that rests says why and until when, and is ready again by itself', async ({
  page,
  service,
  open,
}) => {
  await have(service, 'limited')
  await open('/accounts')
  await service.chat()
  const limited = row(page, 'limited')
  await expect(limited.getByText(/^Cooling 00:0\d$/)).toBeVisible()
  await expect(limited.getByText('too many requests')).toHaveAttribute('title', 'rate_limit_exceeded')
  await expect(limited.getByText('Ready', { exact: true })).toBeVisible()
})

test('C23 a quota that is measured, stale, used up, not granted or unknown looks different', async ({
  page,
  service,
  open,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  await have(service, 'lin', 'mei', 'used-up', 'no-quota-known', 'nothing-granted')
  const byName = new Map((await list(service)).map((it) => [it.user_id, it.id]))
  const old = Math.floor(Date.now() / 1000) - 7200
  await page.route(`**/quota?id=${byName.get('mei')}`, (route) =>
    route.fulfill({ json: { total: 500, used: 140, remaining: 360, checked_at: old, grants: [] } }),
  )
  await page.route(`**/quota?id=${byName.get('used-up')}`, (route) =>
    route.fulfill({ json: { total: 500, used: 500, remaining: 0, resets_at: old + 90_000, grants: [] } }),
  )
  await open('/accounts')

  await expect(row(page, 'lin')).toContainText('59.2%')
  await expect(row(page, 'lin')).toContainText('1,776.5 of 3,000')
  await expect(row(page, 'mei')).toContainText('72%')
  await expect(row(page, 'mei')).toContainText('as of 2 hr ago')
  await expect(row(page, 'used-up')).toContainText('0%')
  await expect(row(page, 'used-up')).toContainText('back')
  await expect(row(page, 'no-quota-known')).toContainText('Unknown')
  await expect(row(page, 'nothing-granted')).toContainText('Nothing granted')
  const rings = await page
    .locator('[data-quota] svg')
    .evaluateAll((all) => all.map((it) => `${it.getAttribute('class')} ${it.innerHTML}`))
  // Used up and never granted are the same ring beside other words.
  expect(new Set(rings).size).toBe(4)
})

test('I.105 F15 F17 one is renamed, tested, turned off and on again, and its page is an address', async ({
  page,
  service,
  open,
}) => {
  await have(service, 'lin', 'used-up')
  await open('/accounts')
  await choose(page, 'lin', /^Rename/)
  await dialog(page).getByLabel('Your name for it').fill('Work <b>')
  await page.keyboard.press('Enter')
  await expect(row(page, 'Work <b>')).toBeVisible()

  await choose(page, 'used-up', /^Test/)
  await expect(page).toHaveURL(/\/accounts\/[0-9a-f]+\?test=1$/)
  await expect(dialog(page).getByText('That costs a little of its quota.')).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Test account' }).click()
  const result = dialog(page).getByRole('status').filter({ hasText: 'Failed' })
  await expect(result).toContainText('has no quota left')
  await expect(result).toContainText('insufficient_quota')
  await page.goBack()
  await expect(dialog(page)).toHaveCount(0)

  await page.getByRole('link', { name: 'Work <b>' }).click()
  await expect(dialog(page).getByText('codebuddy_', { exact: false }).first()).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Turn off' }).click()
  await expect(dialog(page).getByText('Off', { exact: true })).toBeVisible()
  await page.reload()
  await dialog(page).getByRole('button', { name: 'Turn on' }).click()
  await expect(dialog(page).getByText('Ready', { exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\/accounts$/)
})

test('C26 removing names the account and can be undone; after that it is gone', async ({
  page,
  service,
  open,
}) => {
  await have(service, 'lin', 'mei')
  await open('/accounts')
  const remove = async () => {
    await choose(page, 'mei', /^Remove/)
    const asked = page.getByRole('alertdialog', { name: 'Remove mei?' })
    await expect(asked).toContainText('seven days')
    await asked.getByRole('button', { name: 'Remove mei' }).click()
    await expect(row(page, 'mei')).toHaveCount(0)
  }

  await remove()
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(row(page, 'mei')).toBeVisible()
  await remove()
  await page.reload()
  await expect(row(page, 'lin')).toBeVisible()
  await expect(row(page, 'mei')).toHaveCount(0)
})

test('the list is filtered by state and by text, in the address', async ({ page, service, open }) => {
  await have(service, 'lin', 'mei')
  await service.api('POST', '/codebuddy/v1/credentials/disable', { id: (await list(service))[1]?.id })
  await open('/accounts')
  await page.getByRole('button', { name: 'Off 1' }).click()
  await expect(page).toHaveURL(/show=off/)
  await expect(row(page, 'mei')).toBeVisible()
  await expect(row(page, 'lin')).toHaveCount(0)
  await page.getByRole('searchbox').fill('zzz')
  await expect(page.getByText('Nothing matches this filter.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(row(page, 'lin')).toBeVisible()
})

test('C13 odd answers cost a cell, never the page', async ({ page, service, open }) => {
  await have(service, 'lin')
  await page.route('**/codebuddy/v1/credentials', (route) =>
    route.fulfill({
      json: {
        credentials: [
          { id: 'a', state: 'hovering', until: -5, expires_at: null, refresh: 'odd' },
          {
            id: 'b',
            state: 'cooling_down',
            until: null,
            reason: 'brand_new_reason',
            email: 'one@example.com',
          },
          { id: 'c', state: 'ready', email: 'one@example.com', enterprise_id: 'e', index: null },
        ],
      },
    }),
  )
  await page.route('**/quota?*', (route) =>
    route.fulfill({ json: { total: -1, remaining: null, grants: null } }),
  )
  await page.route('**/current', (route) => route.fulfill({ json: { status: 'by_dice', index: -3 } }))
  await page.route('**/api/stats', (route) => route.fulfill({ json: { credentials: null, since: -1 } }))
  await open('/accounts')

  await expect(page.getByText('It is not known which account is next.')).toBeVisible()
  await expect(rows(page)).toHaveCount(3)
  await expect(page.getByRole('heading', { name: 'one@example.com 2' })).toBeVisible()
  await expect(page.getByText('brand_new_reason')).toBeVisible()
  for (const id of ['a', 'b', 'c', 'gone']) {
    await page.goto(`${service.url}/#/accounts/${id}`)
    await expect(dialog(page)).toBeVisible()
  }
  await expect(dialog(page).getByText('It was removed')).toBeVisible()
})

test('C39 a list of every kind of quota, an account of its own and the ways to add one fit and have no barrier in any look', async ({
  page,
  service,
  open,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  await have(service, 'lin', 'used-up', 'no-quota-known')
  await service.chat()
  await service.chat()
  const id = (await list(service))[0]?.id ?? ''
  await open('/accounts')
  for (const route of ['/accounts', `/accounts/${id}`, '/accounts?add=1', '/accounts?add=token']) {
    await page.goto(`${service.url}/#${route}`)
    await expect(route === '/accounts' ? rows(page).first() : dialog(page)).toBeVisible()
    await inEachLook(page)
  }
})
