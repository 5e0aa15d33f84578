import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EventConnection } from './connection'
import { FakeEventSource } from './fakeEventSource'

describe('the connection', () => {
  const states: string[] = []
  const events: unknown[] = []
  const lost = vi.fn()
  let connection: EventConnection

  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('EventSource', FakeEventSource)
    FakeEventSource.all.length = states.length = events.length = 0
    lost.mockClear()
    connection = new EventConnection('/api/events', ['request'], {
      state: (state) => states.push(state),
      event: (name, data) => events.push([name, data]),
      lost,
    })
    connection.start()
  })

  afterEach(() => {
    connection.stop()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('opens one stream and tells its events', () => {
    connection.start()
    FakeEventSource.last.opens()
    FakeEventSource.last.tells('request', { id: 'a' })
    FakeEventSource.last.tells('request', '{"half":')
    FakeEventSource.last.tells('request', { id: 'b' })
    expect(FakeEventSource.all).toHaveLength(1)
    expect(states).toEqual(['connecting', 'live'])
    expect(events).toEqual([
      ['request', { id: 'a' }],
      ['request', { id: 'b' }],
    ])
  })

  it('opens again after 1, 2, 4, 8 and then every 15 seconds', () => {
    for (const [n, wait] of [1, 2, 4, 8, 15, 15].entries()) {
      FakeEventSource.last.breaks()
      vi.advanceTimersByTime(wait * 1000 - 1)
      expect(FakeEventSource.all).toHaveLength(n + 1)
      vi.advanceTimersByTime(1)
      expect(FakeEventSource.all).toHaveLength(n + 2)
    }
    expect(lost).toHaveBeenCalledTimes(6)
    expect(FakeEventSource.all.filter((it) => !it.closed)).toHaveLength(1)
    FakeEventSource.last.opens()
    FakeEventSource.last.breaks()
    vi.advanceTimersByTime(1000)
    expect(FakeEventSource.all).toHaveLength(8)
  })

  it('opens at once when the network is back', () => {
    FakeEventSource.last.breaks()
    dispatchEvent(new Event('online'))
    dispatchEvent(new Event('online'))
    expect(FakeEventSource.all).toHaveLength(2)
  })

  it('gives the connection back when nobody looks for a minute', () => {
    const visible = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    document.dispatchEvent(new Event('visibilitychange'))
    vi.advanceTimersByTime(59_000)
    expect(FakeEventSource.last.closed).toBe(false)
    vi.advanceTimersByTime(1_000)
    expect(FakeEventSource.last.closed).toBe(true)
    visible.mockReturnValue('visible')
    document.dispatchEvent(new Event('visibilitychange'))
    expect(FakeEventSource.all).toHaveLength(2)
    visible.mockRestore()
  })

  it('stays closed once stopped', () => {
    FakeEventSource.last.breaks()
    connection.stop()
    vi.advanceTimersByTime(60_000)
    dispatchEvent(new Event('online'))
    expect(FakeEventSource.all).toHaveLength(1)
    expect(states.at(-1)).toBe('off')
  })
})
