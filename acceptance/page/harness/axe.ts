import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** What a theme alone can break: the same elements in other colours. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block']

/** What axe finds wrong with what is on the screen, if it is serious. */
export async function seriousViolations(page: Page, colourAlone = false): Promise<string[]> {
  const options: RunOptions = {
    resultTypes: ['violations'],
    ...(colourAlone ? { runOnly: { type: 'rule', values: OF_COLOUR } } : {}),
  }
  // Evaluated by the debugger, which the page's policy does not concern.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(SOURCE)
  const results = await page.evaluate(
    (options) =>
      (globalThis as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } }).axe.run(
        options,
      ),
    options,
  )
  return results.violations
    .filter((it) => it.impact === 'serious' || it.impact === 'critical')
    .map((it) => `${it.id}: ${it.nodes.map((node) => node.target.join(' ')).join(', ')}`)
}
