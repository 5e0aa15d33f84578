import { VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { Translation } from 'vue-i18n'
import App from './App.vue'
import { ApiFailure } from './api/failure'
import './design/tokens.css'
import './design/base.css'
import './design/controls.css'
import { i18n, setLanguage } from './locales'
import { router } from './router'
import { usePreferences } from './stores/preferences'
import { useSession } from './stores/session'

const RETRIES = 2
/** Longer than this nobody looks at nothing; the page then says that it is still asking. */
const ANSWER_WITHIN_MS = 400

const app = createApp(App)
app.use(createPinia())
app.use(i18n)
// For sentences with something drawn in between; the rest of vue-i18n's own parts stays out of the build.
app.component('I18nT', Translation)
app.use(router)
app.use(VueQueryPlugin, {
  queryClientConfig: {
    defaultOptions: {
      queries: {
        // What the service refused it refuses again; only silence is worth another try.
        retry: (count, failure) => failure instanceof ApiFailure && failure.isOffline && count < RETRIES,
        refetchOnWindowFocus: true,
        structuralSharing: true,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  },
})

const asked = Promise.race([
  useSession().ask(),
  new Promise((resolve) => setTimeout(resolve, ANSWER_WITHIN_MS)),
])
await setLanguage(usePreferences().language).catch(() => undefined)
await asked
app.mount('#app')
