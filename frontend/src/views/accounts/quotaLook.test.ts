import { describe, expect, it } from 'vitest'
import { quotaLook } from './quotaLook'

const NOW = 10_000_000_000

describe('a quota', () => {
  it('is measured, with its part', () => {
    expect(quotaLook({ total: 500, remaining: 360, checked_at: NOW / 1000, resets_at: 12 }, NOW)).toEqual({
      kind: 'measured',
      left: 0.72,
      remaining: 360,
      total: 500,
      checkedAtMs: NOW,
      resetsAtMs: 12_000,
    })
  })

  it('is stale once it was looked at long ago, or could not be looked at again', () => {
    expect(quotaLook({ total: 5, remaining: 1, checked_at: NOW / 1000 - 3600 }, NOW).kind).toBe('stale')
    expect(quotaLook({ total: 5, remaining: 1 }, NOW, true).kind).toBe('stale')
  })

  it('is used up, which is not the same as never granted or not known', () => {
    expect(quotaLook({ total: 5, remaining: 0 }, NOW).kind).toBe('zero')
    expect(quotaLook({ total: 0, remaining: 0 }, NOW).kind).toBe('none')
    for (const odd of [
      null,
      undefined,
      {},
      { total: 5 },
      { total: -1, remaining: 0 },
      { total: 5, remaining: -2 },
    ]) {
      expect(quotaLook(odd, NOW).kind).toBe('unknown')
    }
  })

  it('is never more than all', () => {
    expect(quotaLook({ total: 5, remaining: 9 }, NOW).left).toBe(1)
    expect(quotaLook({ total: 0, remaining: 9 }, NOW).left).toBe(1)
  })
})
