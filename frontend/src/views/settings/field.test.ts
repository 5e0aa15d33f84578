import { describe, expect, it } from 'vitest'
import type { Settings } from '@/api/types'
import {
  aliasesText,
  bytesOf,
  fieldsOf,
  GROUPS,
  millisOf,
  passwordText,
  sameText,
  textOf,
  valueOf,
  type FieldType,
} from './field'

const described = (schema: Settings['schema'], settings: Settings['settings'] = {}) =>
  fieldsOf({ schema, settings })

describe('fieldsOf', () => {
  it('takes the group that the service names', () => {
    expect(described([{ name: 'CODEBUDDY_HOST', group: 'logging' }])[0]?.group).toBe('logging')
  })

  it('puts a group that the page does not know among the others', () => {
    expect(described([{ name: 'CODEBUDDY_HOST', group: 'brand_new' }])[0]?.group).toBe('other')
  })

  it.each([
    ['CODEBUDDY_PORT', 'server'],
    ['CODEBUDDY_OAUTH_MAX_PENDING', 'accounts'],
    ['CODEBUDDY_ALIASES', 'models'],
    ['CODEBUDDY_LIMITS_MAX_BODY', 'requests'],
    ['CODEBUDDY_KEYWORD_REPLACER_RULES', 'keywords'],
    ['CODEBUDDY_LOG_LEVEL', 'logging'],
    ['CODEBUDDY_CLIENT_VERSION', 'client'],
    ['CODEBUDDY_FROM_THE_FUTURE', 'other'],
  ])('groups %s by its name without a description', (name, group) => {
    expect(described([{ name }])[0]?.group).toBe(group)
    expect(GROUPS).toContain(group)
  })

  it('locks what is sensitive unless the file allows it', () => {
    const schema = [{ name: 'CODEBUDDY_PORT', sensitive: true }]
    const allowed = { CODEBUDDY_SETTINGS_ALLOW_SENSITIVE: true, CODEBUDDY_PORT: 1 }
    expect(described(schema, { CODEBUDDY_PORT: 1 })[0]?.locked).toBe(true)
    expect(described(schema, allowed)[0]?.locked).toBe(false)
  })

  it('reads the limits of a number from its hint, or from the description', () => {
    const hinted = { name: 'A', type: 'integer', hint: 'A whole number from 1 to 65535.' }
    expect(described([hinted])[0]).toMatchObject({ min: 1, max: 65535 })
    expect(described([{ ...hinted, min: 0, max: 9 }])[0]).toMatchObject({ min: 0, max: 9 })
  })

  it('survives an answer without anything, and values of the wrong kind', () => {
    expect(fieldsOf(undefined)).toEqual([])
    expect(fieldsOf({ settings: { A: 1 } })).toMatchObject([{ name: 'A', type: 'text', text: '1' }])
    const odd = described([{ name: 'A', type: 'hologram', options: null, default: null }, { name: 'B' }], {
      A: { deep: true },
      B: null,
    })
    expect(odd).toMatchObject([
      { type: 'text', text: '{"deep":true}', standard: null },
      { type: 'text', text: null },
    ])
  })

  it('never holds a secret, only that there is one', () => {
    const [field] = described([{ name: 'P', type: 'secret', default: '' }], { P: '********' })
    expect(field).toMatchObject({ text: '', isSet: true, standard: null })
  })
})

describe('a text', () => {
  it.each<[FieldType, unknown, string, unknown]>([
    ['flag', true, 'true', true],
    ['integer', 8001, '8001', '8001'],
    ['list', 'a, b,,c', 'a\nb\nc', ['a', 'b', 'c']],
    ['list', '["a,b","c"]', 'a,b\nc', ['a,b', 'c']],
    ['list', ['x'], 'x', ['x']],
    ['rules', [{ from: 'a', to: 'b' }], '[{"from":"a","to":"b"}]', [{ from: 'a', to: 'b' }]],
    ['rules', '[{"from":"a","to":"b"}]', '[{"from":"a","to":"b"}]', [{ from: 'a', to: 'b' }]],
    ['aliases', { fast: 'glm' }, '[["fast","glm"]]', { fast: 'glm' }],
    ['aliases', '{}', '[]', {}],
    ['text', 'as it is ', 'as it is ', 'as it is '],
  ])('of type %s goes to and fro', (type, value, text, back) => {
    expect(textOf(type, value as never)).toBe(text)
    expect(valueOf(type, text)).toEqual(back)
  })

  it('sends the new password and nothing of its repetition', () => {
    expect(valueOf('secret', passwordText('one', 'two'))).toBe('one')
    expect(passwordText('', '')).toBe('')
  })

  it.each<[FieldType, string, string, boolean]>([
    ['duration', '60m', '1h', true],
    ['duration', '24h', '1d', true],
    ['duration', '90', '90s', true],
    ['duration', '1h', '2h', false],
    ['size', '16 MiB', '16384 KiB', true],
    ['size', '10 MB', '10 MiB', false],
    ['integer', ' 8 ', '8', true],
    ['list', 'a\n\n b', 'a\nb', true],
    ['list', 'a\nb', 'b\na', false],
    [
      'aliases',
      aliasesText([
        ['a', 'b'],
        ['', ''],
      ]),
      aliasesText([['a', 'b']]),
      true,
    ],
    ['text', 'a ', 'a', false],
    ['duration', 'soon', 'later', false],
  ])('%s: %j means the same as %j: %s', (type, one, other, same) => {
    expect(sameText(type, one, other)).toBe(same)
  })

  it('knows no length and no size in what is neither', () => {
    expect(millisOf('10 parsecs')).toBeNull()
    expect(bytesOf('large')).toBeNull()
  })
})
