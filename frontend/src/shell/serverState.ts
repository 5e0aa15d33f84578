import { useQueryClient } from '@tanstack/vue-query'
import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, watch } from 'vue'
import * as api from '@/api'
import { ApiFailure } from '@/api/failure'
import { keys } from '@/api/queries'
import { useFeed } from '@/live/feed'
import { useClock } from '@/stores/clock'
import { useSession } from '@/stores/session'

/** A server that stopped is noticed within this and the next together. */
const ASK_EVERY_MS = 5_000
const ANSWER_WITHIN_MS = 4_000
const ASK_LOST_EVERY_MS = 3_000
const SERVER_ERROR = 500

/** Whether the service answers, and from when what is shown is. */
export const useServerState = defineStore('server', () => {
  const clock = useClock()
  const session = useSession()
  const feed = useFeed()
  const queries = useQueryClient()
  const reach = ref<'unknown' | 'reached' | 'lost'>('unknown')
  const askedWell = ref<number | null>(null)
  const asking = ref(false)
  const version = ref<string | null>(null)
  /** The service became another one below this page. */
  const upgraded = ref<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let started = false

  function start() {
    if (started) return
    started = true
    document.addEventListener('visibilitychange', soon)
    addEventListener('online', soon)
    addEventListener('offline', soon)
    void ask()
  }

  function soon() {
    if (started && document.visibilityState === 'visible') void ask()
  }

  function stop() {
    started = false
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', soon)
    removeEventListener('online', soon)
    removeEventListener('offline', soon)
    reach.value = 'unknown'
    version.value = upgraded.value = askedWell.value = null
  }

  async function ask() {
    if (asking.value || !started) return
    asking.value = true
    clearTimeout(timer)
    try {
      await question()
      reached()
    } catch (failure) {
      if (answered(failure)) reached()
      else reach.value = 'lost'
    } finally {
      asking.value = false
      timer = setTimeout(() => void again(), reach.value === 'lost' ? ASK_LOST_EVERY_MS : ASK_EVERY_MS)
    }
  }

  /** A page that nobody looks at asks nothing; it asks as soon as it is seen again. */
  function again() {
    return document.visibilityState === 'visible' ? ask() : undefined
  }

  async function question() {
    const within = AbortSignal.timeout(ANSWER_WITHIN_MS)
    if (!session.isIn) {
      await api.session.show(within)
      return
    }
    const status = await api.status(within)
    clock.hear(status.now_ms)
    queries.setQueryData(keys.status, status)
    hearVersion(status.version ?? null)
  }

  function hearVersion(heard: string | null) {
    if (heard === null) return
    if (version.value !== null && heard !== version.value) upgraded.value = heard
    version.value = heard
  }

  function reached() {
    const wasLost = reach.value === 'lost'
    reach.value = 'reached'
    askedWell.value = clock.now
    if (wasLost) void queries.invalidateQueries()
  }

  // A stream that broke says so at once; a question tells whether it was only the stream.
  watch(
    () => feed.state,
    (state) => {
      if (state === 'lost') void ask()
    },
  )
  onScopeDispose(stop)

  return {
    reach,
    asking,
    upgraded,
    isLost: computed(() => reach.value === 'lost'),
    /** When the service was last heard, in its own time. */
    heardAt: computed(() => Math.max(askedWell.value ?? 0, feed.heardAt ?? 0) || null),
    start,
    stop,
    ask,
  }
})

/** Whether a failure is an answer of the service, and not of whatever stands before it. */
function answered(failure: unknown): boolean {
  return failure instanceof ApiFailure && !failure.isOffline && failure.status < SERVER_ERROR
}
