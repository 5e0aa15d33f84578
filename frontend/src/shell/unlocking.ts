import { computed, onScopeDispose, ref } from 'vue'
import { ApiFailure } from '@/api/failure'
import { useClock } from '@/stores/clock'
import { useSession } from '@/stores/session'

const OFFLINE_RETRY_S = 5
const LOCKED_RETRY_S = 3
/** For a server that says "too often" without saying until when. */
const USUAL_WAIT_S = 60

/** What the field for the password has to say; `failure` is anything else that went wrong. */
export type Refusal =
  { kind: 'empty' } | { kind: 'wrong'; triesLeft: number | null } | { kind: 'failure'; failure: unknown }

/** The way back in: tries a password, waits out a block, and asks again while the service is away or locked. */
export function useUnlocking() {
  const clock = useClock()
  const session = useSession()
  const busy = ref(false)
  const asking = ref(false)
  const refusal = ref<Refusal | null>(null)
  const blockedUntil = ref<number | null>(null)
  const nextAskAt = ref(clock.now)

  const blockedMs = computed(() => Math.max(0, (blockedUntil.value ?? 0) - clock.now))
  const isBlocked = computed(() => blockedMs.value > 0)
  const secondsToAsk = computed(() => Math.max(0, Math.ceil((nextAskAt.value - clock.now) / 1000)))

  async function unlock(password: string) {
    if (busy.value || isBlocked.value) return
    if (password === '') {
      refusal.value = { kind: 'empty' }
      return
    }
    busy.value = true
    try {
      await session.begin(password)
      refusal.value = null
    } catch (failure) {
      await refused(failure)
    } finally {
      busy.value = false
    }
  }

  async function refused(failure: unknown) {
    refusal.value = { kind: 'failure', failure }
    if (!(failure instanceof ApiFailure)) return
    const code = failure.code
    if (code === 'invalid_password') refusal.value = { kind: 'wrong', triesLeft: triesLeftOf(failure) }
    else if (failure.status === 429) {
      refusal.value = null
      blockedUntil.value = clock.now + (failure.retryAfter ?? USUAL_WAIT_S) * 1000
    } else if (code === 'password_not_configured' || code === 'insecure_password') await ask()
  }

  async function ask() {
    if (asking.value) return
    asking.value = true
    await session.ask()
    asking.value = false
    nextAskAt.value = clock.now + (session.state === 'locked' ? LOCKED_RETRY_S : OFFLINE_RETRY_S) * 1000
  }

  const ticking = setInterval(() => {
    const waits = session.state === 'offline' || session.state === 'locked'
    if (waits && secondsToAsk.value === 0) void ask()
  }, 1000)
  /** Another tab may have opened the lock meanwhile. */
  const looked = () => {
    if (document.visibilityState === 'visible' && session.state !== 'asking' && !busy.value) void ask()
  }
  document.addEventListener('visibilitychange', looked)
  onScopeDispose(() => {
    clearInterval(ticking)
    document.removeEventListener('visibilitychange', looked)
  })

  return { busy, asking, refusal, blockedMs, isBlocked, secondsToAsk, unlock, ask }
}

function triesLeftOf(failure: ApiFailure): number | null {
  const left = failure.body.tries_left
  return typeof left === 'number' && Number.isFinite(left) && left >= 0 ? left : null
}
