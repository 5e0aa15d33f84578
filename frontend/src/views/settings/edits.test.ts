import { describe, expect, it } from 'vitest'
import { changedElsewhere, changesOf, edited, keptMine, settled, shown, type Edits } from './edits'
import { fieldsOf, type Field } from './field'

const fields = (count: number | string, level = 'INFO'): Field[] =>
  fieldsOf({
    settings: { COUNT: count, LEVEL: level },
    schema: [
      { name: 'COUNT', type: 'integer' },
      { name: 'LEVEL', type: 'choice', options: ['INFO', 'DEBUG'] },
    ],
  })
const [count, level] = fields(1) as [Field, Field]
const [countElsewhere] = fields(5) as [Field, Field]

describe('edits', () => {
  it('hold what was typed until it is typed back', () => {
    const once = edited({}, count, '2')
    expect(shown(once, count)).toBe('2')
    expect(changesOf(once, fields(1))).toMatchObject([{ from: '1', to: '2', conflict: false }])
    expect(edited(once, count, '1')).toEqual({})
  })

  it('are no change as long as they mean what is set, but stay as they are typed', () => {
    const typing = edited({}, count, '1 ')
    expect(shown(typing, count)).toBe('1 ')
    expect(changesOf(typing, fields(1))).toEqual([])
    expect(settled(typing, fields(1, 'DEBUG'))).toBe(typing)
  })

  it('stay when somebody else changes another setting', () => {
    const mine = edited({}, count, '2')
    const now = fields(1, 'DEBUG')
    expect(settled(mine, now)).toBe(mine)
    expect(changesOf(mine, now)).toMatchObject([{ conflict: false }])
    expect(changedElsewhere(fields(1), now, mine)).toMatchObject([{ from: 'INFO', to: 'DEBUG' }])
  })

  it('are in conflict when somebody else changes the same setting to something else', () => {
    const mine = edited({}, count, '2')
    expect(changesOf(mine, fields(5))).toMatchObject([{ from: '5', to: '2', conflict: true }])
    expect(changedElsewhere(fields(1), fields(5), mine)).toEqual([])
  })

  it('are still in conflict after more typing: only a decision ends it', () => {
    const more = edited(edited({}, count, '2'), countElsewhere, '3')
    expect(changesOf(more, fields(5))).toMatchObject([{ to: '3', conflict: true }])
    const kept = keptMine(more, countElsewhere)
    expect(changesOf(kept, fields(5))).toMatchObject([{ from: '5', to: '3', conflict: false }])
  })

  it('are over when somebody else made the same change, or the setting is gone or locked', () => {
    const mine: Edits = edited(edited({}, count, '2'), level, 'DEBUG')
    expect(settled(mine, fields(2))).toEqual({ LEVEL: { base: 'INFO', mine: 'DEBUG' } })
    expect(settled(mine, [])).toEqual({})
    expect(settled(mine, [{ ...count, locked: true }, level])).not.toHaveProperty('COUNT')
  })
})
