import type { BrowserContext, Locator, Page } from '@playwright/test'
import { expect, PASSWORD, test } from '../harness/test'

test.use({ setup: { accounts: 0 } })

const dialog = (page: Page) => page.getByRole('dialog')

/** What is pressed at the simulated CodeBuddy's own page. */
type Decision =
  | 'Log in as a person'
  | 'Log in as a member of an enterprise'
  | 'Fail: no free seat'
  | 'Fail: licence expired'
  | 'Fail: trial expired'
  | 'Fail: address not allowed'

/** Signs in as a person would: in the tab that opens. */
async function signIn(page: Page, begin: Locator, decision: Decision, name: string) {
  const opened = page.waitForEvent('popup')
  await begin.click()
  const popup = await opened
  await popup.getByLabel('Name').fill(name)
  await popup.getByRole('button', { name: decision }).click()
  await expect(popup.getByText('Done.')).toBeVisible()
  await popup.close()
}

/** Waits until the sign-in has gone on; nobody who tests waits five seconds for the next question. */
async function until(page: Page, goal: Locator) {
  await expect(async () => {
    const hurry = dialog(page).getByRole('button', { name: /^(Check now|立即检查)$/ })
    if (await hurry.isVisible()) await hurry.click({ timeout: 1000 })
    await expect(goal).toBeVisible({ timeout: 1500 })
  }).toPass({ timeout: 45_000 })
}

async function add(page: Page, decision: Decision, name: string, goal: Locator) {
  await page.getByRole('button', { name: 'Add account' }).first().click()
  await signIn(page, dialog(page).getByRole('button', { name: 'Start sign-in' }), decision, name)
  await until(page, goal)
}

/** A browser that opens no tabs. */
async function blockTabs(page: Page) {
  await page.addInitScript(() => {
    window.open = () => null
  })
}

/** Plays the service's side of a sign-in, at a quick pace. */
async function playLogin(context: BrowserContext, poll: () => { status: number; body: unknown }) {
  await context.route('**/codebuddy/auth/start', (route) =>
    route.fulfill({
      json: {
        success: true,
        auth_state: 'played',
        verification_uri_complete: 'https://codebuddy.invalid/login?state=played',
        expires_in: 600,
        interval: 0.2,
      },
    }),
  )
  await context.route('**/codebuddy/auth/poll', (route) => {
    const { status, body } = poll()
    return route.fulfill({ status, json: body })
  })
}

