import type { HourCounts } from '@/api/types'

const HOUR_MS = 3_600_000
const HOURS = 24
/** Ended by the caller or by a stop of the service: nobody's failure. */
const CANCELLED = ['cancelled', 'shutting_down']

export interface HourBar {
  startMs: number
  ok: number
  failed: number
  cancelled: number
  /** It is not over yet. */
  current: boolean
}

export interface DayTotals {
  requests: number
  ok: number
  failed: number
  cancelled: number
  tokens: number
  cachedTokens: number
  credit: number
  /** Over the hours, weighted by their requests; null if nothing was answered. */
  firstChunkMs: number | null
}

/** The last 24 hours, one bar for each, whether anything happened in it or not. */
export function dayBars(hours: HourCounts[], nowMs: number): HourBar[] {
  const last = Math.floor(nowMs / HOUR_MS)
  const byHour = new Map(hours.map((it) => [Math.floor((it.start ?? 0) / 3600), it]))
  return Array.from({ length: HOURS }, (_, index) => {
    const hour = last - (HOURS - 1) + index
    return { startMs: hour * HOUR_MS, current: hour === last, ...outcomes(byHour.get(hour)) }
  })
}

export function dayTotals(hours: HourCounts[], nowMs: number): DayTotals {
  const first = (Math.floor(nowMs / HOUR_MS) - (HOURS - 1)) * 3600
  const day = hours.filter((it) => (it.start ?? 0) >= first)
  const timed = day.filter((it) => typeof it.mean_time_to_first_chunk_ms === 'number')
  const weight = sum(timed, (it) => count(it.requests))
  return {
    requests: sum(day, (it) => count(it.requests)),
    ok: sum(day, (it) => outcomes(it).ok),
    failed: sum(day, (it) => outcomes(it).failed),
    cancelled: sum(day, (it) => outcomes(it).cancelled),
    tokens: sum(day, (it) => count(it.prompt_tokens) + count(it.completion_tokens)),
    cachedTokens: sum(day, (it) => count(it.cached_tokens)),
    credit: sum(day, (it) => count(it.credit)),
    firstChunkMs:
      weight > 0
        ? sum(timed, (it) => count(it.requests) * count(it.mean_time_to_first_chunk_ms)) / weight
        : null,
  }
}

function outcomes(hour: HourCounts | undefined): { ok: number; failed: number; cancelled: number } {
  const failures = hour?.failures ?? {}
  const cancelled = CANCELLED.reduce((all, code) => all + count(failures[code]), 0)
  const notOk = Object.values(failures).reduce((all, it) => all + count(it), 0)
  return {
    ok: Math.max(0, count(hour?.requests) - notOk),
    failed: notOk - cancelled,
    cancelled,
  }
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0
}

function sum(hours: HourCounts[], of: (hour: HourCounts) => number): number {
  return hours.reduce((all, hour) => all + of(hour), 0)
}
