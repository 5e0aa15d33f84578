import { useQueryClient } from '@tanstack/vue-query'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import * as api from '@/api'
import { ApiFailure } from '@/api/failure'
import { keys } from '@/api/queries'
import type { Account, CredentialList, PolledLogin, StartedLogin } from '@/api/types'
import { useClock } from '@/stores/clock'
import { forget, remember, remembered } from './remembered'
import { openTab, signInPage } from './tab'
import { impatientPause, waitForLogin, type Stage, type Trouble } from './waiting'

const DEFAULT_INTERVAL_S = 5
const DEFAULT_LIFETIME_S = 600

/** `choosing` and `checking` come after the account is stored. */
export type Phase = 'idle' | 'starting' | 'waiting' | 'choosing' | 'checking' | 'failed'

/** What a sign-in brought. */
export interface Gain {
  id: string
  accounts: Account[]
  /** It was here before, and its sign-in was renewed. */
  renewed: boolean
  enabled: boolean
  /** How it came: by signing in, or by hand. */
  by: 'login' | 'token' | 'file'
  warning: string | null
}

/** The one sign-in that may be under way. It goes on while its dialog is closed. */
export const useLogin = defineStore('login', () => {
  const clock = useClock()
  const queries = useQueryClient()
  const phase = ref<Phase>('idle')
  const stage = ref<Stage>('person')
  const trouble = shallowRef<Trouble | null>(null)
  const failure = shallowRef<unknown>(null)
  const gain = shallowRef<Gain | null>(null)
  /** Where the person signs in; not known any more after a reload, since it must not be stored. */
  const link = ref<string | null>(null)
  const blocked = ref(false)
  const endsAt = ref(0)
  const lasts = ref(DEFAULT_LIFETIME_S * 1000)
  /** The credential that is to be signed in again, if that is the purpose. */
  const again = ref<string | null>(null)

  let stop = new AbortController()
  let underWay: string | null = null
  let wake: () => void = () => undefined

  const isWaiting = computed(() => phase.value === 'starting' || phase.value === 'waiting')
  const msLeft = computed(() => Math.max(0, endsAt.value - clock.now))

  function listed(): Set<string> {
    const list = queries.getQueryData<CredentialList>(keys.credentials)
    return new Set((list?.credentials ?? []).map((it) => it.id))
  }

  function clear() {
    stop.abort()
    stop = new AbortController()
    forget()
    trouble.value = failure.value = gain.value = link.value = null
    blocked.value = false
    stage.value = 'person'
    phase.value = 'idle'
  }

  /** Gives up what is under way, or puts away what is over. */
  function cancel() {
    // If the service is not reached, it ends the sign-in by itself in time.
    if (underWay) void api.logins.cancel(underWay).catch(() => undefined)
    underWay = null
    clear()
  }

  /** Begins a sign-in. Call it while handling a click, or the browser opens no tab. */
  async function start() {
    const tab = openTab()
    cancel()
    const { signal } = stop
    phase.value = 'starting'
    let started: StartedLogin
    try {
      started = checked(await api.logins.start())
    } catch (refused) {
      tab?.close()
      if (signal.aborted) return
      failure.value = refused
      phase.value = 'failed'
      return
    }
    if (signal.aborted) {
      tab?.close()
      return
    }
    const state = started.auth_state ?? ''
    const page = signInPage(started)
    lasts.value = (started.expires_in ?? DEFAULT_LIFETIME_S) * 1000
    endsAt.value = clock.now + lasts.value
    link.value = page
    if (page) tab?.show(page)
    blocked.value = tab === null
    remember({ state, endsAt: endsAt.value })
    await waitOn(state, (started.interval ?? DEFAULT_INTERVAL_S) * 1000, signal)
  }

  /** Goes on with the sign-in that was under way before the page was loaded again. */
  function resume() {
    if (phase.value !== 'idle') return
    const kept = remembered(clock.now)
    if (!kept) return forget()
    endsAt.value = kept.endsAt
    lasts.value = Math.max(kept.endsAt - clock.now, DEFAULT_LIFETIME_S * 1000)
    void waitOn(kept.state, DEFAULT_INTERVAL_S * 1000, stop.signal)
  }

  async function waitOn(state: string, intervalMs: number, signal: AbortSignal) {
    phase.value = 'waiting'
    underWay = state
    const before = listed()
    const waiting = impatientPause(signal)
    wake = waiting.wake
    try {
      const done = await waitForLogin({
        intervalMs,
        endsAt: endsAt.value,
        now: () => clock.now,
        poll: () => api.logins.poll(state, signal),
        pause: waiting.pause,
        onStage: (it) => signal.aborted || (stage.value = it),
        onTrouble: (it) => signal.aborted || (trouble.value = it),
      })
      if (!signal.aborted) succeed(done, before)
    } catch (ended) {
      if (signal.aborted) return
      underWay = null
      forget()
      if (!(await cameAllTheSame(ended, before))) {
        failure.value = ended
        phase.value = 'failed'
      }
    }
  }

  function succeed(done: PolledLogin, before: Set<string>) {
    const accounts = done.accounts ?? []
    hold(
      {
        id: done.id ?? '',
        accounts,
        renewed: before.has(done.id ?? ''),
        enabled: done.enabled !== false,
        by: 'login',
        warning: null,
      },
      accounts.length > 1 ? 'choosing' : 'checking',
    )
  }

  /** The outcome is told once; if that answer was lost on its way, the account is there all the same. */
  async function cameAllTheSame(ended: unknown, before: Set<string>): Promise<boolean> {
    if (!(ended instanceof ApiFailure) || ended.code !== 'oauth_state_invalid' || before.size === 0)
      return false
    try {
      const list = await api.credentials.list()
      const added = (list.credentials ?? []).filter((it) => !before.has(it.id))
      if (added.length !== 1 || !added[0]) return false
      hold(
        { id: added[0].id, accounts: [], renewed: false, enabled: true, by: 'login', warning: null },
        'checking',
      )
      return true
    } catch {
      return false
    }
  }

  /** An account is here, however it came. */
  function hold(what: Gain, next: 'choosing' | 'checking') {
    underWay = null
    forget()
    trouble.value = null
    gain.value = what
    phase.value = next
    void queries.invalidateQueries({ queryKey: keys.credentials })
    void queries.invalidateQueries({ queryKey: keys.models })
  }

  /** Whoever comes back to this tab, or is impatient, need not wait for the next question. */
  function askNow() {
    if (phase.value === 'waiting') wake()
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) askNow()
  })

  return {
    phase,
    stage,
    trouble,
    failure,
    gain,
    link,
    blocked,
    endsAt,
    lasts,
    again,
    isWaiting,
    msLeft,
    start,
    resume,
    cancel,
    askNow,
    hold,
    listed,
    linkOpened: () => (blocked.value = false),
    chosen: () => (phase.value = 'checking'),
  }
})

/** The service tells a start that failed with a status of success, as the original did. */
function checked(started: StartedLogin): StartedLogin {
  if (started.success !== false && started.auth_state) {
    if (signInPage(started)) return started
    throw new ApiFailure(502, 'oauth_upstream_invalid', 'CodeBuddy named no sign-in page')
  }
  const { error, message, code } = started as StartedLogin & { code?: unknown }
  throw new ApiFailure(502, typeof code === 'string' ? code : (error ?? 'auth_start_failed'), message ?? '')
}
