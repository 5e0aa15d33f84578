import { onBeforeUnmount, onMounted, ref } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import { useUnsaved } from '@/stores/unsaved'

/**
 * Asks once before what is not saved gets lost: on the way to another view, before the page is
 * locked, and by the browser before the tab closes.
 */
export function useLeaving(isDirty: () => boolean) {
  const asking = ref(false)
  let answer: ((leave: boolean) => void) | null = null

  function decide(leave: boolean) {
    asking.value = false
    answer?.(leave)
    answer = null
  }

  function ask(): boolean | Promise<boolean> {
    if (!isDirty()) return true
    answer?.(false)
    asking.value = true
    return new Promise<boolean>((resolve) => (answer = resolve))
  }

  onBeforeRouteLeave(ask)
  const forget = useUnsaved().add(ask)

  const beforeUnload = (event: BeforeUnloadEvent) => {
    if (isDirty()) event.preventDefault()
  }
  onMounted(() => addEventListener('beforeunload', beforeUnload))
  onBeforeUnmount(() => {
    forget()
    removeEventListener('beforeunload', beforeUnload)
    decide(true)
  })

  return { asking, decide }
}
