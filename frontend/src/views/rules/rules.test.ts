import { describe, expect, it } from 'vitest'
import { ApiFailure } from '@/api/failure'
import { moved, ruleProblem, takenBy } from './ruleCheck'
import { previewOf, refusedRule } from './usePreview'
import { wordDiff } from './wordDiff'

const rule = (from: string, to = 'x') => ({ from, to })

describe('ruleProblem', () => {
  it.each([
    [rule(''), 'empty'],
    [rule('a'.repeat(501)), 'long'],
    [rule('a', 'b'.repeat(501)), 'long'],
    [rule('a\nb'), 'line'],
    [rule('`a`'), 'backtick'],
    [rule('\ud83d'), 'half'],
    [rule('a', '\ude00'), 'half'],
    [rule('😀', '😀'), null],
    [rule('/(/'), null],
    [rule('a', ''), null],
  ])('of %j is %s', (it, problem) => {
    expect(ruleProblem(it)).toBe(problem)
  })
})

describe('takenBy', () => {
  it('finds the earlier rule that leaves nothing', () => {
    const rules = [rule('x', 'y'), rule('Claude', 'CodeBuddy'), rule('Claude Code')]
    expect(takenBy(rules, 2)).toBe(1)
    expect(takenBy(rules, 1)).toBeNull()
  })

  it('knows that an earlier rule may leave or make the text', () => {
    expect(takenBy([rule('a', 'aa'), rule('a')], 1)).toBeNull()
    expect(takenBy([rule('b', 'c'), rule('a')], 1)).toBeNull()
  })
})

describe('moved', () => {
  it('puts one item at another place and stops at the ends', () => {
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
    expect(moved(['a', 'b', 'c'], 2, 9)).toEqual(['a', 'b', 'c'])
    expect(moved(['a', 'b', 'c'], 9, 0)).toEqual(['a', 'b', 'c'])
  })
})

describe('a preview', () => {
  it('tells the hits of the rules that were tried, at their own places', () => {
    const preview = previewOf('a', { text: 'b', hits: [1, 2], changed: true }, 3, [0, 2])
    expect(preview).toEqual({ before: 'a', after: 'b', changed: true, hits: [1, null, 2] })
  })

  it('survives an answer without anything', () => {
    expect(previewOf('a', {}, 1, [0])).toEqual({ before: 'a', after: 'a', changed: false, hits: [null] })
  })

  it('knows which rule a refusal is about', () => {
    expect(refusedRule(new ApiFailure(422, 'invalid_value', 'no', 'rules[3].from'))).toBe(3)
    expect(refusedRule(new ApiFailure(422, 'invalid_value', 'rules[1].to: no'))).toBe(1)
    expect(refusedRule(new ApiFailure(500, 'x', 'rules[1]'))).toBeNull()
    expect(refusedRule(new Error('rules[1]'))).toBeNull()
  })
})

describe('wordDiff', () => {
  const marked = (before: string, after: string) => {
    const diff = wordDiff(before, after)
    const of = (pieces: { text: string; marked: boolean }[]) =>
      pieces.filter((it) => it.marked).map((it) => it.text)
    expect(diff.before.map((it) => it.text).join('')).toBe(before)
    expect(diff.after.map((it) => it.text).join('')).toBe(after)
    return [of(diff.before), of(diff.after)]
  }

  it('marks what was replaced and nothing else', () => {
    expect(marked('I am Claude, from A.', 'I am CodeBuddy, from B.')).toEqual([
      ['Claude', 'A'],
      ['CodeBuddy', 'B'],
    ])
    expect(marked('same', 'same')).toEqual([[], []])
    expect(marked('我是克劳德。', '我是助手。')).toEqual([['克劳德'], ['助手']])
    expect(marked('', 'new')).toEqual([[], ['new']])
    expect(marked('a b c', 'a c')[1]).toEqual([])
  })

  it('gives both texts back whatever they are', () => {
    let seed = 7
    const next = (n: number) => (seed = (seed * 48271) % 2147483647) % n
    for (let i = 0; i < 300; i++) {
      const text = () => Array.from({ length: next(20) }, () => 'ab .😀字'.at(next(6))).join('')
      marked(text(), text())
    }
  })

  it('does not lose itself in texts that have little in common', () => {
    const many = (word: string) => Array.from({ length: 5000 }, (_, i) => `${word}${i}`).join(' ')
    marked(many('a'), many('b'))
  })
})
