/** A change as lines that went and lines that came. */
import { filledAliases, linesOf, rulesOf, type FieldType } from './field'

export interface DiffLine {
  sign: '-' | '+'
  /** Empty for nothing at all. */
  text: string
}

export interface Difference {
  lines: DiffLine[]
  /** The same items in another order: only the new order is shown. */
  reordered: boolean
  /** What it was and is must not be shown. */
  secret: boolean
}

const quoted = (text: string) => `“${text}”`

/** One line for each item of what has several. */
export function itemsOf(type: FieldType, text: string): string[] {
  switch (type) {
    case 'list':
      return linesOf(text)
    case 'rules':
      return rulesOf(text).map((rule) => `${quoted(rule.from)} → ${quoted(rule.to)}`)
    case 'aliases':
      return filledAliases(text).map(([alias, model]) => `${alias} → ${model}`)
    default:
      return [text]
  }
}

export function differenceOf(type: FieldType, from: string, to: string): Difference {
  if (type === 'secret') return { lines: [], reordered: false, secret: true }
  const before = itemsOf(type, from)
  const after = itemsOf(type, to)
  const gone = missingIn(after, before)
  const come = missingIn(before, after)
  const reordered = gone.length === 0 && come.length === 0 && after.length > 1
  const lines: DiffLine[] = reordered
    ? after.map((text) => ({ sign: '+', text }))
    : [
        ...gone.map((text): DiffLine => ({ sign: '-', text })),
        ...come.map((text): DiffLine => ({ sign: '+', text })),
      ]
  return { lines, reordered, secret: false }
}

/** The items of `all` that `others` has not, as often as it lacks them. */
function missingIn(others: readonly string[], all: readonly string[]): string[] {
  const left = [...others]
  return all.filter((item) => {
    const at = left.indexOf(item)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}
