import { describe, expect, it } from 'vitest'
import { compact, duration, exact, percent, UNKNOWN } from './numbers'

describe('numbers', () => {
  it.each([null, undefined, Number.NaN, Number.POSITIVE_INFINITY])(
    'shows a dash, never a zero, for %s',
    (value) => {
      expect(exact(value, 'en')).toBe(UNKNOWN)
      expect(compact(value, 'en')).toBe(UNKNOWN)
      expect(duration(value, 'en')).toBe(UNKNOWN)
      expect(percent(value, 10, 'en')).toBe(UNKNOWN)
    },
  )

  it('does not round to nothing what is small', () => {
    expect(exact(0.00237, 'en')).toBe('0.0024')
    expect(exact(0, 'en')).toBe('0')
    expect(exact(0.125, 'en')).toBe('0.13')
  })

  it('shortens large numbers in the way of the language', () => {
    expect(compact(9_999, 'en')).toBe('9,999')
    expect(compact(8_123_456, 'en')).toBe('8.12M')
    expect(compact(8_123_456, 'zh-CN')).toBe('812 万')
  })

  it('has no part of nothing', () => {
    expect(percent(0, 0, 'en')).toBe(UNKNOWN)
    expect(percent(1243, 1284, 'en')).toBe('96.8%')
  })

  it.each([
    [0, '0 ms'],
    [812.4, '812 ms'],
    [8_123, '8.1 s'],
    [59_949, '59.9 s'],
    [59_950, '1 min 00 s'],
    [125_400, '2 min 05 s'],
    [-1, UNKNOWN],
  ])('writes %d ms as %s', (ms, text) => {
    expect(duration(ms, 'en')).toBe(text)
  })
})
