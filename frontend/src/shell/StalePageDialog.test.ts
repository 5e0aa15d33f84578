import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, it, vi } from 'vitest'
import { createI18n } from 'vue-i18n'
import { useSession } from '@/stores/session'
import en from '@/locales/en'
import StalePageDialog from './StalePageDialog.vue'

afterEach(() => vi.unstubAllGlobals())

it('makes way for the question for the password', async () => {
  vi.stubGlobal('fetch', () =>
    Promise.resolve(new Response(JSON.stringify({ authenticated: true }), { status: 200 })),
  )
  const pinia = createPinia()
  setActivePinia(pinia)
  const session = useSession()
  session.state = 'in'
  const i18n = createI18n({ legacy: false, locale: 'en', messages: { en } })
  const page = mount(StalePageDialog, { global: { plugins: [pinia, i18n] } })
  dispatchEvent(new Event('vite:preloadError'))
  await flushPromises()
  expect(page.find('dialog').text()).toContain(en.shell.stale.title)
  session.state = 'out'
  await flushPromises()
  expect(page.find('dialog').text()).toBe('')
  page.unmount()
})
