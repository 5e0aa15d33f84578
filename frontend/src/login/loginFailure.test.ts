import { describe, expect, it } from 'vitest'
import { ApiFailure } from '@/api/failure'
import en from '@/locales/en/accounts'
import zh from '@/locales/zh-CN/accounts'
import { loginFailureWord } from './loginFailure'

const failure = (code: string, body: Record<string, unknown> = {}) =>
  new ApiFailure(400, code, 'said', null, null, null, body)

describe('why a sign-in ended', () => {
  it('is told by the reason of the refusal', () => {
    expect(loginFailureWord(failure('access_denied', { code: 'login_no_free_seat' }))).toBe(
      'login_no_free_seat',
    )
    expect(loginFailureWord(failure('access_denied', { code: 'brand_new' }))).toBe('login_refused')
    expect(loginFailureWord(failure('access_denied'))).toBe('login_refused')
  })

  it('is told by its code, and as it was said if that is unknown', () => {
    expect(loginFailureWord(failure('expired_token'))).toBe('expired_token')
    expect(loginFailureWord(failure('brand_new'))).toBe('other')
    expect(loginFailureWord(new TypeError('bug'))).toBe('other')
  })

  it('has a sentence and a next step in both languages', () => {
    const words = Object.keys(en.login.failed)
    expect(words.length).toBeGreaterThan(15)
    expect(Object.keys(zh.login.failed)).toEqual(words)
    for (const sentences of [...Object.values(en.login.failed), ...Object.values(zh.login.failed)]) {
      expect(sentences.what).toBeTruthy()
      expect(sentences.next).toBeTruthy()
    }
  })
})
