import { onBeforeUnmount, onMounted, ref } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'

/** Asks once before what is not saved gets lost: on the way to another view, and by the browser before the tab closes. */
export function useLeaving(isDirty: () => boolean) {
  const asking = ref(false)
  let answer: ((leave: boolean) => void) | null = null

  function decide(leave: boolean) {
    asking.value = false
    answer?.(leave)
    answer = null
  }

  onBeforeRouteLeave(() => {
    if (!isDirty()) return true
    answer?.(false)
    asking.value = true
    return new Promise<boolean>((resolve) => (answer = resolve))
  })

  const beforeUnload = (event: BeforeUnloadEvent) => {
    if (isDirty()) event.preventDefault()
  }
  onMounted(() => addEventListener('beforeunload', beforeUnload))
  onBeforeUnmount(() => {
    removeEventListener('beforeunload', beforeUnload)
    decide(true)
  })

  return { asking, decide }
}
