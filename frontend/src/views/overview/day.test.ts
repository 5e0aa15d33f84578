import { describe, expect, it } from 'vitest'
import { dayBars, dayTotals } from './day'

const NOW = Date.UTC(2026, 10, 22, 15, 30)
const THIS_HOUR = Date.UTC(2026, 10, 22, 15) / 1000

describe('the last 24 hours', () => {
  it('have a bar for every hour, empty ones too, and the last one goes on', () => {
    const bars = dayBars([{ start: THIS_HOUR - 3600, requests: 3 }], NOW)

    expect(bars).toHaveLength(24)
    expect(bars.at(-1)).toMatchObject({ startMs: THIS_HOUR * 1000, current: true, ok: 0 })
    expect(bars.at(-2)).toMatchObject({ current: false, ok: 3 })
  })

  it('tell failed from cancelled, and count neither as answered', () => {
    const failures = { upstream_incomplete: 2, cancelled: 1 }
    expect(dayBars([{ start: THIS_HOUR, requests: 10, failures }], NOW).at(-1)).toMatchObject({
      ok: 7,
      failed: 2,
      cancelled: 1,
    })
  })

  it('weigh the time to the first event by the requests of an hour', () => {
    const hours = [
      { start: THIS_HOUR, requests: 9, mean_time_to_first_chunk_ms: 1000 },
      { start: THIS_HOUR - 3600, requests: 1, mean_time_to_first_chunk_ms: 2000 },
      { start: THIS_HOUR - 25 * 3600, requests: 100, mean_time_to_first_chunk_ms: 9000 },
    ]
    expect(dayTotals(hours, NOW)).toMatchObject({ requests: 10, firstChunkMs: 1100 })
  })

  it('survive whatever the service says', () => {
    const odd = [{ start: null, requests: -4 }, { requests: Number.NaN, failures: null }, {}]
    expect(dayTotals(odd, NOW)).toMatchObject({ requests: 0, ok: 0, failed: 0, firstChunkMs: null })
    expect(dayBars(odd, NOW).every((it) => it.ok === 0)).toBe(true)
  })
})
