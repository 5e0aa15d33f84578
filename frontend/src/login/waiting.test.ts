import { describe, expect, it } from 'vitest'
import { ApiFailure } from '@/api/failure'
import type { PolledLogin } from '@/api/types'
import { backOff, impatientPause, verdictOf, waitForLogin, type Stage, type Trouble } from './waiting'

const refusal = (
  status: number,
  code: string,
  body: Record<string, unknown> = {},
  retryAfter: number | null = null,
) => new ApiFailure(status, code, `about ${code}`, null, 'req-1', retryAfter, body)

/** Plays the service: each answer in turn, and a clock that the pauses move. */
function played(answers: (PolledLogin | ApiFailure)[], endsAt = 600_000) {
  const pauses: number[] = []
  const stages: Stage[] = []
  const troubles: (Trouble | null)[] = []
  let now = 0
  const outcome = waitForLogin({
    intervalMs: 5000,
    endsAt,
    now: () => now,
    poll: async () => {
      const answer = answers.shift()
      if (answer === undefined) throw new Error('asked too often')
      if (answer instanceof ApiFailure) throw answer
      return answer
    },
    pause: async (ms) => {
      pauses.push(ms)
      now += ms
    },
    onStage: (stage) => stages.push(stage),
    onTrouble: (trouble) => troubles.push(trouble),
  })
  return { outcome, pauses, stages, troubles }
}

describe('waiting for a sign-in', () => {
  it('asks at the pace of the service until it is done', async () => {
    const it = played([
      refusal(400, 'authorization_pending', { code: 11217 }),
      refusal(400, 'authorization_pending', { code: 12151 }),
      { id: 'c1', saved: true },
    ])
    expect(await it.outcome).toEqual({ id: 'c1', saved: true })
    expect(it.pauses).toEqual([5000, 5000, 5000])
    expect(it.stages).toEqual(['person', 'account'])
  })

  it('goes slower when it is told to, for good', async () => {
    const it = played([
      refusal(400, 'slow_down', { interval: 8 }),
      refusal(400, 'authorization_pending'),
      refusal(400, 'slow_down'),
      { id: 'c1' },
    ])
    await it.outcome
    expect(it.pauses).toEqual([5000, 8000, 8000, 13_000])
  })

  it('tries again more and more seldom while nobody answers, and says when', async () => {
    const offline = () => refusal(0, 'offline')
    const it = played([offline(), offline(), offline(), refusal(400, 'authorization_pending'), { id: 'c1' }])
    await it.outcome
    expect(it.pauses).toEqual([5000, 5000, 10_000, 20_000, 5000])
    expect(it.troubles[2]).toEqual({ kind: 'offline', message: 'about offline', retryAt: 40_000, tries: 3 })
    expect(it.troubles[3]).toBeNull()
  })

  it('ends with what the service says', async () => {
    await expect(played([refusal(400, 'access_denied')]).outcome).rejects.toMatchObject({
      code: 'access_denied',
    })
    await expect(played([refusal(400, 'expired_token')]).outcome).rejects.toMatchObject({
      code: 'expired_token',
    })
    await expect(played([refusal(400, 'oauth_state_invalid')]).outcome).rejects.toMatchObject({
      code: 'oauth_state_invalid',
    })
  })

  it('calls a sign-in too late that the service has forgotten after its end', async () => {
    await expect(played([refusal(400, 'oauth_state_invalid')], 4000).outcome).rejects.toMatchObject({
      code: 'expired_token',
    })
  })

  it('gives up soon after the end when nobody answers', async () => {
    const offline = Array.from({ length: 9 }, () => refusal(0, 'offline'))
    await expect(played(offline, 20_000).outcome).rejects.toMatchObject({ code: 'expired_token' })
    expect(offline.length).toBe(5)
  })

  it('waits as long as a busy service asks for', async () => {
    const it = played([refusal(429, 'too_many_attempts', {}, 7), { id: 'c1' }])
    await it.outcome
    expect(it.pauses).toEqual([5000, 7000])
    expect(it.troubles[0]?.kind).toBe('busy')
  })
})

describe('a poll that did not succeed', () => {
  it('goes on when the session, the disk or CodeBuddy are in the way', () => {
    expect(verdictOf(refusal(401, 'session_expired'))).toMatchObject({ trouble: 'session' })
    expect(verdictOf(refusal(507, 'persist_failed'))).toMatchObject({ trouble: 'saving' })
    expect(verdictOf(refusal(400, 'auth_error'))).toMatchObject({ trouble: 'upstream' })
    expect(verdictOf(refusal(503, 'server_shutting_down'))).toMatchObject({ trouble: 'busy' })
    expect(verdictOf(new TypeError('bug'))).toMatchObject({ trouble: 'busy' })
  })

  it('takes an odd pace for none', () => {
    expect(verdictOf(refusal(400, 'slow_down', { interval: -3 }))).toEqual({ kind: 'slower', pauseMs: null })
  })
})

describe('the pause', () => {
  it('never grows without bound', () => {
    expect(backOff(5000, 20)).toBe(30_000)
    expect(backOff(60_000, 1)).toBe(60_000)
  })

  it('is cut short by the impatient, and ends when nobody waits', async () => {
    const stop = new AbortController()
    const it = impatientPause(stop.signal)
    const first = it.pause(1_000_000)
    it.wake()
    await first
    const second = it.pause(1_000_000)
    stop.abort(new Error('cancelled'))
    await expect(second).rejects.toThrow('cancelled')
    await expect(it.pause(1)).rejects.toThrow('cancelled')
  })
})
