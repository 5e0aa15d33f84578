import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { LANGUAGES, setLanguage, type Language } from '@/locales'

export type Theme = 'system' | 'light' | 'dark'

const THEMES: readonly Theme[] = ['system', 'light', 'dark']

/** Theme, language and shortcuts: all that the page keeps in the browser. */
export const usePreferences = defineStore('preferences', () => {
  const theme = ref<Theme>(stored('theme', THEMES) ?? 'system')
  const language = ref<Language>(stored('language', LANGUAGES) ?? browserLanguage())
  const shortcuts = ref(stored('shortcuts', ['on', 'off']) !== 'off')
  const system = matchMedia('(prefers-color-scheme: dark)')

  function applyTheme() {
    const dark = theme.value === 'dark' || (theme.value === 'system' && system.matches)
    document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  }

  system.addEventListener('change', applyTheme)
  watch(theme, (chosen) => {
    store('theme', chosen === 'system' ? null : chosen)
    applyTheme()
  })
  watch(language, (chosen) => {
    store('language', chosen)
    void setLanguage(chosen)
  })
  watch(shortcuts, (on) => store('shortcuts', on ? null : 'off'))
  applyTheme()

  return { theme, language, shortcuts }
})

export function browserLanguage(): Language {
  return navigator.languages.some((it) => /^zh\b/i.test(it)) && !/^en\b/i.test(navigator.languages[0] ?? '')
    ? 'zh-CN'
    : 'en'
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
