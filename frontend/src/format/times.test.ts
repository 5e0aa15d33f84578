import { describe, expect, it } from 'vitest'
import { clock, countdown, date, relative } from './times'

const NOW = Date.UTC(2026, 10, 22, 12)
const MINUTE = 60_000

describe('times', () => {
  it('tells near moments by their distance', () => {
    expect(relative(NOW - 3 * MINUTE, NOW, 'en')).toMatch(/^3 min\.? ago$/)
    expect(relative(NOW + 120 * MINUTE, NOW, 'en')).toMatch(/^in 2 hr\.?$/)
    expect(relative(NOW - 3 * MINUTE, NOW, 'zh-CN')).toBe('3 分钟前')
  })

  it('tells far moments by their date', () => {
    expect(relative(NOW - 48 * 60 * MINUTE, NOW, 'en-GB')).toBe(date(NOW - 48 * 60 * MINUTE, 'en-GB'))
  })

  it.each([null, undefined, Number.NaN, 1e300])('shows a dash for the moment %s', (moment) => {
    expect(relative(moment, NOW, 'en')).toBe('–')
    expect(date(moment, 'en')).toBe('–')
    expect(clock(moment, 'en')).toBe('–')
  })

  it.each([
    [-5, '00:00'],
    [1, '00:01'],
    [581_000, '09:41'],
    [4_181_000, '1:09:41'],
    [8 * 24 * 60 * MINUTE, '8 days'],
  ])('counts %d ms down as %s', (ms, text) => {
    expect(countdown(ms, 'en')).toBe(text)
  })

  it('sets Chinese with spaces between digits and words', () => {
    const noon = new Date(2026, 11, 1, 12, 0, 7).getTime()
    expect(countdown(8 * 24 * 60 * MINUTE, 'zh-CN')).toBe('8 天')
    expect(date(noon, 'zh-CN')).toBe('2026 年 12 月 1 日 12:00')
    expect(date(noon, 'zh-CN', true)).toBe('2026 年 12 月 1 日 12:00:07')
    expect(date(noon, 'en-GB')).toMatch(/^1 Dec 2026,? 12:00$/)
  })
})
