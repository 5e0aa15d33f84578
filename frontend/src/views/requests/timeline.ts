import type { Considered, GatewayRequest } from '@/api/types'
import { count, isRunning, namesIn } from './reading'

/** One account that was looked at when one was to be chosen. */
export interface Look {
  name: string
  /** A word below `requests.standing`. */
  standing: string
  untilMs: number | null
  code: string | null
}

export type Step =
  | { kind: 'received' | 'first' | 'ended'; atMs: number | null }
  | {
      kind: 'attempt'
      atMs: number | null
      /** The account's name; null if no account could take it. */
      account: string | null
      again: boolean
      code: string | null
      looks: Look[]
    }

const STANDINGS = new Set([
  'chosen',
  'chosen_for_conversation',
  'busy',
  'ready',
  'tried',
  'cooling_down',
  'probed',
  'needs_login',
  'expired',
  'disabled',
  'not_pinned',
  'not_its_turn',
])

/** What happened to a request, in order. */
export function timeline(
  request: GatewayRequest,
  nameOf: (credential: string, otherwise?: string) => string,
): Step[] {
  const names = namesIn(request)
  const called = (id: string) => nameOf(id, names.get(id))
  const steps: Step[] = [{ kind: 'received', atMs: 0 }]
  let tried = 0
  for (const attempt of request.attempts ?? []) {
    steps.push({
      kind: 'attempt',
      atMs: count(attempt.at_ms),
      account: attempt.credential ? called(attempt.credential) : null,
      again: tried > 0,
      code: attempt.code ?? null,
      looks: (attempt.considered ?? []).map((it) => look(it, called)),
    })
    if (attempt.credential) tried++
  }
  const first = count(request.first_chunk_ms)
  if (first !== null) steps.push({ kind: 'first', atMs: first })
  if (!isRunning(request)) steps.push({ kind: 'ended', atMs: count(request.duration_ms) })
  return steps
}

function look(it: Considered, called: (id: string) => string): Look {
  const until = count(it.until)
  const standing = STANDINGS.has(it.standing ?? '') ? (it.standing ?? '') : 'unknown'
  return {
    name: it.credential ? called(it.credential) : (it.name ?? ''),
    standing: wordOf(standing, it, until),
    untilMs: until === null ? null : until * 1000,
    code: it.code ?? null,
  }
}

function wordOf(standing: string, it: Considered, until: number | null): string {
  if (standing === 'cooling_down' && until !== null) return 'cooling_until'
  return standing === 'chosen' && it.code ? 'chosen_probe' : standing
}
