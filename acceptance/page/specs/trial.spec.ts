import { execFileSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import { seriousViolations } from '../harness/axe'
import { expect, PASSWORD, test } from '../harness/test'

const message = (page: Page) => page.getByRole('textbox', { name: 'Message' })
const log = (page: Page) => page.getByRole('log')
const facts = (page: Page) => page.getByRole('tabpanel')

async function choose(page: Page, model: string) {
  await page.getByLabel('Model', { exact: true }).selectOption(model)
}

async function ask(page: Page, text: string) {
  await message(page).fill(text)
  await page.getByRole('button', { name: 'Send' }).click()
}

test('I.105 a question is answered, with timings, and with the account that did', async ({ page, open }) => {
  await open('/try')
  await expect(message(page)).not.toHaveValue('')
  await choose(page, 'glm-5.2')
  await ask(page, 'Name one prime number.')
  await expect(log(page)).toContainText('You wrote: Name one prime number.')
  await expect(facts(page)).toContainText(/HTTP status\s*200/)
  await expect(facts(page)).toContainText(/Tokens out\s*[1-9]/)
  await expect(facts(page)).toContainText(/Account\s*[^–\s]/)

  await message(page).fill('And another?')
  await message(page).press('Control+Enter')
  await expect(log(page)).toContainText('You wrote: And another?')
  await page.getByRole('link', { name: 'See what happened' }).click()
  await expect(page.getByRole('dialog')).toContainText('It was answered')
})

test('I.105 without a stream it is answered in one piece', async ({ page, open }) => {
  await open('/try')
  await choose(page, 'glm-5.2')
  await page.getByRole('switch', { name: 'Stream' }).click()
  await ask(page, 'Say it at once.')
  await expect(log(page)).toContainText('You wrote: Say it at once.')
  await page.getByRole('tab', { name: 'Events' }).click()
  await expect(page.getByRole('tabpanel').getByRole('listitem')).toHaveCount(1)
  await expect(page.getByRole('tabpanel')).toContainText('chat.completion')
})

test('Stop keeps the text, and a second message can be sent', async ({ page, open, service }) => {
  await service.script('hy3', 'stream\ntext Half of it\nawait never\ndone\nlast-chunk\nnext\nplay sim-t1')
  await open('/try')
  await choose(page, 'hy3')
  await ask(page, 'Go on for ever.')
  await expect(log(page)).toContainText('Half of it')
  const stop = page.getByRole('button', { name: 'Stop' })
  await stop.click()
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible()
  await expect(log(page)).toContainText('Stopped')
  await expect(log(page)).toContainText('Half of it')
  await page.getByRole('link', { name: 'See what happened' }).click()
  await expect(page.getByRole('dialog')).toContainText('Cancelled')
  await page.goBack()
  await expect(log(page)).toContainText('Half of it')

  await ask(page, 'And now?')
  await expect(log(page).getByText('And now?')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible()
  await expect(log(page).getByRole('alert')).toHaveCount(0)
})

test('a cut answer is marked cut and its text is kept; a refused one says why', async ({
  page,
  open,
  service,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  await service.script('glm-5.3', 'stream\ntext Only this\nclose')
  await service.script('hy4-preview', 'play sim-12001')
  await open('/try')
  await choose(page, 'glm-5.3')
  await ask(page, 'Be cut.')
  await expect(log(page)).toContainText('Only this')
  await expect(log(page)).toContainText('The answer was cut')

  await choose(page, 'hy4-preview')
  await ask(page, 'Be refused.')
  await expect(log(page).getByText('There is no answer')).toBeVisible()
  await expect(facts(page)).toContainText(/HTTP status\s*4\d\d/)
  await expect(page.getByRole('button', { name: 'Ask again' })).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
})

test('what an answer holds is text: nothing of it runs', async ({ page, open }) => {
  await open('/try')
  await choose(page, 'glm-5.2')
  const evil = '<img src=x onerror="document.title=1">'
  await ask(page, `${evil}\n\`\`\`html\n<b>bold</b>\n\`\`\``)
  await expect(log(page).locator('pre')).toHaveText('<b>bold</b>')
  await expect(log(page).getByText(evil)).toHaveCount(2)
  await expect(log(page).locator('img, b')).toHaveCount(0)
  await expect(page).toHaveTitle(/Try it/)
})

test('reasoning and tool calls are shown apart', async ({ page, open }) => {
  await open('/try')
  await choose(page, 'kimi-k2-thinking')
  await ask(page, 'Think first.')
  await expect(log(page).getByText('Reasoning')).toBeVisible()

  await page.getByText('More', { exact: true }).first().click()
  const tools = page.getByLabel('Tools', { exact: true })
  await tools.fill('[')
  await expect(page.getByText(/Write a JSON list of tools/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled()
  await tools.fill(
    JSON.stringify([
      { type: 'function', function: { name: 'weather', parameters: { type: 'object', properties: {} } } },
    ]),
  )
  await choose(page, 'glm-5.2')
  await ask(page, 'What is the weather?')
  await expect(log(page).getByText('Calls weather')).toBeVisible()
})

test('the copied curl runs as it is once the password is filled in', async ({ page, open, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open('/try')
  await choose(page, 'glm-5.2')
  const prompt = 'It\'s "quoted", $HOME `id` \\ and\ntwo lines 你好'
  await message(page).fill(prompt)
  await page.getByRole('tab', { name: 'curl' }).click()
  await page.getByRole('tabpanel').getByRole('button', { name: 'Copy' }).click()
  const command = await page.evaluate(() => navigator.clipboard.readText())
  expect(command).not.toContain(PASSWORD)

  const answer = execFileSync('sh', ['-c', command.replace('YOUR_PASSWORD', PASSWORD)], { encoding: 'utf8' })
  const said = answer
    .split('\n')
    .filter((it) => it.startsWith('data: {'))
    .map((it) => JSON.parse(it.slice(6)) as { choices: { delta: { content?: string } }[] })
    .map((it) => it.choices[0]?.delta.content ?? '')
    .join('')
  expect(said.replace(/\s+/g, ' ')).toContain(prompt.replace(/\s+/g, ' '))
})

test('nothing of it is kept in the browser', async ({ page, open }) => {
  await open('/try')
  await choose(page, 'glm-5.2')
  await ask(page, 'A secret thought.')
  await expect(log(page)).toContainText('You wrote: A secret thought.')
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]),
  )
  expect(kept).not.toContain('secret')
  await page.reload()
  await expect(page.getByText('Ask something')).toBeVisible()
})
