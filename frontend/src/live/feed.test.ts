import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { createApp } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RequestList } from '@/api/types'
import { useSession } from '@/stores/session'
import { FakeEventSource } from './fakeEventSource'
import { useFeed } from './feed'

const answer = (body: unknown) => Promise.resolve(new Response(JSON.stringify(body)))

describe('the feed', () => {
  let list: RequestList
  const client = new QueryClient()

  beforeEach(() => {
    vi.useFakeTimers()
    FakeEventSource.all.length = 0
    list = { now_ms: Date.now(), requests: [] }
    vi.stubGlobal('EventSource', FakeEventSource)
    vi.stubGlobal('fetch', () => answer(list))
    const app = createApp({})
    const pinia = createPinia()
    app.use(pinia).use(VueQueryPlugin, { queryClient: client })
    setActivePinia(pinia)
    useSession().state = 'in'
  })

  afterEach(() => {
    useFeed().stop()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  const ids = () => useFeed().requests.map((it) => it.id)

  async function live() {
    useFeed().start()
    FakeEventSource.last.opens()
    await flushPromises()
  }

  it('joins what was before with what is told', async () => {
    list.requests = [
      { id: 'b', started_at_ms: 2 },
      { id: 'a', started_at_ms: 1 },
    ]
    await live()
    FakeEventSource.last.tells('request', { id: 'c', started_at_ms: 3, state: 'waiting' })
    vi.advanceTimersByTime(200)
    expect(ids()).toEqual(['c', 'b', 'a'])
    expect(useFeed().loaded).toBe(true)
  })

  it('stays within its bounds however much is told', async () => {
    await live()
    for (let n = 0; n < 5000; n++) {
      FakeEventSource.last.tells('request', { id: `r${n}`, started_at_ms: n, state: 'ended' })
    }
    vi.advanceTimersByTime(200)
    expect(useFeed().requests).toHaveLength(500)
    expect(ids()[0]).toBe('r4999')
  })

  it('bears events that say nothing', async () => {
    await live()
    for (const odd of [null, 1, 'x', [], {}, { id: 5 }, { id: '' }]) {
      FakeEventSource.last.tells('request', JSON.stringify(odd))
      FakeEventSource.last.tells('status', JSON.stringify(odd))
    }
    vi.advanceTimersByTime(200)
    expect(ids()).toEqual([])
  })

  it('asks for what is out of date', async () => {
    const invalidate = vi.spyOn(client, 'invalidateQueries')
    await live()
    FakeEventSource.last.tells('credentials', {})
    FakeEventSource.last.tells('settings', {})
    expect(invalidate.mock.calls).toEqual([[{ queryKey: ['credentials'] }], [{ queryKey: ['settings'] }]])
  })

  it('counts what each account is busy with', async () => {
    list.requests = [
      { id: 'a', state: 'waiting', credential: 'x' },
      { id: 'b', state: 'streaming', credential: 'x' },
      { id: 'c', state: 'ended', credential: 'x' },
      { id: 'd', state: 'waiting' },
    ]
    await live()
    expect([...useFeed().inFlight]).toEqual([['x', 2]])
  })

  it('waits while the session is over, and is back with the next one', async () => {
    list.requests = [{ id: 'a' }]
    await live()
    useSession().wasIn = true
    useSession().state = 'out'
    expect(useFeed().state).toBe('off')
    vi.advanceTimersByTime(60_000)
    expect(FakeEventSource.all).toHaveLength(1)
    expect(ids()).toEqual(['a'])
    useSession().state = 'in'
    expect(FakeEventSource.all).toHaveLength(2)
  })

  it('leaves it to the frame to find out why a stream ended', async () => {
    await live()
    const asked = vi.spyOn(globalThis, 'fetch')
    FakeEventSource.last.breaks()
    await flushPromises()
    expect(useFeed().state).toBe('lost')
    expect(asked).not.toHaveBeenCalled()
  })

  it('forgets everything when the page is locked', async () => {
    list.requests = [{ id: 'a' }]
    await live()
    useSession().wasIn = false
    useSession().state = 'out'
    expect(ids()).toEqual([])
  })
})
