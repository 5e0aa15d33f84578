import { describe, expect, it } from 'vitest'
import type { Credential } from '@/api/types'
import { asChip, chipOf, countsOf, grouped, matching, nextOf } from './accountList'
import { canAsk, renewalTrouble, signInWord, standingOf } from './standing'

const NOW = 1_000_000

const one = (id: string, more: Partial<Credential> = {}): Credential => ({ id, state: 'ready', ...more })

describe('an account', () => {
  it('is ready again once its rest is over, before the service says so', () => {
    const resting = one('a', { state: 'cooling_down', until: 1001, reason: 'rate_limit_exceeded' })
    expect(standingOf(resting, NOW)).toEqual({
      kind: 'cooling',
      word: 'cooling_down',
      untilMs: 1_001_000,
      reason: 'rate_limit_exceeded',
    })
    expect(standingOf(resting, 1_001_000)).toMatchObject({ kind: 'ok', word: 'ready', untilMs: null })
  })

  it('rests on while nobody knows until when', () => {
    expect(standingOf(one('a', { state: 'cooling_down', until: null }), NOW)).toMatchObject({
      kind: 'cooling',
    })
  })

  it('is unknown, not lost, in a state that we have no word for', () => {
    const odd = one('a', { state: 'hovering' })
    expect(standingOf(odd, NOW).kind).toBe('unknown')
    expect(chipOf(odd, NOW)).toBeNull()
    expect(canAsk(odd)).toBe(true)
  })

  it('tells how its sign-in goes on', () => {
    expect(signInWord(one('a', { has_refresh_token: true }))).toBe('renewsItself')
    expect(signInWord(one('a', { refresh: 'running', has_refresh_token: true }))).toBe('renewing')
    expect(signInWord(one('a'))).toBe('noEnd')
    expect(signInWord(one('a', { expires_at: 5 }))).toBe('endsForGood')
    expect(signInWord(one('a', { expires_at: 5, is_expired: true }))).toBe('ended')
    expect(signInWord(one('a', { state: 'needs_login', has_refresh_token: true }))).toBe('over')
    expect(renewalTrouble(one('a', { refresh: 'refused' }))).toBe('refused')
    expect(renewalTrouble(one('a', { refresh: 'fine' }))).toBeNull()
    expect(renewalTrouble(one('a', { refresh: 'odd' }))).toBeNull()
  })
})

describe('the list', () => {
  const all = [
    one('1', { index: 0, email: 'b@example.com', filename: 'b1.json' }),
    one('2', { index: 1, email: 'a@example.com', state: 'needs_login', filename: 'a.json' }),
    one('3', {
      index: 2,
      email: 'b@example.com',
      state: 'disabled',
      enterprise_name: 'Acme',
      filename: 'b2.json',
    }),
    one('4', { index: 3, state: 'expired', filename: 'x.json' }),
    one('5', { index: 4, state: 'expired', has_refresh_token: true, user_id: 'c', filename: 'c.json' }),
  ]

  it('counts what each filter shows', () => {
    expect(countsOf(all, NOW)).toEqual({ all: 5, ready: 1, resting: 1, needsYou: 2, off: 1 })
  })

  it('is filtered by state and by text', () => {
    expect(matching(all, 'needsYou', '', NOW).map((it) => it.id)).toEqual(['2', '4'])
    expect(matching(all, 'all', ' ACME ', NOW).map((it) => it.id)).toEqual(['3'])
    expect(matching(all, 'ready', 'acme', NOW)).toEqual([])
    expect(asChip('nonsense')).toBe('all')
  })

  it('is grouped by account, those of nobody known last', () => {
    expect(grouped(all).map((group) => [group.name, group.credentials.map((it) => it.id)])).toEqual([
      ['a@example.com', ['2']],
      ['b@example.com', ['1', '3']],
      ['c', ['5']],
      [null, ['4']],
    ])
  })

  it('names the one that is next, even the first', () => {
    expect(nextOf(all, { status: 'auto_rotation', index: 0, filename: 'b1.json' })?.id).toBe('1')
    expect(nextOf(all, { status: 'auto_rotation', index: 4 })?.id).toBe('5')
    expect(nextOf(all, { status: 'no_credentials' })).toBeUndefined()
    expect(nextOf(all, {})).toBeUndefined()
  })
})
