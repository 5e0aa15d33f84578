import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keys } from '@/api/queries'
import { useClock } from '@/stores/clock'
import { useLogin } from './store'

const START = {
  success: true,
  auth_state: 'ours',
  verification_uri_complete: 'https://codebuddy.invalid/login?state=theirs',
  expires_in: 600,
  interval: 5,
}

/** What the service answers, by the end of the path; what is not there stays unanswered. */
let answers: Record<string, { status?: number; body: unknown }>
let asked: string[]

function began() {
  const queries = new QueryClient()
  let login: ReturnType<typeof useLogin> | undefined
  let clock: ReturnType<typeof useClock> | undefined
  mount(
    {
      setup() {
        clock = useClock()
        login = useLogin()
        return () => null
      },
    },
    { global: { plugins: [createPinia(), [VueQueryPlugin, { queryClient: queries }]] } },
  )
  if (!login || !clock) throw new Error('no store')
  return { login, clock, queries }
}

beforeEach(() => {
  vi.useFakeTimers()
  sessionStorage.clear()
  asked = []
  answers = {
    start: { body: START },
    poll: { status: 400, body: { error: 'authorization_pending', code: 11217 } },
    cancel: { body: { cancelled: true } },
  }
  vi.stubGlobal('open', () => null)
  vi.stubGlobal('fetch', async (path: string) => {
    const name = path.split('/').pop() ?? ''
    asked.push(name)
    const answer = answers[name]
    if (!answer) throw new TypeError('no route')
    return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 })
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a sign-in', () => {
  it('counts down to the end that the service said, also after a sleep and by a wrong clock', async () => {
    const { login, clock } = began()
    clock.hear(Date.now() + 3_600_000)
    void login.start()
    await vi.advanceTimersByTimeAsync(1000)
    expect(Math.round(login.msLeft / 1000)).toBe(599)

    vi.setSystemTime(Date.now() + 240_000) // A sleep: no timer runs, the clock goes on.
    await vi.advanceTimersByTimeAsync(1000)
    expect(Math.round(login.msLeft / 1000)).toBe(358)
    login.cancel()
  })

  it('is gone on with after a reload, with the right time and nothing secret kept', async () => {
    const first = began()
    void first.login.start()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sessionStorage.getItem('login')).toMatch(/^\{"state":"ours","endsAt":\d+\}$/)

    const { login } = began()
    login.resume()
    expect(login.phase).toBe('waiting')
    expect(Math.round(login.msLeft / 1000)).toBe(540)
    expect(login.link).toBeNull()
    first.login.cancel()
    login.cancel()
  })

  it('is not gone on with once its end has passed', async () => {
    const { login, clock } = began()
    sessionStorage.setItem('login', JSON.stringify({ state: 'ours', endsAt: clock.now - 1 }))
    login.resume()
    expect(login.phase).toBe('idle')
    expect(sessionStorage.getItem('login')).toBeNull()
  })

  it('asks no more once it is cancelled, and tells the service', async () => {
    const { login } = began()
    void login.start()
    await vi.advanceTimersByTimeAsync(5500)
    expect(asked).toEqual(['start', 'poll'])
    login.cancel()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toEqual(['start', 'poll', 'cancel'])
    expect(login.phase).toBe('idle')
  })

  it('lets a person choose among several accounts, and knows one that was here before', async () => {
    const { login, queries } = began()
    queries.setQueryData(keys.credentials, { credentials: [{ id: 'c1' }] })
    answers.poll = {
      body: { id: 'c1', saved: true, accounts: [{ uid: 'u' }, { uid: 'u', enterprise_id: 'e' }] },
    }
    void login.start()
    await vi.advanceTimersByTimeAsync(5500)
    expect(login.phase).toBe('choosing')
    expect(login.gain).toMatchObject({ id: 'c1', renewed: true, enabled: true })
    expect(sessionStorage.getItem('login')).toBeNull()
  })

  it('is found out to have worked though its answer was lost', async () => {
    const { login, queries } = began()
    queries.setQueryData(keys.credentials, { credentials: [{ id: 'old' }] })
    answers.poll = { status: 400, body: { error: 'oauth_state_invalid' } }
    answers.credentials = { body: { credentials: [{ id: 'old' }, { id: 'new' }] } }
    void login.start()
    await vi.advanceTimersByTimeAsync(5500)
    expect(login.phase).toBe('checking')
    expect(login.gain?.id).toBe('new')
  })

  it('does not begin at a page that no browser may be sent to', async () => {
    const { login } = began()
    answers.start = { body: { ...START, verification_uri_complete: 'javascript:alert(1)' } }
    void login.start()
    await vi.advanceTimersByTimeAsync(100)
    expect(login.phase).toBe('failed')
    expect(login.failure).toMatchObject({ code: 'oauth_upstream_invalid' })
  })
})
