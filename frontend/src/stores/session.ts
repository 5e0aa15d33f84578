import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import * as api from '@/api'
import { noteSessionBegun, onSessionOver } from '@/api/client'
import type { Session } from '@/api/types'
import { useClock } from './clock'

/** `asking` until the service has said whether this browser is logged in. */
export type SessionState = 'asking' | 'offline' | 'locked' | 'out' | 'in'

/** Whether this browser is logged in. The password passes through and is kept nowhere. */
export const useSession = defineStore('session', () => {
  const clock = useClock()
  const state = ref<SessionState>('asking')
  /** Why nobody can log in: the service's name for it, and its sentence. */
  const locked = ref<string | null>(null)
  const lockedReason = ref<string | null>(null)
  /** Set once somebody was in: then a session that ends is asked for again over what is on the screen. */
  const wasIn = ref(false)
  /** Somebody left while the service could not be told; nobody gets in with that session any more. */
  let leaving = false
  /** How many things are under way that end the session and begin another, and whether it was over meanwhile. */
  let renewing = 0
  let wasOver = false

  async function ask() {
    try {
      if (leaving) await leave()
      hear(await api.session.show())
    } catch {
      // Over what is on the screen the question is still for the password, and the reason is told there.
      if (!wasIn.value) become('offline')
    }
  }

  async function begin(password: string) {
    const answer = await api.session.begin(password)
    leaving = false
    noteSessionBegun()
    hear({ ...answer, authenticated: true })
  }

  /** Does something that ends the session and begins another; nobody is asked for the password in between. */
  async function renew<T>(work: () => Promise<T>): Promise<T> {
    renewing++
    try {
      return await work()
    } finally {
      renewing--
      if (wasOver && renewing === 0) {
        wasOver = false
        await ask()
      }
    }
  }

  /** Locks at once, whether or not the service answers; it is told as soon as it does. */
  async function end() {
    leaving = true
    wasIn.value = false
    become('out')
    await leave().catch(() => become('offline'))
  }

  async function leave() {
    await api.session.end()
    leaving = false
  }

  function hear(answer: Session) {
    clock.hear(answer.now_ms)
    locked.value = answer.locked ?? null
    lockedReason.value = answer.locked_reason ?? null
    become(answer.authenticated ? 'in' : answer.locked ? 'locked' : 'out')
  }

  function become(next: SessionState) {
    if (next === 'in') wasIn.value = true
    state.value = next
  }

  onSessionOver(() => {
    if (renewing > 0) wasOver = true
    else if (state.value === 'in') state.value = 'out'
  })

  const isIn = computed(() => state.value === 'in')
  return { state, locked, lockedReason, wasIn, isIn, ask, begin, renew, end }
})
