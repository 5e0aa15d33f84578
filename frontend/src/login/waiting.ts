/** Waiting for a person to sign in: one question at a time, as seldom as the service asks for, until it is decided. */
import { ApiFailure } from '@/api/failure'
import type { PolledLogin } from '@/api/types'

const SECOND = 1000
const SLOWEST_RETRY_MS = 30 * SECOND
/** Nobody who was told of the end hears more after this, even if the service is silent. */
const GRACE_MS = 5 * SECOND

/** Whom the sign-in waits for. */
export type Stage = 'person' | 'account'

/** What keeps us from asking, though the sign-in itself goes on. */
export interface Trouble {
  kind: 'offline' | 'upstream' | 'busy' | 'session' | 'saving'
  message: string
  /** When it is tried again, in the service's time. */
  retryAt: number
  tries: number
}

/** What became of one question. */
export type Verdict =
  | { kind: 'pending'; stage: Stage }
  | { kind: 'slower'; pauseMs: number | null }
  | { kind: 'trouble'; trouble: Trouble['kind']; message: string; pauseMs: number | null }
  | { kind: 'over' }

const PREPARING = 12151

/** Reads a poll that did not succeed. */
export function verdictOf(failure: unknown): Verdict {
  if (!(failure instanceof ApiFailure))
    return { kind: 'trouble', trouble: 'busy', message: '', pauseMs: null }
  const pauseMs = failure.retryAfter === null ? null : failure.retryAfter * SECOND
  const trouble = (kind: Trouble['kind']): Verdict => ({
    kind: 'trouble',
    trouble: kind,
    message: failure.message,
    pauseMs,
  })
  switch (failure.code) {
    case 'authorization_pending':
      return { kind: 'pending', stage: failure.body.code === PREPARING ? 'account' : 'person' }
    case 'slow_down':
      return { kind: 'slower', pauseMs: seconds(failure.body.interval) ?? pauseMs }
    case 'auth_error':
      return trouble('upstream')
    case 'persist_failed':
      return trouble('saving')
  }
  if (failure.isOffline) return trouble('offline')
  if (failure.isSessionOver) return trouble('session')
  return failure.status === 429 || failure.status >= 500 ? trouble('busy') : { kind: 'over' }
}

function seconds(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value * SECOND : null
}

/** How long until the next try after so many in vain. */
export function backOff(intervalMs: number, tries: number): number {
  return Math.max(intervalMs, Math.min(SLOWEST_RETRY_MS, intervalMs * 2 ** (tries - 1)))
}

export interface Wait {
  intervalMs: number
  /** When the service gives the sign-in up, in its own time. */
  endsAt: number
  now: () => number
  poll: () => Promise<PolledLogin>
  /** Resolves after that long, or sooner if somebody is impatient; rejects once nobody waits any more. */
  pause: (ms: number) => Promise<void>
  onStage: (stage: Stage) => void
  onTrouble: (trouble: Trouble | null) => void
}

/** Asks until the sign-in is done; throws the failure that ends it. */
export async function waitForLogin(wait: Wait): Promise<PolledLogin> {
  let interval = wait.intervalMs
  let pause = interval
  let tries = 0
  for (;;) {
    await wait.pause(pause)
    let verdict: Verdict
    try {
      const done = await wait.poll()
      wait.onTrouble(null)
      return done
    } catch (failure) {
      verdict = verdictOf(failure)
      if (verdict.kind === 'over') throw tooLate(wait, failure)
    }
    if (verdict.kind === 'trouble') {
      if (wait.now() > wait.endsAt + GRACE_MS && verdict.trouble !== 'saving') throw expired()
      tries++
      pause = verdict.pauseMs ?? backOff(interval, tries)
      wait.onTrouble({
        kind: verdict.trouble,
        message: verdict.message,
        retryAt: wait.now() + pause,
        tries,
      })
      continue
    }
    tries = 0
    wait.onTrouble(null)
    if (verdict.kind === 'pending') wait.onStage(verdict.stage)
    else interval = Math.max(interval, verdict.pauseMs ?? interval + 5 * SECOND)
    pause = interval
  }
}

/** After its end the service may have forgotten the sign-in; what a person has to know is that it was too late. */
function tooLate(wait: Wait, failure: unknown): unknown {
  const forgotten = failure instanceof ApiFailure && failure.code === 'oauth_state_invalid'
  return forgotten && wait.now() >= wait.endsAt ? expired() : failure
}

function expired(): ApiFailure {
  return new ApiFailure(400, 'expired_token', 'Nobody signed in in time')
}

/** A pause that can be cut short, and given up. */
export function impatientPause(signal: AbortSignal) {
  let wake: () => void = () => undefined
  return {
    wake: () => wake(),
    pause: (ms: number) =>
      new Promise<void>((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        const finish = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', giveUp)
          resolve()
        }
        const giveUp = () => {
          clearTimeout(timer)
          reject(signal.reason)
        }
        const timer = setTimeout(finish, ms)
        signal.addEventListener('abort', giveUp, { once: true })
        wake = finish
      }),
  }
}
