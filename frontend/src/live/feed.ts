import { useQueryClient } from '@tanstack/vue-query'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import * as api from '@/api'
import { keys } from '@/api/queries'
import type { GatewayRequest, Status } from '@/api/types'
import { useClock } from '@/stores/clock'

const CAPACITY = 500
const SLOWEST_RETRY_MS = 15_000
const FIRST_RETRY_MS = 1_000
/** What arrives within one of these is shown at once together. */
const BATCH_MS = 100

/** What passes through the service, live. Holds the newest 500 requests and one connection. */
export const useFeed = defineStore('feed', () => {
  const clock = useClock()
  const queries = useQueryClient()
  const byId = new Map<string, GatewayRequest>()
  const requests = shallowRef<GatewayRequest[]>([])
  const state = ref<'off' | 'connecting' | 'live' | 'lost'>('off')
  /** When the service was last heard, in its own time. */
  const heardAt = ref<number | null>(null)
  const status = shallowRef<Status | null>(null)

  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let batch: ReturnType<typeof setTimeout> | undefined
  let failures = 0

  function start() {
    if (source || retry) return
    connect()
  }

  function stop() {
    clearTimeout(retry)
    clearTimeout(batch)
    retry = batch = undefined
    source?.close()
    source = null
    state.value = 'off'
    byId.clear()
    requests.value = []
    status.value = null
  }

  function connect() {
    retry = undefined
    state.value = state.value === 'lost' ? 'lost' : 'connecting'
    const opened = new EventSource('/api/events')
    source = opened
    opened.addEventListener('open', () => {
      failures = 0
      state.value = 'live'
      heardAt.value = clock.now
      void load()
    })
    opened.addEventListener('error', lost)
    opened.addEventListener('request', (event) => take(parsed<GatewayRequest>(event)))
    opened.addEventListener('status', (event) => hearStatus(parsed<Status>(event)))
    opened.addEventListener('credentials', () => {
      heardAt.value = clock.now
      void queries.invalidateQueries({ queryKey: keys.credentials })
    })
    opened.addEventListener('settings', () => void queries.invalidateQueries({ queryKey: keys.settings }))
  }

  /** The browser's own retry gives up on some failures, so ours takes its place. */
  function lost() {
    source?.close()
    source = null
    state.value = 'lost'
    const wait = Math.min(SLOWEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures)
    failures++
    clearTimeout(retry)
    retry = setTimeout(connect, wait)
  }

  /** What passed while nobody listened. */
  async function load() {
    try {
      const list = await api.requests()
      clock.hear(list.now_ms)
      for (const request of [...(list.requests ?? [])].reverse()) put(request)
      publish()
    } catch {
      // The stream tells the news all the same; the next connection asks again.
    }
  }

  function take(request: GatewayRequest | null) {
    if (!request?.id) return
    put(request)
    heardAt.value = clock.now
    batch ??= setTimeout(publish, BATCH_MS)
  }

  function put(request: GatewayRequest) {
    const known = byId.get(request.id)
    if (known?.state === 'ended' && request.state !== 'ended') return
    byId.set(request.id, request)
    for (const id of byId.keys()) {
      if (byId.size <= CAPACITY) break
      byId.delete(id)
    }
  }

  function publish() {
    batch = undefined
    requests.value = [...byId.values()].sort((a, b) => (b.started_at_ms ?? 0) - (a.started_at_ms ?? 0))
  }

  function hearStatus(heard: Status | null) {
    if (!heard) return
    clock.hear(heard.now_ms)
    status.value = heard
    queries.setQueryData(keys.status, heard)
  }

  /** How many requests each credential is busy with. */
  const inFlight = computed(() => {
    const counts = new Map<string, number>()
    for (const request of requests.value) {
      if (request.state !== 'ended' && request.credential) {
        counts.set(request.credential, (counts.get(request.credential) ?? 0) + 1)
      }
    }
    return counts
  })

  return { requests, state, heardAt, status, inFlight, start, stop }
})

function parsed<T>(event: Event): T | null {
  try {
    return JSON.parse((event as MessageEvent<string>).data) as T
  } catch {
    return null
  }
}
