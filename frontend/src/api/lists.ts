import { isRecord } from './failure'
import type { GatewayRequest } from './types'

/** The entries of a list that the service gave, or should have given: what is no object is left out. */
export function entriesOf<T extends object>(list: T[] | null | undefined): T[] {
  return Array.isArray(list) ? (list as unknown[]).filter((it): it is T => isRecord(it)) : []
}

/** The same for things that are nothing without their id. */
export function namedOf<T extends { id: string }>(list: T[] | null | undefined): T[] {
  return entriesOf(list).filter((it) => typeof it.id === 'string' && it.id !== '')
}

/** A request with whole lists in it. */
export function wholeRequest(request: GatewayRequest): GatewayRequest {
  const attempts = entriesOf(request.attempts).map((it) => ({ ...it, considered: entriesOf(it.considered) }))
  return { ...request, attempts }
}
