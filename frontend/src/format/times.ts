/** Moments as a person reads them: near ones by their distance, far ones by their date, on a 24 hour clock. */
import { spaced, UNKNOWN } from './numbers'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

type Given = number | null | undefined

function isMoment(ms: Given): ms is number {
  return typeof ms === 'number' && Number.isFinite(ms) && Math.abs(ms) < 8.64e15
}

/** Seconds of the service as milliseconds. */
export function toMs(seconds: Given): number | null {
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds * 1000 : null
}

/** `3 min ago`, `in 2 hr`; from a day on the date. */
export function relative(ms: Given, nowMs: number, locale: string): string {
  if (!isMoment(ms)) return UNKNOWN
  const distance = ms - nowMs
  const size = Math.abs(distance)
  if (size >= DAY) return date(ms, locale)
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  return spaced(shortest(format, distance, size))
}

function shortest(format: Intl.RelativeTimeFormat, distance: number, size: number): string {
  if (size < MINUTE) return format.format(Math.trunc(distance / 1000), 'second')
  return size < HOUR
    ? format.format(Math.trunc(distance / MINUTE), 'minute')
    : format.format(Math.trunc(distance / HOUR), 'hour')
}

/** `1 Dec 2026, 00:00`; with seconds where moments lie close together. */
export function date(ms: Given, locale: string, seconds = false): string {
  if (!isMoment(ms)) return UNKNOWN
  const timeStyle = seconds ? 'medium' : 'short'
  return spaced(new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle, hour12: false }).format(ms))
}

/** `15:54:31`. */
export function clock(ms: Given, locale: string): string {
  if (!isMoment(ms)) return UNKNOWN
  return new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hour12: false }).format(ms)
}

/** `15:00`. */
export function hour(ms: Given, locale: string): string {
  if (!isMoment(ms)) return UNKNOWN
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false }).format(ms)
}

/** For a tooltip or a copy: `2026-12-01T00:00:00+08:00 (Asia/Shanghai)`. */
export function precise(ms: Given): string {
  if (!isMoment(ms)) return UNKNOWN
  const moment = new Date(ms)
  const offset = -moment.getTimezoneOffset()
  const local = new Date(ms + offset * MINUTE).toISOString().slice(0, 19)
  const pad = (n: number) => String(n).padStart(2, '0')
  const size = Math.abs(offset)
  const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`
  return `${local}${zone} (${Intl.DateTimeFormat().resolvedOptions().timeZone})`
}

/** What is left, for a count-down: `09:41`, `1:09:41`, `8 days`. Never below zero. */
export function countdown(ms: number, locale: string): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const pad = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  if (hours >= 24) {
    const days = new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'short' })
    return spaced(days.format(Math.ceil(hours / 24)))
  }
  const rest = `${pad(Math.floor((seconds % 3600) / 60))}:${pad(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}
