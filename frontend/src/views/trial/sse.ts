/** One event of a `text/event-stream`. */
export interface SseEvent {
  name: string
  data: string
}

const LONGEST_LINE = 1 << 20
const LARGEST_EVENT = 4 << 20

/** The service or something in between sends what no answer is. */
export class SseTooLarge extends Error {}

/**
 * Reads a stream of events out of pieces of any size: a line, a line end, or a character may be split between two. Lines
 * end with CR, LF or both. No more than one line and one event are held, and neither may be endless.
 */
export class SseReader {
  private readonly decoder = new TextDecoder()
  private line = ''
  private lineEndedWithCr = false
  private name = ''
  private data: string[] = []
  private size = 0

  constructor(
    private readonly longestLine = LONGEST_LINE,
    private readonly largestEvent = LARGEST_EVENT,
  ) {}

  /** The events that are complete with this piece. One that the end of the stream cuts off is none. */
  push(bytes: Uint8Array): SseEvent[] {
    const events: SseEvent[] = []
    let text = this.decoder.decode(bytes, { stream: true })
    if (text === '') return events
    if (this.lineEndedWithCr && text.startsWith('\n')) text = text.slice(1)
    this.lineEndedWithCr = text.endsWith('\r')
    const lines = text.split(/\r\n|\r|\n/)
    const rest = lines.pop() ?? ''
    for (const line of lines) {
      this.extend(line)
      this.endLine(events)
    }
    this.extend(rest)
    return events
  }

  private extend(text: string): void {
    if (this.line.length + text.length > this.longestLine) throw new SseTooLarge('line')
    this.line += text
  }

  private endLine(events: SseEvent[]): void {
    const line = this.line
    this.line = ''
    if (line === '') return this.endEvent(events)
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') this.name = value
    if (field !== 'data') return
    this.size += value.length
    if (this.size > this.largestEvent) throw new SseTooLarge('event')
    this.data.push(value)
  }

  private endEvent(events: SseEvent[]): void {
    if (this.data.length > 0) events.push({ name: this.name || 'message', data: this.data.join('\n') })
    this.name = ''
    this.data = []
    this.size = 0
  }
}
