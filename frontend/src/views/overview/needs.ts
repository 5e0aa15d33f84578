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
const SOON_SECONDS = 3 * 24 * 3600

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
    ...allResting(credentials),
    ...credentials.flatMap((it) => credentialNeeds(it, quotas.get(it.id), nowMs)),
  ]
  return needs.sort((a, b) => rank(a) - rank(b))
}

function rank(need: Need): number {
  return need.level === 'bad' ? 0 : 1
}

function settingsNeeds(settings: Settings | null): Need[] {
  const to = { name: 'settings' }
  const trouble = (settings?.trouble ?? []).map((text, index): Need => {
    return { id: `trouble-${index}`, level: 'bad', word: 'config', text, to, act: 'settings' }
  })
  const waiting = settings?.awaiting_restart?.length ?? 0
  return waiting > 0
    ? [
        ...trouble,
        { id: 'restart', level: 'warn', word: 'restart', name: String(waiting), to, act: 'settings' },
      ]
    : trouble
}

/** Each of them comes back by itself, but until then every request fails, which is worth a word. */
function allResting(credentials: Credential[]): Need[] {
  const used = credentials.filter((it) => it.state !== 'disabled')
  if (used.length === 0 || !used.every((it) => it.state === 'cooling_down')) return []
  const ends = used.map((it) => it.until).filter((it): it is number => typeof it === 'number')
  const untilMs = ends.length > 0 ? Math.min(...ends) * 1000 : null
  return [{ id: 'all', level: 'bad', word: 'allResting', untilMs, to: { name: 'accounts' }, act: 'details' }]
}

function credentialNeeds(it: Credential, quota: Quota | undefined, nowMs: number): Need[] {
  const name = credentialName(it)
  const to = { name: 'accounts', params: { id: it.id } }
  const need = (word: string, level: Need['level'], act: string, untilMs: number | null = null): Need => {
    return { id: `${it.id}-${word}`, level, word, name, untilMs, to, act }
  }
  const untilMs = typeof it.until === 'number' ? it.until * 1000 : null
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
  return typeof it.expires_at === 'number' && it.expires_at - nowMs / 1000 < SOON_SECONDS
}

function msOf(seconds: number | null | undefined): number | null {
  return typeof seconds === 'number' ? seconds * 1000 : null
}
