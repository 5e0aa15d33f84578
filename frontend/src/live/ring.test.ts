import { describe, expect, it } from 'vitest'
import type { GatewayRequest } from '@/api/types'
import { RequestRing } from './ring'

const request = (id: string, at: number, more: Partial<GatewayRequest> = {}): GatewayRequest => ({
  id,
  started_at_ms: at,
  state: 'ended',
  ...more,
})
const ids = (ring: RequestRing) => ring.newestFirst().map((it) => it.id)

describe('the ring of requests', () => {
  it('shows the newest first, whatever the order they came in', () => {
    const ring = new RequestRing()
    for (const [id, at] of [
      ['b', 2],
      ['c', 3],
      ['a', 1],
    ] as const)
      ring.put(request(id, at))
    expect(ids(ring)).toEqual(['c', 'b', 'a'])
  })

  it('holds no more than its capacity, and lets those under way stay longest', () => {
    const ring = new RequestRing(3)
    ring.put(request('slow', 1, { state: 'streaming' }))
    for (let n = 2; n < 1000; n++) ring.put(request(`r${n}`, n))
    expect(ids(ring)).toEqual(['r999', 'r998', 'slow'])
  })

  it('drops one under way once all are', () => {
    const ring = new RequestRing(2)
    for (const n of [1, 2, 3]) ring.put(request(`r${n}`, n, { state: 'waiting' }))
    expect(ids(ring)).toEqual(['r3', 'r2'])
  })

  it('is not put back by news that are older than what it knows', () => {
    const ring = new RequestRing()
    ring.put(request('a', 1, { state: 'ended', outcome: 'cut' }))
    ring.put(request('a', 1, { state: 'streaming' }))
    ring.put(request('b', 2, { state: 'waiting', attempts: [{}, {}] }))
    ring.put(request('b', 2, { state: 'waiting', attempts: [{}] }))
    expect(ring.newestFirst().map((it) => it.attempts?.length ?? it.outcome)).toEqual([2, 'cut'])
  })

  it('shows a newer request that uses an id again, and not the older one', () => {
    const ring = new RequestRing()
    ring.put(request('a', 1, { state: 'ended', outcome: 'ok' }))
    ring.put(request('a', 2, { state: 'waiting' }))
    ring.put(request('a', 1, { state: 'ended', outcome: 'ok' }))
    expect(ring.newestFirst().map((it) => it.state)).toEqual(['waiting'])
  })

  it('lets nothing run for ever that the service no longer knows', () => {
    const ring = new RequestRing()
    ring.put(request('gone', 1, { state: 'streaming' }))
    ring.put(request('ended', 2))
    ring.put(request('just begun', 3, { state: 'waiting' }))
    ring.settle([request('listed', 4)], new Set(['just begun']))
    expect(ids(ring)).toEqual(['listed', 'just begun', 'ended'])
  })

  it('bears requests without a time', () => {
    const ring = new RequestRing()
    ring.put(request('a', Number.NaN))
    ring.put({ id: 'b' })
    ring.put(request('c', 5))
    expect(ids(ring)).toEqual(['c', 'b', 'a'])
  })
})
