import type { Credential, Quota, Settings } from '@/api/types'
import { credentialName, credentialState } from '@/components/credentialLook'

/** Something that its owner should see to, the worst first. */
export interface Need {
  id: string
  level: 'bad' | 'warn'
  /** Below `overview.needs`. */
  word: string
  /** What the sentence names. */
  name?: string
  untilMs?: number | null
  /** The service's own sentence, where it has one. */
  text?: string
  /** Where to act. */
  to: { name: string; params?: Record<string, string>; query?: Record<string, string> }
  /** Below `overview.acts`. */
  act: string
}

const QUOTA_LOW = 0.15
const SOON_MS = 3 * 24 * 3_600_000

/** What may be left of a quota, as a part of it; null if nobody knows. */
export function quotaLeft(quota: Quota | null | undefined): number | null {
  const { total, remaining } = quota ?? {}
  if (typeof total !== 'number' || typeof remaining !== 'number' || total <= 0) return null
  return Math.min(1, Math.max(0, remaining / total))
}

export function needsOf(
  credentials: Credential[],
  quotas: ReadonlyMap<string, Quota>,
  settings: Settings | null,
  nowMs: number,
): Need[] {
  const needs = [
    ...settingsNeeds(settings),
    ...noneAnswers(credentials),
    ...credentials.flatMap((it) => credentialNeeds(it, quotas.get(it.id), nowMs)),
  ]
  return needs.sort((a, b) => rank(a) - rank(b))
}

function rank(need: Need): number {
  return need.level === 'bad' ? 0 : 1
}

function settingsNeeds(settings: Settings | null): Need[] {
  const to = { name: 'settings' }
  const trouble = textsOf(settings?.trouble).map((text, index): Need => {
    return { id: `trouble-${index}`, level: 'bad', word: 'config', text, to, act: 'settings' }
  })
  const waiting = textsOf(settings?.awaiting_restart).length
  return waiting > 0
    ? [
        ...trouble,
        { id: 'restart', level: 'warn', word: 'restart', name: String(waiting), to, act: 'settings' },
      ]
    : trouble
}

/** While none can answer every request fails, which is worth a word even if some come back by themselves. */
function noneAnswers(credentials: Credential[]): Need[] {
  if (credentials.length === 0 || credentials.some((it) => it.state === 'ready' || isRenewing(it))) return []
  const need = { id: 'all', level: 'bad', to: { name: 'accounts' }, act: 'details' } as const
  const resting = credentials.filter((it) => it.state === 'cooling_down')
  if (resting.length === 0) {
    const allOff = credentials.every((it) => it.state === 'disabled')
    return [{ ...need, word: allOff ? 'allOff' : 'noneReady' }]
  }
  const ends = resting.map((it) => msOf(it.until)).filter((it): it is number => it !== null)
  return [{ ...need, word: 'allResting', untilMs: ends.length > 0 ? Math.min(...ends) : null }]
}

function isRenewing(it: Credential): boolean {
  return credentialState(it).kind === 'working'
}

function credentialNeeds(it: Credential, quota: Quota | undefined, nowMs: number): Need[] {
  const name = credentialName(it)
  const to = { name: 'accounts', params: { id: it.id } }
  const need = (word: string, level: Need['level'], act: string, untilMs: number | null = null): Need => {
    return { id: `${it.id}-${word}`, level, word, name, untilMs, to, act }
  }
  const untilMs = msOf(it.until)
  if (it.state === 'disabled') return []
  if (credentialState(it).kind === 'login') return [need('login', 'bad', 'signIn')]
  if (it.reason === 'insufficient_quota') return [need('quotaGone', 'warn', 'details', untilMs)]

  const needs: Need[] = []
  if (it.refresh === 'refused') needs.push(need('renewalRefused', 'warn', 'signIn', msOf(it.expires_at)))
  if (it.refresh === 'not_stored') needs.push(need('notStored', 'bad', 'details'))
  if (!it.has_refresh_token && endsSoon(it, nowMs)) {
    needs.push(need('endsSoon', 'warn', 'signIn', msOf(it.expires_at)))
  }
  const left = quotaLeft(quota)
  if (left !== null && left <= QUOTA_LOW) {
    needs.push(need(left === 0 ? 'quotaGone' : 'quotaLow', 'warn', 'details', msOf(quota?.resets_at)))
  }
  return needs
}

function endsSoon(it: Credential, nowMs: number): boolean {
  const ends = msOf(it.expires_at)
  return ends !== null && ends - nowMs < SOON_MS
}

function msOf(seconds: number | null | undefined): number | null {
  return typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : null
}

function textsOf(list: string[] | null | undefined): string[] {
  return Array.isArray(list) ? list.filter((it) => typeof it === 'string') : []
}
