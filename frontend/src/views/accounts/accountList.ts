/** Which accounts the list shows, and in which order. */
import type { Credential, Current } from '@/api/types'
import { credentialName } from '@/components/credentialLook'
import { standingOf } from './standing'

export const CHIPS = ['all', 'ready', 'resting', 'needsYou', 'off'] as const
export type Chip = (typeof CHIPS)[number]

const CHIP_OF = {
  ok: 'ready',
  cooling: 'resting',
  working: 'resting',
  login: 'needsYou',
  failed: 'needsYou',
  off: 'off',
  unknown: null,
} as const

export function chipOf(it: Credential, now: number): Chip | null {
  return CHIP_OF[standingOf(it, now).kind]
}

/** How many there are of each. */
export function countsOf(all: Credential[], now: number): Record<Chip, number> {
  const counts: Record<Chip, number> = { all: all.length, ready: 0, resting: 0, needsYou: 0, off: 0 }
  for (const it of all) {
    const chip = chipOf(it, now)
    if (chip) counts[chip]++
  }
  return counts
}

export function asChip(value: unknown): Chip {
  return CHIPS.find((it) => it === value) ?? 'all'
}

export function matching(all: Credential[], chip: Chip, text: string, now: number): Credential[] {
  const wanted = text.trim().toLowerCase()
  return all.filter(
    (it) =>
      (chip === 'all' || chipOf(it, now) === chip) &&
      (wanted === '' ||
        [it.label, it.name, it.email, it.user_id, it.enterprise_name, it.filename, it.id].some((field) =>
          field?.toLowerCase().includes(wanted),
        )),
  )
}

/** The credentials of one account: a person alone, and as a member of enterprises. */
export interface AccountGroup {
  key: string
  /** Null if nobody knows whose they are. */
  name: string | null
  credentials: Credential[]
}

export function grouped(all: Credential[]): AccountGroup[] {
  const groups = new Map<string, AccountGroup>()
  for (const it of all) {
    const name = it.email || it.user_id || null
    const key = name ?? ''
    const group = groups.get(key) ?? { key, name, credentials: [] }
    group.credentials.push(it)
    groups.set(key, group)
  }
  const sorted = [...groups.values()]
  for (const group of sorted) group.credentials.sort((a, b) => (a.index ?? 0) - (b.index ?? 0))
  return sorted.sort((a, b) => sortKey(a).localeCompare(sortKey(b)))
}

/** By what is read first; those of nobody knows whom come last. */
function sortKey(group: AccountGroup): string {
  const first = group.credentials[0]
  return group.name === null || !first ? '\uffff' : credentialName(first).toLowerCase()
}

/** The credential that serves the next request. */
export function nextOf(all: Credential[], current: Current | null | undefined): Credential | undefined {
  if (!current || current.status === 'no_credentials') return undefined
  return (
    all.find((it) => it.filename && it.filename === current.filename) ??
    all.find((it) => it.index !== null && it.index !== undefined && it.index === current.index)
  )
}
