import type { GatewayRequest } from '@/api/types'
import { credentialsOf, outcomeOf, retriesOf } from './reading'

export const OUTCOMES = ['running', 'ok', 'failed', 'cut', 'cancelled', 'retried'] as const

export interface RequestFilter {
  text: string
  outcome: string
  account: string
  model: string
}

type Query = Record<string, unknown>

const NAMES = { text: 'q', outcome: 'outcome', account: 'account', model: 'model' } as const

/** The filter that an address asks for; what it does not know is no filter. */
export function filterOf(query: Query): RequestFilter {
  const read = (name: string) => (typeof query[name] === 'string' ? query[name] : '')
  const outcome = read(NAMES.outcome)
  return {
    text: read(NAMES.text),
    outcome: OUTCOMES.some((it) => it === outcome) ? outcome : '',
    account: read(NAMES.account),
    model: read(NAMES.model),
  }
}

/** The address of a filter. What else the address says stays. */
export function queryOf(filter: RequestFilter, query: Query = {}): Query {
  const next: Query = { ...query }
  for (const [part, name] of Object.entries(NAMES)) {
    const value = filter[part as keyof RequestFilter]
    if (value === '') Reflect.deleteProperty(next, name)
    else next[name] = value
  }
  return next
}

export function isEmpty(filter: RequestFilter): boolean {
  return Object.values(filter).every((it: string) => it.trim() === '')
}

export function matches(
  request: GatewayRequest,
  filter: RequestFilter,
  nameOf: (credential: string) => string,
): boolean {
  if (filter.model && request.model !== filter.model) return false
  const accounts = credentialsOf(request)
  if (filter.account && !accounts.includes(filter.account)) return false
  if (
    filter.outcome === 'retried'
      ? retriesOf(request) === 0
      : filter.outcome && outcomeOf(request) !== filter.outcome
  )
    return false
  const text = filter.text.trim().toLowerCase()
  if (text === '') return true
  const said = [request.id, request.model, request.code, request.status, ...accounts.map((id) => nameOf(id))]
  return said.some((it) => it !== null && it !== undefined && String(it).toLowerCase().includes(text))
}
