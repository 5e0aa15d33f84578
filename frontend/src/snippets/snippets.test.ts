import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { curlCall, KEY_PLACE, nodeCall, pythonCall, snippets, type ChatCall } from '.'
import { javascript, python, shellWord } from './quoting'

const BASE = 'http://127.0.0.1:8001/v1'
const AWKWARD = [
  `it's "quoted" and \`ticked\``,
  'two\nlines\r\nand a tab\t',
  '$HOME $(id) ${x} !! \\ \\n %s ; & | > <',
  '你好，世界 😀 \u2028 \u2029 \u0000 \u007f',
  '',
  "'",
  "''\\''",
  '\ud800',
]

/** What a shell makes of the words of a command. */
function wordsOf(command: string): string[] {
  const out = execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${command}`], { encoding: 'utf8' })
  return out.split('\0').slice(0, -1)
}

const call = (content: string, stream = true): ChatCall => ({
  model: 'glm-5.2',
  stream,
  messages: [{ role: 'user', content }],
})

describe('a curl command', () => {
  it.each(AWKWARD)('sends exactly what was written: %j', (text) => {
    const words = wordsOf(curlCall(BASE, call(text)))
    const body: unknown = JSON.parse(words[words.indexOf('-d') + 1] ?? '')
    expect(body).toEqual(call(text))
  })

  it('runs as one command, with address and headers', () => {
    expect(wordsOf(curlCall(BASE, call('Hi'))).slice(0, 6)).toEqual([
      '-N',
      `${BASE}/chat/completions`,
      '-H',
      `Authorization: Bearer ${KEY_PLACE}`,
      '-H',
      'Content-Type: application/json',
    ])
  })

  it('does not ask curl for a stream when none is wanted', () => {
    expect(wordsOf(curlCall(BASE, call('Hi', false)))).not.toContain('-N')
  })
})

describe('a shell word', () => {
  it.each(AWKWARD.filter((it) => !it.includes('\u0000') && !it.includes('\ud800')))(
    'is read as it was: %j',
    (text) => {
      expect(wordsOf(`curl ${shellWord(text)}`)).toEqual([text])
    },
  )
})

describe('program text', () => {
  it.each(AWKWARD)('in JavaScript is the value: %j', (text) => {
    const value = { text, list: [1, true, null], inner: { a: text } }
    // A program is made of it on purpose: that is what its reader does.
    expect(new Function(`return ${javascript(value, 4)}`)()).toEqual(value)
  })

  it('keeps a key that JavaScript would take for the prototype', () => {
    const value: unknown = JSON.parse('{"__proto__": 1}')
    const read = new Function(`return ${javascript(value)}`)() as object
    expect(Object.keys(read)).toEqual(['__proto__'])
  })

  it('in Python has its own words for true, false and nothing', () => {
    expect(python({ a: true, b: [false, null], c: [], d: {}, e: 1.5 })).toBe(
      '{\n    "a": True,\n    "b": [\n        False,\n        None,\n    ],\n    "c": [],\n    "d": {},\n    "e": 1.5,\n}',
    )
  })

  it('puts no raw line break into a string', () => {
    const lines = pythonCall(BASE, call('one\ntwo')).split('\n')
    expect(lines.some((line) => line.includes('"one\\ntwo"'))).toBe(true)
    expect(nodeCall(BASE, call('one\ntwo'))).toContain('"one\\ntwo"')
  })
})

describe('the samples', () => {
  it('hold the address, the model and a place for the password, and no other secret', () => {
    for (const { id, text } of snippets('https://gw.example/v1', "odd'model")) {
      expect(text, id).toContain('https://gw.example/v1')
      expect(text, id).toContain('odd')
      expect(text, id).toContain(KEY_PLACE)
    }
  })

  it('has valid JSON for OpenCode', () => {
    const text = snippets(BASE, 'glm-5.2').find((it) => it.id === 'opencode')?.text ?? ''
    expect(JSON.parse(text)).toMatchObject({ model: 'codebuddy2api/glm-5.2' })
  })
})
