import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApp } from 'vue'
import { FakeEventSource } from '@/live/fakeEventSource'
import { useFeed } from '@/live/feed'
import { useServerState } from './serverState'

type Answer = { status: number; json?: unknown } | 'silence'
let status: Answer
let queries: QueryClient
let app: ReturnType<typeof createApp>

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', FakeEventSource)
  vi.stubGlobal('fetch', async (path: string) => {
    const answer: Answer = path === '/api/status' ? status : { status: 200, json: { authenticated: true } }
    if (answer === 'silence') throw new TypeError('no route')
    return new Response(JSON.stringify(answer.json ?? {}), { status: answer.status })
  })
  queries = new QueryClient()
  app = createApp({ render: () => null })
  app.use(createPinia())
  app.use(VueQueryPlugin, { queryClient: queries })
})

afterEach(() => {
  app.runWithContext(() => useServerState()).stop()
  vi.useRealTimers()
})

async function started(first: Answer = { status: 200, json: { version: '1.0.0' } }) {
  status = first
  const { useSession } = await import('@/stores/session')
  const session = app.runWithContext(() => useSession())
  await session.ask()
  const server = app.runWithContext(() => useServerState())
  server.start()
  await vi.advanceTimersByTimeAsync(0)
  return { server, session }
}

test('a service that stops is missed within ten seconds, with the age of what is shown', async () => {
  const { server } = await started()
  expect(server.reach).toBe('reached')
  const heard = server.heardAt
  status = 'silence'
  await vi.advanceTimersByTimeAsync(9_900)
  expect(server.isLost).toBe(true)
  expect(server.heardAt).toBe(heard)
})

test('it comes back by itself, and everything is asked for again', async () => {
  const { server } = await started('silence')
  expect(server.isLost).toBe(true)
  const asked = vi.spyOn(queries, 'invalidateQueries')
  status = { status: 200, json: { version: '1.0.0' } }
  await vi.advanceTimersByTimeAsync(4_000)
  expect(server.isLost).toBe(false)
  expect(asked).toHaveBeenCalledTimes(1)
})

test('a proxy that answers for a service that is away is no answer', async () => {
  const { server } = await started({ status: 502 })
  expect(server.isLost).toBe(true)
})

test('a service that wants the password again is there', async () => {
  const { server, session } = await started()
  status = { status: 401, json: { error: { code: 'session_expired' } } }
  await vi.advanceTimersByTimeAsync(6_000)
  expect(server.isLost).toBe(false)
  expect(session.state).toBe('out')
  expect(session.wasIn).toBe(true)
})

test('why a stream ended is found out at once', async () => {
  const { session } = await started()
  const feed = app.runWithContext(() => useFeed())
  feed.start()
  await vi.advanceTimersByTimeAsync(0)
  status = { status: 401, json: { error: { code: 'session_expired' } } }
  FakeEventSource.last.breaks()
  await vi.advanceTimersByTimeAsync(0)
  expect(session.state).toBe('out')
  feed.stop()
})

test('another version is noticed', async () => {
  const { server } = await started()
  status = { status: 200, json: {} }
  await vi.advanceTimersByTimeAsync(6_000)
  expect(server.upgraded).toBeNull()
  status = { status: 200, json: { version: '2.0.0' } }
  await vi.advanceTimersByTimeAsync(6_000)
  expect(server.upgraded).toBe('2.0.0')
})

test('once stopped it asks nothing', async () => {
  const { server } = await started()
  server.stop()
  const asked = vi.spyOn(globalThis, 'fetch')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).not.toHaveBeenCalled()
})
