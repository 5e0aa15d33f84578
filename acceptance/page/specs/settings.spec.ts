import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { dialog, review, save, saved } from '../harness/changes'
import { inEachLook } from '../harness/looks'
import { expect, PASSWORD, test } from '../harness/test'

test.use({ setup: { config: '# mine\nlogging:\n  level: INFO # as quiet as this\n  retention: 7 days\n' } })

const GROUPS = ['Server', 'Accounts', 'Models', 'Requests', 'Keyword rules', 'Log', 'Statistics', 'Client']

const group = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Groups of settings' }).getByRole('link', { name })
const level = (page: Page) => page.getByRole('combobox', { name: 'Log level' })
const inARow = (page: Page) => page.getByRole('textbox', { name: 'Requests in a row per account' })

test.beforeEach(async ({ service }) => {
  await service.api('POST', '/api/settings', {
    settings: {
      CODEBUDDY_LOG_LEVEL: 'INFO',
      CODEBUDDY_ROTATION_COUNT: '1',
      CODEBUDDY_LOG_RETENTION: '7 days',
    },
  })
})

test('I.105 F20 every setting of the service has a control of its kind in one of the groups', async ({
  page,
  service,
  open,
}) => {
  const answer = (await (await service.api('GET', '/api/settings')).json()) as { schema: { name: string }[] }
  await open('/settings')
  const seen: string[] = []
  for (const name of GROUPS) {
    await group(page, name).click()
    await expect(page.getByRole('heading', { level: 2 }).first()).toContainText(name)
    seen.push(...(await page.locator('code').allInnerTexts()).filter((it) => it.startsWith('CODEBUDDY_')))
  }
  expect(seen.sort()).toEqual(answer.schema.map((it) => it.name).sort())

  await open('/settings/logging')
  await expect(level(page).getByRole('option')).toHaveCount(7)
  await open('/settings/accounts')
  await expect(inARow(page)).toHaveValue('1')
  await expect(page.getByRole('switch', { name: 'Daily check-in' })).not.toBeChecked()
  await open('/settings/keywords')
  await page.getByRole('link', { name: 'Edit and try the rules' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Rules' })).toBeVisible()
})

test('C33 C36 what is changed and changed back is no change; the rest is listed, saved into the file, and nobody asks afterwards', async ({
  page,
  service,
  open,
}) => {
  await open('/settings/accounts')
  await inARow(page).fill('7')
  await inARow(page).fill('1')
  await expect(page.getByRole('button', { name: 'Review changes' })).toBeHidden()

  await inARow(page).fill('4')
  await group(page, 'Log').click()
  await level(page).selectOption('ERROR')
  await expect(page.getByText('2 changes', { exact: true })).toBeVisible()
  await page.keyboard.press('Control+s')
  await expect(dialog(page).getByRole('heading', { level: 3 })).toHaveText([
    /Requests in a row per account/,
    /Log level/,
  ])
  await expect(dialog(page).getByRole('listitem')).toHaveText([/1$/, /4$/, /INFO$/, /ERROR$/])
  await save(page)
  await expect(saved(page)).toBeVisible()

  const file = await readFile(service.configFile, 'utf8')
  expect(file).toContain('rotation_count: 4')
  expect(file).toMatch(/# mine[\s\S]*level: ERROR # as quiet as this/)
  await page.getByRole('link', { name: 'Overview' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})

test('I.105 C34 F21 a bad value is told at its field, which gets the focus, and nothing is saved', async ({
  page,
  service,
  open,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  await open('/settings/accounts')
  await inARow(page).fill('many')
  await page.keyboard.press('Control+s')
  await expect(inARow(page)).toBeFocused()
  await expect(page.getByRole('alert')).toContainText('Write a whole number from 0 to 1000000.')

  await inARow(page).fill('4')
  await group(page, 'Log').click()
  const rotation = page.getByRole('textbox', { name: 'When a new log file is begun' })
  await rotation.fill('10 K')
  await group(page, 'Accounts').click()
  await review(page)
  await save(page)
  await expect(rotation).toBeFocused()
  await expect(page.getByText(/neither a size nor a time/)).toBeVisible()
  await expect(page.getByText('2 changes, 1 to correct')).toBeVisible()
  expect(await readFile(service.configFile, 'utf8')).not.toContain('rotation_count: 4')
})

test('C34 a file that cannot be used names its line, nothing is saved over it, and the note goes with the fault', async ({
  page,
  service,
  open,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  await open('/settings/logging')
  const before = await readFile(service.configFile, 'utf8')
  const broken = before.replace(/level: \w+/, 'level: LOUD')
  const line = broken.split('\n').findIndex((it) => it.includes('LOUD')) + 1
  await service.editConfig(() => broken)
  await expect(page.getByRole('alert').filter({ hasText: 'cannot be used as it is' })).toContainText(
    `Line ${line}: logging.level`,
  )

  await page.getByRole('textbox', { name: 'How long old log files are kept' }).fill('9 days')
  await review(page)
  await save(page)
  await expect(dialog(page).getByRole('alert')).toContainText(`line ${line}`)
  expect(await readFile(service.configFile, 'utf8')).toBe(broken)
  await dialog(page).getByRole('button', { name: 'Back' }).click()

  await service.editConfig(() => before)
  await expect(page.getByText('cannot be used as it is')).toBeHidden()
  await expect(page.getByRole('paragraph').filter({ hasText: /^1 change$/ })).toBeVisible()
})

test('C35 a file that was edited meanwhile is never written over silently: each line is decided', async ({
  page,
  service,
  open,
  complaints,
}) => {
  // Without news the page learns of the other edit only when it saves.
  complaints.allow(/Failed to load resource/, /events/)
  await page.route('**/api/events', (route) => route.abort())
  await open('/settings/logging')
  await level(page).selectOption('DEBUG')
  await group(page, 'Accounts').click()
  await inARow(page).fill('4')
  await review(page)
  await service.editConfig((yaml) =>
    yaml.replace(/level: \w+/, 'level: WARNING').replace(/retention: [\w ]+/, 'retention: 30 days'),
  )
  await save(page)

  await expect(dialog(page).getByText(/changed elsewhere after you began/)).toBeVisible()
  await expect(dialog(page).getByText('30 days')).toBeVisible()
  await expect(dialog(page).getByRole('button', { name: 'Save 2 changes' })).toBeDisabled()
  expect(await readFile(service.configFile, 'utf8')).toContain('level: WARNING')
  await dialog(page).getByRole('button', { name: 'Take theirs: Log level' }).click()
  await save(page)
  await expect(saved(page)).toBeVisible()

  const file = await readFile(service.configFile, 'utf8')
  expect(file).toContain('level: WARNING')
  expect(file).toContain('retention: 30 days')
  expect(file).toContain('rotation_count: 4')
})

test('C35 an edit elsewhere is seen while one types, and mine can be kept', async ({
  page,
  service,
  open,
}) => {
  await open('/settings/logging')
  await level(page).selectOption('DEBUG')
  await service.editConfig((yaml) => yaml.replace(/level: \w+/, 'level: WARNING'))
  await page.getByRole('button', { name: 'Keep mine: Log level' }).click()
  await review(page)
  await expect(dialog(page).getByRole('listitem')).toHaveText([/WARNING$/, /DEBUG$/])
  await save(page)
  await expect(saved(page)).toBeVisible()
  expect(await readFile(service.configFile, 'utf8')).toContain('level: DEBUG')
})

test('C36 leaving with changes asks once, in the page and when the tab goes', async ({ page, open }) => {
  await open('/settings/logging')
  await level(page).selectOption('DEBUG')
  await page.getByRole('link', { name: 'Models', exact: true }).first().click()
  const asked = page.getByRole('alertdialog')
  await expect(asked).toContainText('You have 1 unsaved change.')
  await asked.getByRole('button', { name: 'Cancel' }).click()
  await expect(level(page)).toHaveValue('DEBUG')

  const types: string[] = []
  page.on('dialog', (it) => {
    types.push(it.type())
    void it.dismiss()
  })
  await page.reload({ timeout: 2_000 }).catch(() => undefined)
  expect(types).toEqual(['beforeunload'])

  await page.getByRole('link', { name: 'Models', exact: true }).first().click()
  await asked.getByRole('button', { name: 'Leave without saving' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Models' })).toBeVisible()
})

test('a guarded setting is shown with its reason, and can be changed once the file says so; it tells of the restart', async ({
  page,
  service,
  open,
}) => {
  await open('/settings/server')
  await expect(page.getByText('Only the file can change this.').first()).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Port', exact: true })).toHaveCount(0)

  await service.editConfig((yaml) => `${yaml}settings:\n  allow_sensitive: true\n`)
  const port = page.getByRole('textbox', { name: 'Port', exact: true })
  await port.fill('1')
  await review(page)
  await expect(dialog(page).getByText('after a restart')).toBeVisible()
  await save(page)
  await expect(page.getByText('1 saved setting waits for a restart')).toBeVisible()

  await port.fill(String(service.port))
  await review(page)
  await save(page)
  await expect(page.getByText('1 saved setting waits for a restart')).toBeHidden()
  await service.editConfig((yaml) => yaml.replace(/settings:\n {2}allow_sensitive: true\n/, ''))
  await expect(page.getByText('Only the file can change this.').first()).toBeVisible()
})

test('a key that nobody knows is named', async ({ page, service, open }) => {
  await open('/settings')
  await service.editConfig((yaml) => `${yaml}loging:\n  level: INFO\n`)
  await expect(page.getByText(/has 1 key that is not known/)).toBeVisible()
  await service.editConfig((yaml) => yaml.replace(/loging:\n {2}level: INFO\n/, ''))
  await expect(page.getByText(/has 1 key that is not known/)).toBeHidden()
})

test('what was before can be looked at and restored', async ({ page, service, open }) => {
  await service.api('POST', '/api/settings', { settings: { CODEBUDDY_LOG_LEVEL: 'ERROR' } })
  await open('/settings/logging')
  await expect(level(page)).toHaveValue('ERROR')
  await page.getByRole('button', { name: 'History' }).click()
  await dialog(page).getByRole('button', { name: 'What would change' }).first().click()
  await expect(dialog(page).getByRole('listitem').filter({ hasText: 'INFO' }).last()).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Restore' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Restore' }).click()
  await expect(level(page)).toHaveValue('INFO')
  expect(await readFile(service.configFile, 'utf8')).toContain('level: INFO # as quiet as this')
})

test('the key that reviews does nothing below another dialog', async ({ page, open }) => {
  await open('/settings/logging')
  await level(page).selectOption('DEBUG')
  await page.getByRole('button', { name: 'History' }).click()
  await expect(dialog(page)).toBeVisible()
  await page.keyboard.press('Control+s')
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
  await page.keyboard.press('Control+s')
  await expect(dialog(page).getByRole('listitem')).toHaveText([/INFO$/, /DEBUG$/])
})

test('I.98 the log’s settings hold from the next line on', async ({ page, service, open }) => {
  await open('/settings/logging')
  await page.getByRole('textbox', { name: 'When a new log file is begun' }).fill('1 KB')
  await page.getByRole('button', { name: 'gz quickest' }).click()
  await review(page)
  await save(page)
  await expect(saved(page)).toBeVisible()
  await expect(async () => {
    await service.chat()
    const files = await readdir(join(service.home, 'logs'))
    expect(files.filter((it) => it.endsWith('.log.gz'))).not.toHaveLength(0)
  }).toPass()
})

test('C5 in Chinese no setting has an English name', async ({ page, service, open }) => {
  await page.addInitScript(() => localStorage.setItem('language', 'zh-CN'))
  await open('/settings')
  const answer = (await (await service.api('GET', '/api/settings')).json()) as { schema: { label: string }[] }
  await page.getByRole('searchbox', { name: '搜索设置' }).fill('codebuddy')
  await expect(page.getByText('监听地址')).toBeVisible()
  const names = await page.locator('[id^="setting-"][id$="-label"]').allInnerTexts()
  expect(names).toHaveLength(answer.schema.length)
  expect(names.filter((it) => it !== 'User-Agent' && !/\p{Script=Han}/u.test(it))).toEqual([])
})

test('C39 a changed setting and its diff fit and have no barrier in any look', async ({ page, open }) => {
  await open('/settings/logging')
  await level(page).selectOption('DEBUG')
  await inEachLook(page)
  await review(page)
  await expect(dialog(page)).toBeVisible()
  await inEachLook(page)
})

test('C11 a session that ends while one edits is begun again in place, and the edit is still there', async ({
  page,
  service,
  open,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  await open('/settings/logging')
  await level(page).selectOption('ERROR')
  await page.context().request.delete(`${service.url}/api/session`, {
    headers: { 'X-Requested-By': 'admin-page', Origin: service.url },
  })
  await review(page)
  await save(page)
  const password = page.getByRole('alertdialog').getByRole('textbox', { name: 'Password' })
  await password.fill(PASSWORD)
  await password.press('Enter')
  await expect(page.getByRole('alertdialog')).toBeHidden()
  await expect(dialog(page).getByRole('listitem')).toHaveText([/INFO$/, /ERROR$/])
  await save(page)
  await expect(saved(page)).toBeVisible()
  expect(await readFile(service.configFile, 'utf8')).toContain('level: ERROR')
})

test('C13 odd values cost a field, never the page', async ({ page, open }) => {
  await page.route('**/api/settings', (route) =>
    route.fulfill({
      json: {
        settings: { CODEBUDDY_HOST: null, CODEBUDDY_NEW: { deep: -1 }, CODEBUDDY_PORT: 'many' },
        schema: [
          null,
          { name: 'CODEBUDDY_HOST', type: 'hologram', options: null, group: 'server' },
          { name: 'CODEBUDDY_PORT', type: 'integer', group: 7, min: null, hint: null },
          { name: 'CODEBUDDY_NEW', type: 'choice', label: 'New from a later version' },
        ],
        version: null,
        awaiting_restart: ['CODEBUDDY_GONE', 3],
        trouble: 'broken',
      },
    }),
  )
  await open('/settings')
  await expect(page.getByText('Unknown: the server did not say.')).toBeVisible()
  await expect(page.getByText('CODEBUDDY_GONE')).toBeVisible()
  await group(page, 'Others').click()
  await expect(page.getByRole('textbox', { name: 'New from a later version' })).toHaveValue('{"deep":-1}')
})

test('on a phone what is typed into stays in view above the bar that comes', async ({ page, open }) => {
  await page.setViewportSize({ width: 390, height: 700 })
  await open('/settings/accounts')
  const fields = page.getByRole('main').getByRole('textbox')
  await expect.poll(() => fields.count()).toBeGreaterThan(4)
  for (const field of await fields.all()) {
    await field.evaluate((it) => it.scrollIntoView({ block: 'end' }))
    await field.press('End')
    await page.keyboard.type('1')
    const [box, bar] = await Promise.all([
      field.boundingBox(),
      page.getByRole('button', { name: 'Review changes' }).boundingBox(),
    ])
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(bar?.y ?? 0)
    await page.keyboard.press('Backspace')
  }
})
