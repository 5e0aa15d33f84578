const FIRST_RETRY_MS = 1_000
const SLOWEST_RETRY_MS = 15_000
/** A browser has six connections per service for all its tabs; one that nobody looks at gives its own back. */
const HIDDEN_MS = 60_000

export type ConnectionState = 'off' | 'connecting' | 'live' | 'lost'

interface Listener {
  state: (state: ConnectionState) => void
  event: (name: string, data: unknown) => void
  /** The service refused or is gone; the stream itself does not say which. */
  lost: () => void
}

/**
 * One stream of the service's events, opened again whenever it ends: at once when somebody looks at the page again or
 * the network is back, else after a wait that doubles up to 15 s.
 */
export class EventConnection {
  private source: EventSource | null = null
  private retry: ReturnType<typeof setTimeout> | undefined
  private hiding: ReturnType<typeof setTimeout> | undefined
  private failures = 0
  private wanted = false
  private state: ConnectionState = 'off'

  constructor(
    private readonly path: string,
    private readonly names: readonly string[],
    private readonly listener: Listener,
  ) {}

  start(): void {
    if (this.wanted) return
    this.wanted = true
    document.addEventListener('visibilitychange', this.looked)
    addEventListener('online', this.again)
    this.open()
  }

  stop(): void {
    this.wanted = false
    document.removeEventListener('visibilitychange', this.looked)
    removeEventListener('online', this.again)
    clearTimeout(this.hiding)
    this.close()
    this.become('off')
  }

  private open(): void {
    clearTimeout(this.retry)
    this.retry = undefined
    if (this.state !== 'lost') this.become('connecting')
    const source = new EventSource(this.path)
    this.source = source
    source.addEventListener('open', () => {
      this.failures = 0
      this.become('live')
    })
    // The browser's own retry gives up on some failures, so ours takes its place.
    source.addEventListener('error', () => this.broke())
    for (const name of this.names) {
      source.addEventListener(name, (event) => this.tell(name, (event as MessageEvent<string>).data))
    }
  }

  private tell(name: string, text: string): void {
    let data: unknown
    try {
      data = JSON.parse(text)
    } catch {
      return // One event that cannot be read must not cost the others.
    }
    this.listener.event(name, data)
  }

  private broke(): void {
    this.close()
    this.become('lost')
    const wait = Math.min(SLOWEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.failures)
    this.failures++
    this.retry = setTimeout(() => this.open(), wait)
    this.listener.lost()
  }

  private close(): void {
    clearTimeout(this.retry)
    this.retry = undefined
    this.source?.close()
    this.source = null
  }

  private readonly again = () => {
    if (this.wanted && !this.source) this.open()
  }

  private readonly looked = () => {
    clearTimeout(this.hiding)
    if (document.visibilityState === 'visible') this.again()
    else this.hiding = setTimeout(() => this.rest(), HIDDEN_MS)
  }

  private rest(): void {
    this.close()
    this.become('connecting')
  }

  private become(state: ConnectionState): void {
    this.state = state
    this.listener.state(state)
  }
}
