import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import * as api from '@/api'
import { onSessionOver } from '@/api/client'
import { useClock } from './clock'

/** `asking` until the service has said whether this browser is logged in. */
export type SessionState = 'asking' | 'offline' | 'locked' | 'out' | 'in'

/** Whether this browser is logged in. The password passes through and is kept nowhere. */
export const useSession = defineStore('session', () => {
  const clock = useClock()
  const state = ref<SessionState>('asking')
  const lockedReason = ref<string | null>(null)
  /** Set once somebody was in: then a session that ends is asked for again over what is on the screen. */
  const wasIn = ref(false)

  async function ask() {
    try {
      const answer = await api.session.show()
      clock.hear(answer.now_ms)
      lockedReason.value = answer.locked_reason ?? null
      become(answer.authenticated ? 'in' : answer.locked ? 'locked' : 'out')
    } catch {
      become('offline')
    }
  }

  async function begin(password: string) {
    const answer = await api.session.begin(password)
    clock.hear(answer.now_ms)
    become('in')
  }

  async function end() {
    await api.session.end()
    wasIn.value = false
    state.value = 'out'
  }

  function become(next: SessionState) {
    if (next === 'in') wasIn.value = true
    state.value = next
  }

  onSessionOver(() => {
    if (state.value === 'in') state.value = 'out'
  })

  return { state, lockedReason, wasIn, isIn: computed(() => state.value === 'in'), ask, begin, end }
})
