/**
 * What can be said about a text before the service is asked, in the page's own words. Never stricter than the service:
 * what is not certain here, the service judges.
 */
import { filledAliases, passwordOf, rulesOf, type Field } from './field'
import { ruleProblem } from '../rules/ruleCheck'

/** A message of the locales below `settings.problem`, and what it needs. */
export interface Problem {
  key: string
  values?: Record<string, string | number>
}

/** Under this many characters a password is not enough where other machines can connect. */
export const PASSWORD_LENGTH = 12

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

export function problemOf(field: Field, text: string, host: string): Problem | null {
  switch (field.type) {
    case 'integer':
      return integerProblem(field, text.trim())
    case 'duration':
    case 'size':
      return text.trim() === '' ? { key: 'empty' } : null
    case 'secret':
      return passwordProblem(text, host)
    case 'aliases':
      return aliasesProblem(text)
    case 'rules':
      return rulesProblem(text)
    default:
      return null
  }
}

function integerProblem({ min, max }: Field, text: string): Problem | null {
  const fits = /^\d{1,15}$/.test(text) && Number(text) >= (min ?? 0) && Number(text) <= (max ?? Infinity)
  if (fits) return null
  return min !== null && max !== null ? { key: 'between', values: { min, max } } : { key: 'whole' }
}

function passwordProblem(text: string, host: string): Problem | null {
  const { first, again } = passwordOf(text)
  if (first.trim() === '') return { key: 'passwordEmpty' }
  if (first !== again) return { key: 'passwordTwice' }
  return first.length < PASSWORD_LENGTH && !isLoopback(host)
    ? { key: 'passwordShort', values: { n: PASSWORD_LENGTH } }
    : null
}

function aliasesProblem(text: string): Problem | null {
  const aliases = filledAliases(text)
  if (aliases.some(([alias, model]) => !alias || !model)) return { key: 'aliasHalf' }
  const seen = new Set<string>()
  for (const [alias = ''] of aliases) {
    if (seen.has(alias)) return { key: 'aliasTwice', values: { alias } }
    seen.add(alias)
  }
  return null
}

function rulesProblem(text: string): Problem | null {
  const rules = rulesOf(text)
  const at = rules.findIndex((rule) => ruleProblem(rule) !== null)
  return at < 0 ? null : { key: 'rule', values: { n: at + 1 } }
}