test('I.105 F12 a newcomer gets from the first look to an account, and to his first request in the feed, by clicks', async ({
  page,
  service,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  const opened = Date.now()
  await page.goto(service.url)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.getByRole('button', { name: 'Unlock' }).click()
  await expect(page.getByText('No accounts yet')).toBeVisible()
  await expect(page.getByText('0%')).toHaveCount(0)

  await page.getByRole('link', { name: 'Add account' }).click()
  const begin = dialog(page).getByRole('button', { name: 'Start sign-in' })
  await signIn(page, begin, 'Log in as a person', 'Lin')
  await until(page, dialog(page).getByText('Lin is ready.'))
  await expect(dialog(page).getByText('Quota: 1,776.5 of 3,000 left')).toBeVisible()
  const tryIt = { name: 'Try it' }
  await dialog(page).getByRole('link', tryIt).or(dialog(page).getByRole('button', tryIt)).click()
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('link', { name: 'Requests' }).first().click()
  await expect(page.getByRole('table').getByRole('row').nth(1)).toContainText('Lin')
  test.info().annotations.push({
    type: 'a newcomer, from the first look to his first request, s',
    description: String((Date.now() - opened) / 1000),
  })

  await page.getByRole('link', { name: 'Accounts' }).first().click()
  const row = page.getByRole('listitem').filter({ hasText: 'Lin' })
  await expect(row.getByText('Ready')).toBeVisible()
  await expect(row.getByText('sec ago')).toBeVisible()
})

test('an account that is here already is told, and not added twice; it can be tested at once', async ({
  page,
  service,
  open,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  const isKnown = (await (await service.api('GET', '/codebuddy/v1/credentials')).text()).includes('"Lin"')
  await open('/accounts')
  const already = dialog(page).getByText('Lin was already here. Its sign-in was renewed.')
  await add(page, 'Log in as a person', 'Lin', isKnown ? already : dialog(page).getByText('Lin is ready.'))
  if (!isKnown) {
    await dialog(page).getByRole('button', { name: 'Add another' }).click()
    const begin = dialog(page).getByRole('button', { name: 'Start sign-in' })
    await signIn(page, begin, 'Log in as a person', 'Lin')
    await until(page, already)
  }
  await dialog(page).getByRole('button', { name: 'Test account' }).click()
  await expect(dialog(page).getByText('Works')).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  await expect(dialog(page)).toHaveCount(0)
  await expect(page.getByRole('listitem').filter({ hasText: 'Lin' })).toHaveCount(1)
})

test('C21 of several accounts one is chosen, by keyboard too, and the present one is marked', async ({
  page,
  open,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  await open('/accounts')
  await add(
    page,
    'Log in as a member of an enterprise',
    'Mei',
    dialog(page).getByText('Which one shall be used?'),
  )

  await expect(dialog(page).getByRole('radio')).not.toHaveCount(1)
  await expect(dialog(page).locator('label').filter({ hasText: 'Simulated ent-1' })).toContainText('in use')
  await dialog(page).getByRole('radio', { name: 'Simulated ent-1' }).focus()
  await page.keyboard.press('ArrowUp')
  await expect(dialog(page).getByRole('radio', { name: 'Personal account' })).toBeChecked()
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByText('Mei is ready.')).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Mei' })).toContainText('Personal')
})

test("C16 CodeBuddy's refusals are told with their reason", async ({ page, open, complaints }) => {
  complaints.allowRefusedCalls()
  const refusals: [Decision, string][] = [
    ['Fail: no free seat', 'Your enterprise has no free seat.'],
    ['Fail: licence expired', 'The licence of your enterprise has expired.'],
    ['Fail: trial expired', 'Your trial has expired.'],
    ['Fail: address not allowed', "Your enterprise does not allow this server's network address."],
  ]
  await open('/accounts?add=1')
  for (const [decision, words] of refusals) {
    const begin = dialog(page).getByRole('button', { name: /^Start/ })
    await signIn(page, begin, decision, 'Nobody')
    await until(page, dialog(page).getByText(words))
  }
})

for (const [locale, words] of [
  [
    'en-US',
    {
      start: /^Start/,
      expired_token: 'The link ended before you signed in.',
      oauth_state_invalid: 'The server no longer knows this sign-in.',
      access_denied: 'The sign-in was declined. Nothing was saved.',
      strange: 'The sign-in did not work.',
      too_many_logins: 'Too many sign-ins are under way.',
      auth_start_failed: 'The server cannot reach CodeBuddy.',
    },
  ],
  [
    'zh-CN',
    {
      start: /^(开始登录|重新开始)$/,
      expired_token: '链接已失效，登录未完成。',
      oauth_state_invalid: '服务器已不认识这次登录。',
      access_denied: '登录被拒绝，未保存任何内容。',
      strange: '登录没有成功。',
      too_many_logins: '正在进行的登录太多。',
      auth_start_failed: '服务器无法连接 CodeBuddy。',
    },
  ],
] as const) {
  test.describe(() => {
    test.use({ locale })

    test(`C16 every way a sign-in can fail has its own words in ${locale}`, async ({
      page,
      context,
      open,
      complaints,
    }) => {
      complaints.allowRefusedCalls()
      await blockTabs(page)
      let error = ''
      await playLogin(context, () => ({ status: 400, body: { error, error_description: 'said' } }))
      await open('/accounts?add=1')
      const start = dialog(page).getByRole('button', { name: words.start })
      for (error of ['expired_token', 'oauth_state_invalid', 'access_denied', 'strange'] as const) {
        await start.click()
        await expect(dialog(page).getByText(words[error as 'strange'])).toBeVisible()
      }

      const refuse = (status: number, json: unknown) =>
        context.route('**/codebuddy/auth/start', (route) => route.fulfill({ status, json }))
      await refuse(429, { error: { code: 'too_many_logins', message: 'full' } })
      await start.click()
      await expect(dialog(page).getByText(words.too_many_logins)).toBeVisible()
      await refuse(200, { success: false, error: 'auth_start_failed', code: 'upstream_unreachable' })
      await start.click()
      await expect(dialog(page).getByText(words.auth_start_failed)).toBeVisible()
    })
  })
}

test('C17-C20 a blocked tab, a closed dialog and a reload do not end the wait; cancelling does', async ({
  page,
  open,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  await blockTabs(page)
  await page.clock.install()
  await open('/accounts?add=1')
  await dialog(page).getByRole('button', { name: 'Start sign-in' }).click()

  await expect(dialog(page).getByText('Your browser blocked the new tab.')).toBeVisible()
  const link = dialog(page).getByRole('link', { name: 'Open sign-in page' })
  await expect(link).toHaveAttribute('href', /^http:.*\/login\?/)
  await expect(link).toHaveAttribute('rel', /noopener/)
  await expect(dialog(page).getByText(/^(10:00|09:5\d)$/)).toBeVisible()

  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
  await page.reload()
  await page.getByRole('button', { name: 'Add account' }).first().click()
  await expect(dialog(page).getByText('Still waiting for you to sign in.')).toBeVisible()
  await expect(dialog(page).getByText(/^09:[45]\d$/)).toBeVisible()
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('/login')

  let polls = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/codebuddy/auth/poll')) polls++
  })
  await dialog(page).getByRole('button', { name: 'Check now' }).click()
  await expect.poll(() => polls).toBe(1)
  const told = page.waitForResponse((response) => response.url().endsWith('/codebuddy/auth/cancel'))
  await dialog(page).getByRole('button', { name: 'Cancel sign-in' }).click()
  expect(await (await told).json()).toMatchObject({ cancelled: true })
  await expect(dialog(page)).toHaveCount(0)
  await page.clock.fastForward(6000) // Longer than the pace of the polls.
  expect(polls).toBe(1)
  expect(await page.evaluate(() => sessionStorage.getItem('login'))).toBeNull()
})

test('a lost connection is told with the time of the next try, and then it goes on', async ({
  page,
  context,
  open,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  let answer = { status: 400, body: { error: 'auth_error', error_description: 'no way there' } as unknown }
  await blockTabs(page)
  await playLogin(context, () => answer)
  await open('/accounts?add=1')
  await dialog(page).getByRole('button', { name: 'Start sign-in' }).click()

  await expect(dialog(page).getByText('The server cannot reach CodeBuddy.')).toBeVisible()
  await expect(dialog(page).getByText(/^Trying again in \d+ s\.$/)).toBeVisible()
  answer = { status: 400, body: { error: 'authorization_pending', code: 12151 } }
  await dialog(page).getByRole('button', { name: 'Check now' }).click()
  await expect(dialog(page).getByText('CodeBuddy is still preparing the account')).toBeVisible()
  await expect(dialog(page).getByText('The server cannot reach CodeBuddy.')).toHaveCount(0)
})

test('I.105 F13 a token and an exported file are added by hand, and never shown again', async ({
  page,
  service,
  open,
}) => {
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  await open('/accounts?add=token')
  const area = dialog(page).getByLabel('Token, or content of an exported file')
  await area.fill('two words')
  await dialog(page).getByRole('button', { name: 'Read it' }).click()
  await expect(dialog(page).getByText('This is no token')).toBeVisible()

  await area.fill('Bearer hand-made-canary-1')
  await dialog(page).getByRole('button', { name: 'Read it' }).click()
  await expect(dialog(page).getByText('This is a token.')).toBeVisible()
  await dialog(page).getByLabel('User id (optional)').fill('by-hand')
  await dialog(page).getByRole('button', { name: 'Add account' }).click()
  await expect(dialog(page).getByText('by-hand is ready.')).toBeVisible()

  await dialog(page).getByRole('button', { name: 'Add another' }).click()
  await dialog(page).getByRole('button', { name: 'Add it by hand' }).click()
  await dialog(page)
    .locator('input[type=file]')
    .setInputFiles({
      name: 'account.json',
      mimeType: 'application/json',
      buffer: Buffer.from(
        JSON.stringify({
          bearer_token: 'hand-made-canary-2',
          refresh_token: 'hand-made-canary-3',
          user_id: 'from-a-file',
        }),
      ),
    })
  await expect(dialog(page).getByText('Account: from-a-file')).toBeVisible()
  await expect(dialog(page).getByText('Its refresh token is shared')).toHaveCount(0)
  await dialog(page).getByRole('radio', { name: 'Everything' }).check()
  await expect(dialog(page).getByText('Its refresh token is shared')).toBeVisible()
  await dialog(page).getByRole('radio', { name: 'Only the access token' }).check()
  await dialog(page).getByRole('button', { name: 'Add account' }).click()
  await expect(dialog(page).getByText('from-a-file is ready.')).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'from-a-file' })).toBeVisible()

  const list = (await (await service.api('GET', '/codebuddy/v1/credentials')).json()) as {
    credentials: { user_id: string; has_refresh_token: boolean }[]
  }
  expect(list.credentials.find((it) => it.user_id === 'from-a-file')?.has_refresh_token).toBe(false)
  const kept = await page.evaluate(
    () =>
      document.documentElement.outerHTML +
      location.href +
      JSON.stringify(localStorage) +
      JSON.stringify(sessionStorage),
  )
  expect(kept + said.join()).not.toContain('hand-made-canary')
})
