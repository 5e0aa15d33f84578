import { describe, expect, it } from 'vitest'
import type { Credential } from '@/api/types'
import { needsOf, quotaLeft } from './needs'

const NOW = 1_785_000_000_000
const SOON = NOW / 1000 + 3600
const LATER = NOW / 1000 + 30 * 24 * 3600

const ready: Credential = { id: 'a', name: 'Ada', state: 'ready', has_refresh_token: true, expires_at: SOON }

const words = (...credentials: Credential[]) =>
  needsOf(credentials, new Map(), null, NOW).map((it) => `${it.name ?? ''} ${it.word}`.trim())

describe('what needs its owner', () => {
  it('is nothing while accounts are ready and renew themselves', () => {
    expect(words(ready)).toEqual([])
  })

  it('is a sign-in for what is signed out, before everything that can wait', () => {
    const quotaGone: Credential = {
      ...ready,
      name: 'Bob',
      state: 'cooling_down',
      reason: 'insufficient_quota',
    }
    expect(words(ready, quotaGone, { ...ready, state: 'needs_login' })).toEqual([
      'Ada login',
      'Bob quotaGone',
    ])
  })

  it('is a sign-in before an account that cannot renew itself ends', () => {
    expect(words({ ...ready, has_refresh_token: false })).toEqual(['Ada endsSoon'])
    expect(words({ ...ready, has_refresh_token: false, expires_at: LATER })).toEqual([])
  })

  it('is told when every account rests, but not for a single one that comes back by itself', () => {
    const resting: Credential = {
      ...ready,
      state: 'cooling_down',
      reason: 'rate_limit_exceeded',
      until: SOON,
    }
    expect(words(ready, resting)).toEqual([])
    expect(words(resting)).toEqual(['allResting'])
    expect(words(resting, { ...ready, state: 'disabled' })).toEqual(['allResting'])
  })

  it('leaves accounts alone that are switched off, as long as another one answers', () => {
    const off: Credential = { ...ready, state: 'disabled', refresh: 'refused' }
    expect(words(ready, off)).toEqual([])
    expect(words(off)).toEqual(['allOff'])
  })

  it('is told when no account is ready, whatever the reason, but not while one renews itself', () => {
    const off: Credential = { ...ready, state: 'disabled' }
    expect(words(off, { ...ready, state: 'dancing' })).toEqual(['noneReady'])
    expect(words(off, { ...ready, state: 'expired' })).toEqual([])
  })

  it('believes no end before the time of computers', () => {
    expect(words({ ...ready, has_refresh_token: false, expires_at: -1 })).toEqual([])
  })

  it('is a quota that goes to its end', () => {
    const quotas = new Map([['a', { total: 100, remaining: 15 }]])
    expect(needsOf([ready], quotas, null, NOW).map((it) => it.word)).toEqual(['quotaLow'])
  })

  it('is what is wrong with the settings, in the words of the service', () => {
    const needs = needsOf([], new Map(), { trouble: ['line 3: no'], awaiting_restart: ['PORT'] }, NOW)
    expect(needs.map((it) => [it.level, it.word, it.text ?? it.name])).toEqual([
      ['bad', 'config', 'line 3: no'],
      ['warn', 'restart', '1'],
    ])
  })
})

describe('what is left of a quota', () => {
  it.each([
    [null, null],
    [{}, null],
    [{ total: 0, remaining: 0 }, null],
    [{ total: 100, remaining: 0 }, 0],
    [{ total: 100, remaining: -5 }, 0],
    [{ total: 100, remaining: 130 }, 1],
    [{ total: 500, remaining: 360 }, 0.72],
  ])('of %o is %s', (quota, left) => {
    expect(quotaLeft(quota)).toBe(left)
  })
})
