import { describe, expect, it } from 'vitest'
import { activityIn } from './activity'

describe('what an account did lately', () => {
  const all = activityIn([
    { id: 'r3', started_at_ms: 300, state: 'streaming', credential: 'a', attempts: [{ credential: 'a' }] },
    {
      id: 'r2',
      started_at_ms: 200,
      state: 'ended',
      outcome: 'ok',
      credential: 'b',
      attempts: [{ credential: 'a', code: 'rate_limit_exceeded' }, { credential: 'b' }],
    },
    {
      id: 'r1',
      started_at_ms: 100,
      state: 'ended',
      outcome: 'cut',
      code: 'upstream_incomplete',
      credential: 'b',
    },
    { id: 'r0' },
  ])

  it('counts what is under way and knows the last use', () => {
    expect(all.get('a')).toMatchObject({ lastAtMs: 300, running: 1 })
    expect(all.get('a')?.recent.map((it) => it.id)).toEqual(['r3', 'r2'])
  })

  it('remembers the last failure, of a try that was repeated elsewhere too', () => {
    expect(all.get('a')?.lastFailure).toEqual({ atMs: 200, code: 'rate_limit_exceeded', request: 'r2' })
    expect(all.get('b')?.lastFailure).toEqual({ atMs: 100, code: 'upstream_incomplete', request: 'r1' })
  })

  it('knows nothing of those that were not seen', () => {
    expect(all.get('c')).toBeUndefined()
  })
})
