import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { useSession } from '@/stores/session'
import { useUnlocking } from './unlocking'

type Answer = { status: number; json?: unknown; headers?: Record<string, string> } | 'silence'
let answers: Answer[] = []
let asked: string[] = []
let scope: EffectScope

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  answers = []
  asked = []
  scope = effectScope()
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push(`${init.method} ${path}`)
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    if (!answer || answer === 'silence') throw new TypeError('no route')
    const body = answer.status === 204 ? null : JSON.stringify(answer.json ?? {})
    return new Response(body, { status: answer.status, headers: answer.headers ?? {} })
  })
})

afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

const OUT: Answer = { status: 200, json: { authenticated: false } }
const IN: Answer = { status: 200, json: { authenticated: true } }
const LOCKED: Answer = { status: 200, json: { authenticated: false, locked: 'password_not_configured' } }
const refused = (status: number, code: string, more = {}, headers = {}): Answer => ({
  status,
  json: { error: { code, message: code }, ...more },
  headers,
})

async function started(...given: Answer[]) {
  answers = given
  const session = useSession()
  const unlocking = scope.run(() => useUnlocking())
  if (!unlocking) throw new Error('no scope')
  await session.ask()
  return { session, unlocking }
}

test('the right password opens', async () => {
  const { session, unlocking } = await started(OUT, IN)
  await unlocking.unlock('open sesame please')
  expect(session.state).toBe('in')
  expect(unlocking.refusal.value).toBeNull()
})

test('a wrong one says how many tries are left', async () => {
  const { session, unlocking } = await started(OUT, refused(401, 'invalid_password', { tries_left: 4 }))
  await unlocking.unlock('wrong')
  expect(session.state).toBe('out')
  expect(unlocking.refusal.value).toEqual({ kind: 'wrong', triesLeft: 4 })
})

test('a number of tries that is none is not told', async () => {
  const { unlocking } = await started(OUT, refused(401, 'invalid_password', { tries_left: 'many' }))
  await unlocking.unlock('wrong')
  expect(unlocking.refusal.value).toEqual({ kind: 'wrong', triesLeft: null })
})

test('an empty one is not sent', async () => {
  const { unlocking } = await started(OUT)
  await unlocking.unlock('')
  expect(unlocking.refusal.value).toEqual({ kind: 'empty' })
  expect(asked).toEqual(['GET /api/session'])
})

test('too many tries are counted down, and then the field is open again', async () => {
  const { unlocking } = await started(OUT, refused(429, 'too_many_attempts', {}, { 'Retry-After': '20' }))
  await unlocking.unlock('wrong')
  expect(unlocking.isBlocked.value).toBe(true)
  await unlocking.unlock('again')
  expect(asked).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(19_000)
  expect(unlocking.isBlocked.value).toBe(true)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(unlocking.isBlocked.value).toBe(false)
})

test('a service that is away is asked again by itself', async () => {
  const { session } = await started('silence', 'silence', OUT)
  expect(session.state).toBe('offline')
  await vi.advanceTimersByTimeAsync(12_000)
  expect(session.state).toBe('out')
})

test('a locked service is asked again until it has a password', async () => {
  const { session } = await started(LOCKED, LOCKED, OUT)
  expect(session.state).toBe('locked')
  expect(session.locked).toBe('password_not_configured')
  await vi.advanceTimersByTimeAsync(9_000)
  expect(session.state).toBe('out')
})

test('a service that locks itself meanwhile says so instead of refusing the password', async () => {
  const { session, unlocking } = await started(OUT, refused(500, 'password_not_configured'), LOCKED)
  await unlocking.unlock('whatever it was')
  expect(session.state).toBe('locked')
})

test('silence is told at the field, which stays', async () => {
  const { session, unlocking } = await started(OUT, 'silence')
  await unlocking.unlock('whatever it was')
  expect(session.state).toBe('out')
  expect(unlocking.refusal.value?.kind).toBe('failure')
})

test('who left stays out, even if the service could not be told at first', async () => {
  const { session } = await started(IN, 'silence', { status: 204 }, OUT)
  await session.end()
  expect(session.state).toBe('offline')
  expect(session.wasIn).toBe(false)
  await vi.advanceTimersByTimeAsync(7_000)
  expect(session.state).toBe('out')
  expect(asked).toEqual([
    'GET /api/session',
    'DELETE /api/session',
    'DELETE /api/session',
    'GET /api/session',
  ])
})
