import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { LANGUAGES, setLanguage, type Language } from '@/locales'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** Theme, language and shortcuts: all that the page keeps in the browser. */
export const usePreferences = defineStore('preferences', () => {
  const theme = ref<Theme>('system')
  const language = ref<Language>('en')
  const shortcuts = ref(true)
  const system = matchMedia('(prefers-color-scheme: dark)')

  function load() {
    theme.value = stored('theme', THEMES) ?? 'system'
    language.value = stored('language', LANGUAGES) ?? browserLanguage()
    shortcuts.value = stored('shortcuts', ['off']) === null
  }

  function applyTheme() {
    const dark = theme.value === 'dark' || (theme.value === 'system' && system.matches)
    document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  }

  load()
  applyTheme()
  system.addEventListener('change', applyTheme)
  // What is chosen in one tab holds in all of them.
  addEventListener('storage', load)
  watch(theme, (chosen) => {
    store('theme', chosen === 'system' ? null : chosen)
    applyTheme()
  })
  watch(language, (chosen, before) => {
    setLanguage(chosen).then(
      () => store('language', chosen),
      () => (language.value = before),
    )
  })
  watch(shortcuts, (on) => store('shortcuts', on ? null : 'off'))

  return { theme, language, shortcuts }
})

/** The first of the browser's languages that there is. */
export function browserLanguage(): Language {
  const first = navigator.languages.find((it) => /^(zh|en)\b/i.test(it)) ?? 'en'
  return /^zh/i.test(first) ? 'zh-CN' : 'en'
}

function stored<T extends string>(key: string, allowed: readonly T[]): T | null {
  try {
    const value = localStorage.getItem(key)
    return allowed.find((it) => it === value) ?? null
  } catch {
    return null
  }
}

function store(key: string, value: string | null) {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}
