/** What makes a keyword rule unusable, and what makes it useless. Rules are plain texts; no character is special. */
import type { KeywordRule } from '@/api/types'

export const MOST_RULES = 100
export const MOST_CHARACTERS = 500

/** A message of the locales below `rules.problem`. */
export type RuleProblem = 'empty' | 'long' | 'line' | 'backtick' | 'half'

const HALF_CHARACTER = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

/** Why the service would refuse it; null if it would not. */
export function ruleProblem({ from, to }: KeywordRule): RuleProblem | null {
  if (from === '') return 'empty'
  if (from.length > MOST_CHARACTERS || to.length > MOST_CHARACTERS) return 'long'
  if (/[\n\r]/.test(from)) return 'line'
  if (from.includes('`')) return 'backtick'
  return HALF_CHARACTER.test(from + to) ? 'half' : null
}

/** The rule before this one that leaves nothing for it to find, from 0; null if there is none. */
export function takenBy(rules: readonly KeywordRule[], at: number): number | null {
  const wanted = rules[at]?.from ?? ''
  if (!wanted) return null
  let left = wanted
  for (const [index, rule] of rules.slice(0, at).entries()) {
    if (rule.from) left = left.split(rule.from).join(rule.to)
    if (!left.includes(wanted)) return index
  }
  return null
}

/** The list with one rule at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = [...list]
  const [one] = rest.splice(from, 1)
  if (one !== undefined) rest.splice(Math.max(0, Math.min(to, rest.length)), 0, one)
  return rest
}
