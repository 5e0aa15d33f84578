import { defineConfig } from '@playwright/test'
import { chromium } from './harness/chromium'

export default defineConfig({
  testDir: 'specs',
  outputDir: 'target/results',
  // Each worker has a service and a simulator of its own, on a machine of two cores.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  // A browser on a crowded machine may be late once; what fails twice fails.
  retries: 1,
  reporter: process.env.PAGE_REPORT
    ? [['dot'], ['json', { outputFile: process.env.PAGE_REPORT }]]
    : [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    // What fades in is not read by axe while it is half there.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: { executablePath: chromium(), args: ['--no-sandbox', '--disable-dev-shm-usage'] },
  },
})
