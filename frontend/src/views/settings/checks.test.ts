import { describe, expect, it } from 'vitest'
import { problemOf } from './checks'
import { differenceOf } from './difference'
import { aliasesText, fieldsOf, passwordText, rulesText, type Field, type FieldType } from './field'

const field = (type: FieldType, hint = ''): Field =>
  fieldsOf({ settings: { A: '' }, schema: [{ name: 'A', type, hint }] })[0] as Field
const key = (it: Field, text: string, host = '127.0.0.1') => problemOf(it, text, host)?.key ?? null

describe('problemOf', () => {
  it('keeps numbers within their limits', () => {
    const port = field('integer', 'A whole number from 1 to 65535.')
    expect(['1', '65535', ' 80 '].map((it) => key(port, it))).toEqual([null, null, null])
    expect(['', '0', '65536', '1.5', '-1', 'x'].map((it) => key(port, it))).toEqual(
      Array.from({ length: 6 }, () => 'between'),
    )
    expect(key(field('integer'), 'x')).toBe('whole')
  })

  it('lets the service judge every length and size but none at all', () => {
    expect(key(field('duration'), 'two weeks')).toBeNull()
    expect(key(field('size'), ' ')).toBe('empty')
  })

  it('asks for the password twice, and for a long one where others can connect', () => {
    const password = field('secret')
    expect(key(password, passwordText('', 'x'))).toBe('passwordEmpty')
    expect(key(password, passwordText('one', 'two'))).toBe('passwordTwice')
    expect(key(password, passwordText('short', 'short'))).toBeNull()
    expect(key(password, passwordText('short', 'short'), '0.0.0.0')).toBe('passwordShort')
    expect(key(password, passwordText('long-enough-now', 'long-enough-now'), '0.0.0.0')).toBeNull()
  })

  it('finds an alias that is there twice or half', () => {
    const aliases = field('aliases')
    expect(
      key(
        aliases,
        aliasesText([
          ['a', 'x'],
          ['a ', 'y'],
        ]),
      ),
    ).toBe('aliasTwice')
    expect(key(aliases, aliasesText([['a', '']]))).toBe('aliasHalf')
    expect(
      key(
        aliases,
        aliasesText([
          ['a', 'x'],
          ['', ''],
        ]),
      ),
    ).toBeNull()
  })

  it('names the rule that cannot be used', () => {
    const text = rulesText([
      { from: 'a', to: 'b' },
      { from: '', to: 'b' },
    ])
    expect(problemOf(field('rules'), text, '')).toEqual({ key: 'rule', values: { n: 2 } })
  })
})

describe('differenceOf', () => {
  it('never shows a secret', () => {
    const shown = JSON.stringify(differenceOf('secret', '', passwordText('hunter2', 'hunter2')))
    expect(shown).not.toContain('hunter2')
  })

  it('lists what went and what came', () => {
    expect(differenceOf('list', 'a\nb', 'b\nc').lines).toEqual([
      { sign: '-', text: 'a' },
      { sign: '+', text: 'c' },
    ])
  })

  it('shows a new order as such', () => {
    expect(differenceOf('list', 'a\nb', 'b\na')).toMatchObject({
      reordered: true,
      lines: [{ text: 'b' }, { text: 'a' }],
    })
  })

  it('counts what is there twice', () => {
    expect(differenceOf('list', 'a\na', 'a').lines).toEqual([{ sign: '-', text: 'a' }])
  })
})
