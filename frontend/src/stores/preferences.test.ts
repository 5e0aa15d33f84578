import { createPinia, setActivePinia } from 'pinia'
import { readFileSync } from 'node:fs'
import { beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { usePreferences } from './preferences'

const EARLY = readFileSync('public/theme.js', 'utf8')
let dark = false
let changed: (() => void)[] = []

beforeEach(() => {
  setActivePinia(createPinia())
  localStorage.clear()
  changed = []
  vi.stubGlobal('matchMedia', () => ({
    get matches() {
      return dark
    },
    addEventListener: (_name: string, listener: () => void) => changed.push(listener),
  }))
})

function browser(languages: string[], kept: Record<string, string>, darkSystem = false) {
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(languages)
  for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value)
  dark = darkSystem
}

const shown = () => ({ theme: document.documentElement.dataset.theme, lang: document.documentElement.lang })

const CASES: [string[], Record<string, string>, boolean, string, string][] = [
  [['en-US'], {}, false, 'light', 'en'],
  [['zh-CN', 'en'], {}, true, 'dark', 'zh-CN'],
  [['en-GB', 'zh-CN'], {}, true, 'dark', 'en'],
  [['fr', 'zh-TW', 'en'], {}, false, 'light', 'zh-CN'],
  [['fr', 'de'], { theme: 'dark' }, false, 'dark', 'en'],
  [[], { theme: 'light', language: 'zh-CN' }, true, 'light', 'zh-CN'],
  [['zh'], { theme: 'pink', language: 'tlh' }, true, 'dark', 'zh-CN'],
]

test.each(CASES)(
  'what is drawn first stays: %j with %j kept, dark system %s',
  (languages, kept, darkSystem, theme, lang) => {
    browser(languages, kept, darkSystem)
    new Function(EARLY)()
    expect(shown()).toEqual({ theme, lang })
    const preferences = usePreferences()
    expect(shown().theme).toBe(theme)
    expect(preferences.language).toBe(lang)
  },
)

test('the theme of the system follows it while the page is open, a chosen one does not', async () => {
  browser(['en'], {})
  const preferences = usePreferences()
  dark = true
  changed.forEach((listener) => listener())
  expect(shown().theme).toBe('dark')
  preferences.theme = 'light'
  await nextTick()
  expect(shown().theme).toBe('light')
  expect(localStorage.getItem('theme')).toBe('light')
  changed.forEach((listener) => listener())
  expect(shown().theme).toBe('light')
})

test('system is the same as nothing chosen', async () => {
  browser(['en'], { theme: 'dark' })
  const preferences = usePreferences()
  preferences.theme = 'system'
  await nextTick()
  expect(localStorage.getItem('theme')).toBeNull()
})

test('a choice in another tab holds here too', async () => {
  browser(['en'], {})
  const preferences = usePreferences()
  localStorage.setItem('theme', 'dark')
  dispatchEvent(new Event('storage'))
  await nextTick()
  expect(preferences.theme).toBe('dark')
  expect(shown().theme).toBe('dark')
})

test('shortcuts are on until they are turned off', async () => {
  browser(['en'], {})
  const preferences = usePreferences()
  expect(preferences.shortcuts).toBe(true)
  preferences.shortcuts = false
  await nextTick()
  expect(localStorage.getItem('shortcuts')).toBe('off')
})
