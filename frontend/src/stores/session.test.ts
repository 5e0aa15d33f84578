import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { credentials } from '@/api'
import { useSession } from './session'

const json = (status: number, body: unknown) =>
  Promise.resolve(new Response(JSON.stringify(body), { status }))
const over = () => json(401, { error: { code: 'session_expired', message: 'over' } })

beforeEach(() => setActivePinia(createPinia()))
afterEach(() => vi.unstubAllGlobals())

it('is out when an answer says that the session is over', async () => {
  vi.stubGlobal('fetch', (path: string) => (path === '/api/session' ? json(200, {}) : over()))
  const session = useSession()
  await session.begin('x')
  await credentials.list().catch(() => undefined)
  expect(session.state).toBe('out')
})

it('does not mind an answer to what was asked in the session before', async () => {
  let late: (response: Response) => void = () => undefined
  vi.stubGlobal('fetch', (path: string) =>
    path === '/api/session' ? json(200, {}) : new Promise<Response>((resolve) => (late = resolve)),
  )
  const session = useSession()
  await session.begin('x')
  const asked = credentials.list().catch(() => undefined)
  await session.begin('y')
  late(await over())
  await asked
  expect(session.state).toBe('in')
})

it('asks nobody for the password while one session is changed for another', async () => {
  const authenticated = { authenticated: true }
  vi.stubGlobal('fetch', (path: string) => (path === '/api/session' ? json(200, authenticated) : over()))
  const session = useSession()
  await session.begin('x')
  await session.renew(async () => {
    await credentials.list().catch(() => undefined)
    expect(session.state).toBe('in')
    await session.begin('y')
  })
  expect(session.state).toBe('in')
})

it('is out after all if no other session has begun', async () => {
  let authenticated = true
  vi.stubGlobal('fetch', (path: string) => (path === '/api/session' ? json(200, { authenticated }) : over()))
  const session = useSession()
  await session.begin('x')
  authenticated = false
  await session.renew(() => credentials.list()).catch(() => undefined)
  expect(session.state).toBe('out')
})
