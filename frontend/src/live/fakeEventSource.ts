/** Stands in for the browser's event stream in tests. */
export class FakeEventSource extends EventTarget {
  static readonly all: FakeEventSource[] = []
  closed = false

  constructor(readonly url: string) {
    super()
    FakeEventSource.all.push(this)
  }

  static get last(): FakeEventSource {
    const last = FakeEventSource.all.at(-1)
    if (!last) throw new Error('nothing was connected')
    return last
  }

  opens() {
    this.dispatchEvent(new Event('open'))
  }

  breaks() {
    this.dispatchEvent(new Event('error'))
  }

  tells(name: string, data: unknown) {
    this.dispatchEvent(
      new MessageEvent(name, { data: typeof data === 'string' ? data : JSON.stringify(data) }),
    )
  }

  close() {
    this.closed = true
  }
}
