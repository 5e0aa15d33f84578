import { describe, expect, it } from 'vitest'
import { entriesOf, namedOf } from './lists'

describe('lists of the service', () => {
  it.each([null, undefined, {}, 'list', 7])('are empty when they are %o', (odd) => {
    expect(entriesOf(odd as never)).toEqual([])
  })

  it('lose what is no object, or has no name', () => {
    const odd = [null, 1, [], { id: 'a' }, { id: '' }, { id: 3 }, {}] as { id: string }[]
    expect(entriesOf(odd)).toEqual([{ id: 'a' }, { id: '' }, { id: 3 }, {}])
    expect(namedOf(odd)).toEqual([{ id: 'a' }])
  })
})
