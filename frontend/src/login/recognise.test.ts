import { describe, expect, it } from 'vitest'
import { recognise } from './recognise'

const encoded = (claims: unknown) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(claims))))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')

describe('what somebody pasted', () => {
  it('is a token, with or without the words around it', () => {
    for (const text of [
      'fake-token-1',
      ' Bearer fake-token-1\n',
      'Authorization: Bearer fake-token-1',
      '"fake-token-1"',
    ]) {
      expect(recognise(text)).toEqual({ kind: 'token', token: 'fake-token-1', who: null, endsAt: null })
    }
  })

  it('tells whose token it is and when it ends, if the token does', () => {
    const text = `h.${encoded({ preferred_username: '林', exp: 1_800_000_000 })}.s`
    expect(recognise(text)).toMatchObject({ kind: 'token', who: '林', endsAt: 1_800_000_000_000 })
    expect(recognise('h.!!!!.sig')).toMatchObject({ kind: 'token', who: null })
  })

  it("is this service's own file", () => {
    const content = {
      bearer_token: 'fake',
      refresh_token: 'fake-too',
      created_at: 1000,
      expires_in: 60,
      user_id: 'li',
    }
    expect(recognise(JSON.stringify(content))).toEqual({
      kind: 'file',
      content,
      who: 'li',
      endsAt: 1_060_000,
      renewable: true,
    })
  })

  it("is the official client's file, nested or dotted", () => {
    const nested = {
      auth: { accessToken: 'fake', expiresAt: 1_800_000_000_000 },
      account: { nickname: 'Ada', uid: 'u' },
    }
    expect(recognise(JSON.stringify(nested))).toMatchObject({
      kind: 'file',
      who: 'Ada',
      endsAt: 1_800_000_000_000,
      renewable: false,
    })
    const dotted = { 'auth.accessToken': 'fake', 'auth.refreshToken': 'fake' }
    expect(recognise(JSON.stringify(dotted))).toMatchObject({ kind: 'file', renewable: true })
  })

  it('is nothing to be used, and why', () => {
    const reasons = [
      ['  ', 'empty'],
      ['a b', 'not_token'],
      ['短', 'not_token'],
      ['x'.repeat(20_000), 'too_long'],
      ['{"a": ', 'not_json'],
      ['{"user_id": "li"}', 'no_token'],
      ['{"auth": {"$wbEncrypted": "x"}}', 'encrypted'],
      ['{"bearer_token": 5}', 'no_token'],
    ]
    for (const [text, reason] of reasons) expect(recognise(text ?? '')).toEqual({ kind: 'problem', reason })
  })
})
