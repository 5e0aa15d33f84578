import { isRecord } from './failure'

/** The entries of a list that the service gave, or should have given: what is no object is left out. */
export function entriesOf<T extends object>(list: T[] | null | undefined): T[] {
  return Array.isArray(list) ? (list as unknown[]).filter((it): it is T => isRecord(it)) : []
}

/** The same for things that are nothing without their id. */
export function namedOf<T extends { id: string }>(list: T[] | null | undefined): T[] {
  return entriesOf(list).filter((it) => typeof it.id === 'string' && it.id !== '')
}
