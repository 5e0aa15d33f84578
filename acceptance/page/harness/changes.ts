import type { Page } from '@playwright/test'

/** Opens the diff of what is changed. */
export const review = (page: Page) => page.getByRole('button', { name: 'Review changes' }).click()
export const dialog = (page: Page) => page.getByRole('dialog')
/** Saves what the open diff shows. */
export const save = (page: Page) =>
  dialog(page)
    .getByRole('button', { name: /^Save \d+ change/ })
    .click()
export const saved = (page: Page) => page.getByText('Saved. It holds from now on.').last()
