import { defineConfig } from '@playwright/test'
import { chromium } from './harness/chromium'

export default defineConfig({
  testDir: 'specs',
  outputDir: 'target/results',
  // Each has a service and a simulator of its own; within the build all other tests run beside them.
  workers: process.env.PAGE_REPORT ? 1 : 2,
  // Against hangs only: a crowded machine may be ten times as slow.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
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
