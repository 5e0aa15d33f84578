import type { Page } from '@playwright/test'
import { expect, test } from '../harness/test'

const region = (page: Page, name: string) => page.getByRole('region', { name })

test('I.105 F7-F11 the overview counts accounts and requests, and gives the address to copy', async ({
  page,
  service,
  open,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  expect(await service.chat('glm-5.2')).toBe(200)
  expect(await service.chat('glm-5.2')).toBe(200)
  expect(await service.chat('sim-400')).not.toBe(200)
  await open('/')

  await expect(page.getByText('Nothing needs you. 2 accounts are ready.')).toBeVisible()
  await expect(region(page, 'Accounts').getByText('2 of 2 ready')).toBeVisible()
  await expect(region(page, 'Last 24 hours').getByText('2 of 3')).toBeVisible()
  await expect(region(page, 'By model').getByRole('row', { name: 'glm-5.2 2' })).toBeVisible()
  await expect(region(page, 'By account').getByRole('row')).not.toHaveCount(0)

  await region(page, 'Connect a client').getByRole('button', { name: 'Copy: Base URL' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${service.url}/v1`)
})

test('a set-up that was copied works as it is once the password is in it', async ({
  page,
  service,
  open,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open('/')
  await page.getByRole('button', { name: 'Copy set-up' }).click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())

  expect(copied).toContain(`${service.url}/v1/chat/completions`)
  expect(copied).toContain('YOUR_PASSWORD')
})

test('C8 at 1440 x 900 the overview shows what needs me, the address, the day and the accounts without scrolling', async ({
  page,
  open,
}) => {
  await open('/')
  for (const name of ['Connect a client', 'Last 24 hours', 'Accounts']) {
    await expect(region(page, name)).toBeVisible()
  }
  await expect(region(page, 'Accounts').getByRole('listitem').first()).toBeInViewport({ ratio: 1 })
  await expect(region(page, 'Last 24 hours').getByRole('button', { name: 'As a table' })).toBeInViewport()
})

test('the day can be read by keyboard and as a table', async ({ page, service, open }) => {
  await service.chat('glm-5.2')
  await open('/')
  const day = region(page, 'Last 24 hours')
  await day.getByRole('group', { name: 'Requests by hour' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(day.getByRole('status')).toContainText(/\(so far\): [1-9]\d* answered/)

  await day.getByRole('button', { name: 'As a table' }).click()
  await expect(day.getByRole('row')).toHaveCount(25)
})

test('C14 a block that cannot be loaded says so, can be tried again, and the rest stays', async ({
  page,
  open,
  complaints,
}) => {
  complaints.allowRefusedCalls()
  await page.route('**/api/stats', (route) => route.fulfill({ status: 500, body: 'no json' }))
  await open('/')
  const day = region(page, 'Last 24 hours')
  await expect(day.getByRole('alert')).toBeVisible()
  await expect(region(page, 'Accounts').getByText('2 of 2 ready')).toBeVisible()

  await page.unroute('**/api/stats')
  await day.getByRole('button', { name: 'Try again' }).click()
  await expect(day.getByText('Requests', { exact: true })).toBeVisible()
})

test('C13 odd values in every answer cost a cell, never the page', async ({ page, open }) => {
  await page.route('**/api/stats', (route) =>
    route.fulfill({
      json: {
        total: null,
        hours: [{ start: -5, requests: 'many', failures: [] }, null],
        model_usage: { a: null },
      },
    }),
  )
  await page.route('**/codebuddy/v1/credentials', (route) =>
    route.fulfill({
      json: { credentials: [{ id: 'x', state: 'dancing', until: 'soon', expires_at: -1, index: null }] },
    }),
  )
  await page.route('**/codebuddy/v1/credentials/current', (route) => route.fulfill({ json: null }))
  await page.route('**/api/models', (route) =>
    route.fulfill({
      json: { models: [{ id: 'm', context_length: -1, abilities: ['flying'], credit_multiplier: 'x' }] },
    }),
  )
  await open('/')
  await expect(region(page, 'Accounts').getByText('Unknown').first()).toBeVisible()
  await page.getByRole('link', { name: 'Models' }).first().click()
  await expect(page.getByText('flying')).toBeVisible()
})

test('the models tell who serves them, and can be filtered and copied', async ({ page, open }) => {
  await open('/models')
  const rows = page.getByRole('region', { name: 'Models' }).locator('li', { has: page.locator('code') })
  await expect(rows.filter({ hasText: 'glm-5.2' }).first()).toContainText('2 of 2')

  await page.getByRole('searchbox', { name: 'Filter' }).fill('glm-5.2')
  await expect(rows).toHaveCount(1)
  await expect(page).toHaveURL(/q=glm-5\.2/)

  await page.getByRole('searchbox', { name: 'Filter' }).fill('no such model')
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(rows.filter({ hasText: 'glm-5.2' })).not.toHaveCount(0)

  await page.getByRole('button', { name: 'Check again' }).click()
  await expect(page.getByRole('button', { name: 'Check again' })).toBeEnabled()
})
