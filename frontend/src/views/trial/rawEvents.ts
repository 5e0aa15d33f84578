import type { SseEvent } from './sse'

const MOST = 500
const LONGEST = 4_000

/** The newest events as they came, no more than can be looked at. */
export class RawEvents {
  private events: SseEvent[] = []
  dropped = 0

  add({ name, data }: SseEvent): void {
    this.events.push({ name, data: data.length > LONGEST ? `${data.slice(0, LONGEST)}…` : data })
    if (this.events.length > 2 * MOST) this.trim()
  }

  all(): SseEvent[] {
    this.trim()
    return [...this.events]
  }

  private trim(): void {
    const over = this.events.length - MOST
    if (over <= 0) return
    this.dropped += over
    this.events = this.events.slice(over)
  }
}
