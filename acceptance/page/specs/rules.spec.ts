import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { dialog, review, save, saved } from '../harness/changes'
import { inEachLook } from '../harness/looks'
import { expect, test, type Service } from '../harness/test'

test.use({ setup: { config: 'keyword_replacer:\n  enabled: true\n' } })

const FIRST = [
  { from: 'Claude Code', to: 'CodeBuddy Code' },
  { from: 'Claude', to: 'CodeBuddy' },
  { from: 'Anthropic', to: '' },
]

const from = (page: Page, n: number) => page.getByRole('textbox', { name: `Rule ${n}: replace` })
const to = (page: Page, n: number) => page.getByRole('textbox', { name: `Rule ${n}: by` })
const after = (page: Page) => page.locator('[data-after]')

async function rules(service: Service): Promise<{ from: string; to: string }[]> {
  const answer = (await (await service.api('GET', '/api/settings')).json()) as {
    settings: { CODEBUDDY_KEYWORD_REPLACER_RULES: { from: string; to: string }[] }
  }
  return answer.settings.CODEBUDDY_KEYWORD_REPLACER_RULES
}

/** What a client gets when the model says `text` in pieces of so many characters. */
async function streamed(service: Service, text: string, length: number): Promise<string> {
  const pieces = [...text].reduce<string[]>((all, it, i) => {
    if (i % length === 0) all.push('')
    all[all.length - 1] += it
    return all
  }, [])
  await service.script(
    'rule-model',
    [
      'stream',
      ...pieces.map((it) => `event ${JSON.stringify({ choices: [{ index: 0, delta: { content: it } }] })}`),
      'finish stop',
      'done',
      'last-chunk',
    ].join('\n'),
  )
  const response = await service.api('POST', '/v1/chat/completions', {
    model: 'rule-model',
    stream: true,
    messages: [{ role: 'user', content: 'Say it.' }],
  })
  return (await response.text())
    .split('\n')
    .filter((it) => it.startsWith('data: {'))
    .map((it) => JSON.parse(it.slice(6)) as { choices: { delta?: { content?: string } }[] })
    .map((it) => it.choices[0]?.delta?.content ?? '')
    .join('')
}

test.beforeEach(async ({ service }) => {
  await service.api('POST', '/api/settings', {
    settings: { CODEBUDDY_KEYWORD_REPLACER_RULES: FIRST, CODEBUDDY_KEYWORD_REPLACER_ENABLED: 'true' },
  })
})

test('C37 the preview is what a client really gets, also when words lie across the borders of chunks', async ({
  page,
  service,
  open,
}) => {
  const text =
    'I am Claude Code by Anthropic. `Claude` is code; Clau de is not; 我是 Claude。\nThe end, Claude'
  await open('/rules')
  await page.getByRole('textbox', { name: 'Sample' }).fill(text)
  const real = await streamed(service, text, 5)
  expect(real).toContain('CodeBuddy Code')
  expect(real).toContain('`Claude`')
  await expect(after(page)).toHaveText(real, { useInnerText: true })
  await page.getByRole('switch', { name: 'As a stream in chunks of 5 characters' }).click()
  const answered = page.waitForResponse('**/api/keywords/preview')
  expect(((await (await answered).json()) as { text: string }).text).toBe(real)
  await expect(after(page)).toHaveText(real, { useInnerText: true })
  expect(await streamed(service, text, 500)).toBe(real)
  await expect(page.getByText('Rule 1: 1× · Rule 2: 2× · Rule 3: 1×')).toBeVisible()
})

test('C38 a rule that cannot be used is refused with its place and reason, and the others are tried on', async ({
  page,
  service,
  open,
}) => {
  await open('/rules')
  await page.getByRole('button', { name: 'Add a rule' }).click()
  await expect(from(page, 4)).toBeFocused()
  await page.keyboard.type('a`b')
  await expect(page.getByRole('alert')).toContainText('It cannot have a backtick')
  await page.getByRole('textbox', { name: 'Sample' }).fill('Claude')
  await expect(after(page)).toHaveText('CodeBuddy')
  await page.keyboard.press('Control+s')
  await expect(dialog(page)).toBeHidden()
  await expect(from(page, 4)).toBeFocused()
  await expect(page.getByText('Rule 4 cannot be used: see there.')).toBeVisible()
  expect(await rules(service)).toHaveLength(3)
})

test('rules are added, edited, moved by keys and buttons, removed and saved in their order', async ({
  page,
  service,
  open,
}) => {
  await open('/rules')
  await from(page, 2).focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(from(page, 1)).toBeFocused()
  await expect(from(page, 1)).toHaveValue('Claude')
  await expect(page.getByText('Finds nothing: rule 1 replaces this text before.')).toBeVisible()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(from(page, 2)).toBeFocused()
  await expect(page.getByRole('button', { name: 'Review changes' })).toBeHidden()

  await page.getByRole('button', { name: 'Move rule 3 up' }).click()
  await page.getByRole('button', { name: 'Move rule 2 up' }).click()
  await to(page, 1).fill('A')
  await page.getByRole('button', { name: 'Remove rule 3' }).click()
  await page.getByRole('button', { name: 'Add a rule' }).click()
  await page.keyboard.type('<b>')
  await to(page, 3).fill('😀 ')
  await review(page)
  await save(page)
  await expect(saved(page)).toBeVisible()
  expect(await rules(service)).toEqual([
    { from: 'Anthropic', to: 'A' },
    { from: 'Claude Code', to: 'CodeBuddy Code' },
    { from: '<b>', to: '😀 ' },
  ])
})

test('rules can be turned off as a whole, and the preview says so', async ({ page, service, open }) => {
  await open('/rules')
  await page.getByRole('switch', { name: 'Rules are on' }).click()
  await expect(page.getByText(/Rules are off: answers are not changed/)).toBeVisible()
  await review(page)
  await save(page)
  await expect(saved(page)).toBeVisible()
  expect(await streamed(service, 'Claude', 5)).toBe('Claude')
})

test('C35 C36 rules that were edited elsewhere are not written over, and leaving asks', async ({
  page,
  service,
  open,
}) => {
  await open('/rules')
  await to(page, 2).fill('Mine')
  await service.editConfig((yaml) => yaml.replace(/to: "?CodeBuddy"?(?=\s*[}\n])/, 'to: "Theirs"'))
  await expect(page.getByText('“Claude” → “Theirs”')).toBeVisible()
  await page.getByRole('link', { name: 'Overview' }).first().click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Take theirs: Words to replace' }).click()
  await expect(to(page, 2)).toHaveValue('Theirs')
  await page.getByRole('link', { name: 'Overview' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  expect(await readFile(service.configFile, 'utf8')).toContain('Theirs')
})

test('C39 the preview of the rules fits and has no barrier in any look', async ({ page, open }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open('/rules')
  await page.getByRole('tab', { name: 'Preview' }).click()
  await expect(after(page)).toBeVisible()
  await inEachLook(page)
})
