import { computed } from 'vue'
import type { GatewayRequest } from '@/api/types'
import { useFeed } from '@/live/feed'

const RECENT = 5

/** What was seen of one credential among the newest requests. */
export interface Activity {
  lastAtMs: number | null
  running: number
  /** Newest first. */
  recent: GatewayRequest[]
  lastFailure: { atMs: number; code: string; request: string } | null
}

export const NO_ACTIVITY: Activity = { lastAtMs: null, running: 0, recent: [], lastFailure: null }

/** Of requests that are listed newest first. */
export function activityIn(requests: readonly GatewayRequest[]): Map<string, Activity> {
  const all = new Map<string, Activity>()
  for (const request of requests) {
    const started = request.started_at_ms ?? null
    for (const [id, code] of tried(request)) {
      const it = all.get(id) ?? { ...NO_ACTIVITY, recent: [] }
      all.set(id, it)
      it.lastAtMs ??= started
      if (it.recent.length < RECENT) it.recent.push(request)
      if (request.state !== 'ended' && request.credential === id) it.running++
      if (code && started !== null) it.lastFailure ??= { atMs: started, code, request: request.id }
    }
  }
  return all
}

/** Each credential that a request was tried with, and what came of it if that was bad. */
function tried(request: GatewayRequest): Map<string, string | null> {
  const codes = new Map<string, string | null>()
  for (const attempt of request.attempts ?? []) {
    if (attempt.credential)
      codes.set(attempt.credential, attempt.code ?? codes.get(attempt.credential) ?? null)
  }
  const last = request.credential
  if (last) {
    const isItsFault = request.outcome === 'failed' || request.outcome === 'cut'
    codes.set(last, codes.get(last) ?? (isItsFault ? (request.code ?? null) : null))
  }
  return codes
}

export function useActivity() {
  const feed = useFeed()
  return computed(() => activityIn(feed.requests))
}
