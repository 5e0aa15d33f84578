import type { GatewayRequest } from '@/api/types'

export const CAPACITY = 500

const STAGES = ['waiting', 'streaming', 'ended']

/** The newest requests, each once, and never more than `capacity` of them. */
export class RequestRing {
  /** In the order in which they were first heard of. */
  private readonly known = new Map<string, GatewayRequest>()

  constructor(private readonly capacity = CAPACITY) {}

  /** Takes what was told about a request, unless it is older than what is known: news and lists overtake each other. */
  put(told: GatewayRequest): void {
    const before = this.known.get(told.id)
    if (before && isOlder(told, before)) return
    this.known.set(told.id, told)
    if (this.known.size > this.capacity) this.dropOne()
  }

  /**
   * Takes the service's own list. What was under way and is not in it has ended unseen, as when the service was started
   * anew, so nobody may see it running for ever; `heard` are those that were told since the list was asked for.
   */
  settle(list: readonly GatewayRequest[], heard: ReadonlySet<string>): void {
    const listed = new Set(list.map((it) => it.id))
    for (const [id, request] of this.known) {
      if (request.state !== 'ended' && !listed.has(id) && !heard.has(id)) this.known.delete(id)
    }
    for (const request of [...list].reverse()) if (request.id) this.put(request)
  }

  /** The newest first. */
  newestFirst(): GatewayRequest[] {
    return [...this.known.values()].reverse().sort((a, b) => startOf(b) - startOf(a))
  }

  clear(): void {
    this.known.clear()
  }

  /** The oldest goes; one that is still under way only if all are. */
  private dropOne(): void {
    let oldest: string | undefined
    for (const [id, request] of this.known) {
      oldest ??= id
      if (request.state === 'ended') {
        oldest = id
        break
      }
    }
    if (oldest !== undefined) this.known.delete(oldest)
  }
}

/** An id that a caller uses again is another request, the one that started later. */
function isOlder(told: GatewayRequest, known: GatewayRequest): boolean {
  const later = startOf(told) - startOf(known)
  if (later !== 0) return later < 0
  const stage = STAGES.indexOf(told.state ?? '') - STAGES.indexOf(known.state ?? '')
  if (stage !== 0) return stage < 0
  return (told.attempts?.length ?? 0) < (known.attempts?.length ?? 0)
}

function startOf(request: GatewayRequest): number {
  const start = request.started_at_ms
  return typeof start === 'number' && Number.isFinite(start) ? start : 0
}
