import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

const TICK_MS = 1000

/** The service's time: the browser's clock may be wrong, and what counts down must end when the service says so. */
export const useClock = defineStore('clock', () => {
  const skew = ref(0)
  const local = ref(Date.now())
  setInterval(() => (local.value = Date.now()), TICK_MS)

  /** Takes over what the service just said. */
  function hear(serverMs: number | null | undefined) {
    if (typeof serverMs === 'number' && Number.isFinite(serverMs)) skew.value = serverMs - Date.now()
    local.value = Date.now()
  }

  return { now: computed(() => local.value + skew.value), hear }
})
