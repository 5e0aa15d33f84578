import { useQueryClient } from '@tanstack/vue-query'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import * as api from '@/api'
import { isRecord } from '@/api/failure'
import { wholeRequest } from '@/api/lists'
import { keys } from '@/api/queries'
import type { GatewayRequest, Status } from '@/api/types'
import { isRunning } from '@/views/requests/reading'
import { useClock } from '@/stores/clock'
import { useSession } from '@/stores/session'
import { EventConnection, type ConnectionState } from './connection'
import { RequestRing } from './ring'

/** What arrives within one of these is shown at once together. */
const BATCH_MS = 200

/** What passes through the service, live. Holds the newest 500 requests and one connection. */
export const useFeed = defineStore('feed', () => {
  const clock = useClock()
  const session = useSession()
  const queries = useQueryClient()
  const ring = new RequestRing()
  const requests = shallowRef<GatewayRequest[]>([])
  const state = ref<ConnectionState>('off')
  /** Whether the requests of before the connection are here; until then nobody knows that there are none. */
  const loaded = ref(false)
  /** When the service was last heard, in its own time. */
  const heardAt = ref<number | null>(null)
  const status = shallowRef<Status | null>(null)

  let wanted = false
  let batch: ReturnType<typeof setTimeout> | undefined
  /** The ids told while the list is being asked for. */
  let told: Set<string> | null = null

  const connection = new EventConnection('/api/events', ['request', 'status', 'credentials', 'settings'], {
    state: become,
    event: hear,
    lost: loadOnce,
  })

  /** Without a session there is nothing to be heard; with a new one everything at once. */
  watch(
    () => [session.isIn, session.wasIn],
    ([isIn]) => {
      if (!wanted) return
      if (isIn) connection.start()
      else connection.stop()
      if (!session.wasIn) forget()
    },
    { flush: 'sync' },
  )

  function start() {
    wanted = true
    if (session.isIn) connection.start()
  }

  function stop() {
    wanted = false
    connection.stop()
    forget()
  }

  function forget() {
    clearTimeout(batch)
    batch = undefined
    told = null
    ring.clear()
    requests.value = []
    status.value = null
    loaded.value = false
  }

  function become(next: ConnectionState) {
    state.value = next
    if (next !== 'live') return
    heardAt.value = clock.now
    void load()
  }

  /** What passed while nobody listened. */
  async function load() {
    const meanwhile = new Set<string>()
    told = meanwhile
    try {
      const list = await api.requests()
      if (told !== meanwhile) return
      clock.hear(list.now_ms)
      ring.settle(list.requests ?? [], meanwhile)
      loaded.value = true
      publish()
    } catch {
      // The stream tells the news all the same; the next connection asks again.
    } finally {
      if (told === meanwhile) told = null
    }
  }

  /** Where no stream comes through, what passed can still be seen. Why it ended is for the frame to find out. */
  function loadOnce() {
    if (!loaded.value) void load()
  }

  function hear(name: string, data: unknown) {
    heardAt.value = clock.now
    if (name === 'request') hearRequest(data)
    else if (name === 'status') hearStatus(data)
    else if (name === 'credentials') void queries.invalidateQueries({ queryKey: keys.credentials })
    else if (name === 'settings') void queries.invalidateQueries({ queryKey: keys.settings })
  }

  function hearRequest(data: unknown) {
    if (!isRecord(data) || typeof data.id !== 'string' || data.id === '') return
    told?.add(data.id)
    ring.put(wholeRequest(data as unknown as GatewayRequest))
    batch ??= setTimeout(publish, BATCH_MS)
  }

  function hearStatus(data: unknown) {
    if (!isRecord(data)) return
    const heard = data as Status
    clock.hear(heard.now_ms)
    status.value = heard
    queries.setQueryData(keys.status, heard)
  }

  function publish() {
    clearTimeout(batch)
    batch = undefined
    requests.value = ring.newestFirst()
  }

  /** How many requests each credential is busy with. */
  const inFlight = computed(() => {
    const counts = new Map<string, number>()
    for (const request of requests.value) {
      if (isRunning(request) && request.credential) {
        counts.set(request.credential, (counts.get(request.credential) ?? 0) + 1)
      }
    }
    return counts
  })

  return { requests, state, loaded, heardAt, status, inFlight, start, stop }
})
