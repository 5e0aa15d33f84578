/** Numbers as a person reads them. What is unknown is a dash, never a zero. */
export const UNKNOWN = '–'

const COMPACT_FROM = 10_000

type Given = number | null | undefined

export function isKnown(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/** Chinese is set with a space between digits and words, which Intl leaves out. */
export function spaced(text: string): string {
  return text.replace(/(?<=\d)(?=\p{Script=Han})|(?<=\p{Script=Han})(?=\d)/gu, ' ')
}

/** All digits: `1,284`. Of what is very small the first two that are not zero: `0.0024` is not nothing. */
export function exact(value: Given, locale: string): string {
  if (!isKnown(value)) return UNKNOWN
  const small = value !== 0 && Math.abs(value) < 0.1
  return new Intl.NumberFormat(
    locale,
    small ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 2 },
  ).format(value)
}

/** Three significant digits once it is large: `8.12M`, `812 万`. */
export function compact(value: Given, locale: string): string {
  if (!isKnown(value)) return UNKNOWN
  if (Math.abs(value) < COMPACT_FROM) return exact(value, locale)
  return spaced(
    new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 }).format(value),
  )
}

/** A part of a whole: `96.8%`. Of nothing there is no part. */
export function percent(part: Given, whole: Given, locale: string): string {
  if (!isKnown(part) || !isKnown(whole) || whole <= 0) return UNKNOWN
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(part / whole)
}

/** A length of time in milliseconds: `812 ms`, `8.1 s`, `2 min 05 s`. */
export function duration(ms: Given, locale: string): string {
  if (!isKnown(ms) || ms < 0) return UNKNOWN
  if (ms < 1000) return `${exact(Math.round(ms), locale)} ms`
  if (ms < 59_950) {
    return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(ms / 1000)} s`
  }
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}
