import { describe, expect, it } from 'vitest'
import type { GatewayRequest } from '@/api/types'
import { filterOf, isEmpty, matches, queryOf } from './filters'
import { held } from './holding'
import { badgeOf, credentialsOf, durationOf, outcomeOf, retriesOf, tokensOf } from './reading'
import { timeline } from './timeline'

const retried: GatewayRequest = {
  id: 'req_1',
  model: 'glm-5.2',
  state: 'ended',
  outcome: 'ok',
  status: 200,
  credential: 'l',
  first_chunk_ms: 640,
  duration_ms: 1500,
  prompt_tokens: 10,
  attempts: [
    {
      credential: 'a',
      at_ms: 2,
      code: 'rate_limit_exceeded',
      considered: [
        { credential: 'a', name: 'Ada', standing: 'chosen' },
        { credential: 'b', name: 'Bob', standing: 'cooling_down', until: 100, code: 'insufficient_quota' },
        { credential: 'x', standing: 'of a newer service' },
      ],
    },
    { credential: 'l', at_ms: 320, considered: [{ credential: 'l', name: 'Lin', standing: 'chosen' }] },
  ],
}
const nameOf = (id: string, otherwise?: string) => otherwise ?? `<${id}>`
const EVERYTHING_ODD: GatewayRequest = {
  id: 'odd',
  model: null,
  state: 'new state',
  outcome: 'new outcome',
  status: -1,
  duration_ms: -5,
  prompt_tokens: Number.NaN,
  started_at_ms: null,
  attempts: [{}, { considered: null, at_ms: -1 }],
}

describe('what a request says', () => {
  it('is a state of its own while it runs, whatever else it says', () => {
    expect(outcomeOf({ id: 'a', state: 'waiting', outcome: 'ok' })).toBe('running')
    expect(badgeOf('running')).toBe('working')
    expect(outcomeOf({ id: 'a', state: 'ended', outcome: 'cut' })).toBe('cut')
  })

  it('is unknown where it is odd or missing, and never a zero', () => {
    expect(outcomeOf(EVERYTHING_ODD)).toBe('unknown')
    expect(tokensOf(EVERYTHING_ODD)).toBeNull()
    expect(durationOf(EVERYTHING_ODD, 1)).toBeNull()
    expect(credentialsOf(EVERYTHING_ODD)).toEqual([])
    expect(retriesOf(EVERYTHING_ODD)).toBe(0)
    expect(timeline(EVERYTHING_ODD, nameOf).map((it) => it.atMs)).toEqual([0, null, null, null])
    expect(tokensOf({ id: 'a', completion_tokens: 0 })).toBe(0)
  })

  it('names the accounts in the order they were tried', () => {
    expect(credentialsOf(retried)).toEqual(['a', 'l'])
    expect(retriesOf(retried)).toBe(1)
    expect(credentialsOf({ id: 'a', credential: 'l' })).toEqual(['l'])
  })

  it('counts up in whole seconds while it runs, and never backwards', () => {
    const running: GatewayRequest = { id: 'a', state: 'streaming', started_at_ms: 1000, duration_ms: 5 }
    expect(durationOf(running, 4999)).toBe(3000)
    expect(durationOf(running, 500)).toBe(0)
  })
})

describe('the timeline', () => {
  it('shows one request with each try in order', () => {
    expect(timeline(retried, nameOf).map((it) => [it.kind, it.atMs])).toEqual([
      ['received', 0],
      ['attempt', 2],
      ['attempt', 320],
      ['first', 640],
      ['ended', 1500],
    ])
  })

  it('says why each account was or was not taken', () => {
    const first = timeline(retried, nameOf)[1]
    expect(first).toMatchObject({
      account: 'Ada',
      again: false,
      code: 'rate_limit_exceeded',
      looks: [
        { name: 'Ada', standing: 'chosen' },
        { name: 'Bob', standing: 'cooling_until', untilMs: 100_000, code: 'insufficient_quota' },
        { name: '<x>', standing: 'unknown' },
      ],
    })
    expect(timeline(retried, nameOf)[2]).toMatchObject({ account: 'Lin', again: true, code: null })
  })

  it('says of a chosen account what is found out by choosing it, and of the others that it is', () => {
    const probing: GatewayRequest = {
      id: 'p',
      attempts: [
        {
          considered: [
            { credential: 'a', standing: 'chosen', code: 'insufficient_quota' },
            { credential: 'b', standing: 'probed', until: 100, code: 'rate_limit_exceeded' },
          ],
        },
      ],
    }
    const attempt = timeline(probing, nameOf)[1]
    expect(attempt?.kind === 'attempt' && attempt.looks.map((it) => it.standing)).toEqual([
      'chosen_probe',
      'probed',
    ])
  })

  it('has no end while it runs', () => {
    const steps = timeline({ ...retried, state: 'streaming' }, nameOf)
    expect(steps.at(-1)?.kind).toBe('first')
  })
})

describe('the filter', () => {
  const finds = (filter: Parameters<typeof queryOf>[0]) => matches(retried, filter, () => 'Ada')
  const none = filterOf({})

  it('survives the way through the address, and leaves the rest of it alone', () => {
    const filter = { text: 'a b', outcome: 'cut', account: 'x', model: 'm' }
    expect(filterOf(queryOf(filter, { other: '1' }))).toEqual(filter)
    expect(queryOf(none, { q: 'x', other: '1' })).toEqual({ other: '1' })
  })

  it('takes nothing odd from an address', () => {
    expect(isEmpty(filterOf({ q: ['a', 'b'], outcome: 'nonsense', model: null }))).toBe(true)
  })

  it('finds by text, whatever the case', () => {
    for (const text of ['', '  ', 'GLM', 'ada', 'REQ_1', '200'])
      expect(finds({ ...none, text }), text).toBe(true)
    expect(finds({ ...none, text: 'kimi' })).toBe(false)
  })

  it('finds by result, account and model', () => {
    expect(finds({ ...none, outcome: 'ok' })).toBe(true)
    expect(finds({ ...none, outcome: 'retried' })).toBe(true)
    expect(finds({ ...none, outcome: 'failed' })).toBe(false)
    expect(finds({ ...none, account: 'a' })).toBe(true)
    expect(finds({ ...none, account: 'z' })).toBe(false)
    expect(finds({ ...none, model: 'glm' })).toBe(false)
  })
})

describe('rows that are held', () => {
  const row = (id: string, outcome = 'ok'): GatewayRequest => ({ id, outcome })

  it('stay where they are, say what is true now, and count what waits', () => {
    const all = [row('new'), row('b', 'failed')]
    const { rows, waiting } = held([row('b', 'ok'), row('dropped')], all, all)
    expect(rows).toEqual([row('b', 'failed'), row('dropped')])
    expect(waiting).toBe(1)
  })

  it('stay also when they no longer match', () => {
    expect(held([row('a')], [row('a', 'failed')], []).rows).toEqual([row('a', 'failed')])
  })
})
