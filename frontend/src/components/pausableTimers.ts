import { onScopeDispose, ref, watch } from 'vue'

const STEP_MS = 250

/** Lets things end by themselves after a while that stands still as long as somebody looks at them. */
export function usePausableTimers(
  things: () => readonly { id: number; ms: number }[],
  end: (id: number) => void,
) {
  const left = ref(new Map<number, number>())
  let paused = false

  watch(
    things,
    (now) => {
      left.value = new Map(now.map((it) => [it.id, left.value.get(it.id) ?? it.ms]))
    },
    { immediate: true },
  )

  const ticking = setInterval(() => {
    if (paused || left.value.size === 0) return
    for (const [id, ms] of left.value) {
      if (ms <= STEP_MS) end(id)
      else left.value.set(id, ms - STEP_MS)
    }
  }, STEP_MS)
  onScopeDispose(() => clearInterval(ticking))

  return {
    pause: () => (paused = true),
    resume: () => (paused = false),
    secondsLeft: (id: number) => Math.ceil((left.value.get(id) ?? 0) / 1000),
  }
}
