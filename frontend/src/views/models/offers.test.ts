import { describe, expect, it } from 'vitest'
import { matching, offersOf } from './offers'

const CREDENTIALS = [
  { id: 'a', name: 'Ada' },
  { id: 'b', name: 'Bob' },
]
const OVERVIEW = {
  models: [
    { id: 'glm-5.2', credentials: ['a', 'b'] },
    { id: 'kimi-k3', credentials: ['b', 'gone-account'] },
    { id: 'x' },
  ],
  credentials: [{ id: 'a', state: 'known' }],
  unlisted: ['old-model'],
}

describe('the models on offer', () => {
  const offers = offersOf(OVERVIEW, CREDENTIALS, { 'glm-5.2': { requests: 3 } })

  it('name the accounts that serve them, also one that is gone', () => {
    expect(offers.map((it) => it.servedBy)).toEqual([['Ada', 'Bob'], ['Bob', 'gone-acc'], [], null])
  })

  it('say nothing of accounts as long as none told', () => {
    const silent = offersOf({ models: [{ id: 'x' }], credentials: [{ id: 'a', state: 'unknown' }] }, [], null)
    expect(silent[0]?.servedBy).toBeNull()
  })

  it('end with those that the list leaves out', () => {
    expect(offers.at(-1)).toMatchObject({ model: { id: 'old-model' }, unlisted: true })
  })

  it('are found by id and by account', () => {
    expect(matching(offers, ' KIMI ').map((it) => it.model.id)).toEqual(['kimi-k3'])
    expect(matching(offers, 'ada').map((it) => it.model.id)).toEqual(['glm-5.2'])
    expect(matching(offers, '')).toHaveLength(4)
  })
})
