/** What a request says, for whoever shows it. Any part of it may be missing or unknown. */
import type { GatewayRequest } from '@/api/types'

export type OutcomeKind = 'ok' | 'failed' | 'cut' | 'cancelled' | 'running' | 'unknown'

export type BadgeKind = 'ok' | 'failed' | 'cut' | 'cancelled' | 'working' | 'unknown'

export function isRunning(request: GatewayRequest): boolean {
  return request.state === 'waiting' || request.state === 'streaming'
}

export function outcomeOf(request: GatewayRequest): OutcomeKind {
  if (isRunning(request)) return 'running'
  switch (request.outcome) {
    case 'ok':
    case 'failed':
    case 'cut':
    case 'cancelled':
      return request.outcome
    default:
      return 'unknown'
  }
}

export function badgeOf(outcome: OutcomeKind): BadgeKind {
  return outcome === 'running' ? 'working' : outcome
}

/** The accounts in the order they were tried. */
export function credentialsOf(request: GatewayRequest): string[] {
  const tried = (request.attempts ?? []).map((it) => it.credential)
  const all = [...tried, request.credential].filter((it): it is string => Boolean(it))
  return all.filter((id, n) => id !== all[n - 1])
}

/** How many attempts were in vain before the last one. */
export function retriesOf(request: GatewayRequest): number {
  return Math.max(0, (request.attempts ?? []).filter((it) => it.credential).length - 1)
}

/** All tokens, or null if none of them is known. */
export function tokensOf(request: GatewayRequest): number | null {
  const parts = [request.prompt_tokens, request.completion_tokens].filter(isCount)
  return parts.length === 0 ? null : parts.reduce((sum, it) => sum + it, 0)
}

/** A number that can be meant; an unknown or negative one is null. */
export function count(value: unknown): number | null {
  return isCount(value) ? value : null
}

/** How long it took, or for one under way has taken until `nowMs`, in whole seconds then. */
export function durationOf(request: GatewayRequest, nowMs: number): number | null {
  if (!isRunning(request)) return count(request.duration_ms)
  const start = count(request.started_at_ms)
  return start === null ? null : Math.max(0, Math.floor((nowMs - start) / 1000) * 1000)
}

/** The names that the service itself gave the accounts in this request. */
export function namesIn(request: GatewayRequest): Map<string, string> {
  const names = new Map<string, string>()
  for (const attempt of request.attempts ?? []) {
    for (const it of attempt.considered ?? []) if (it.credential && it.name) names.set(it.credential, it.name)
  }
  return names
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}
