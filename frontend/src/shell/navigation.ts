import { nextTick, onScopeDispose, ref } from 'vue'
import { useRouter } from 'vue-router'

/** Moves the focus to the title of a page that was gone to, and says whether one is still being loaded. */
export function useNavigation() {
  const router = useRouter()
  const loading = ref(false)

  async function focusTitle() {
    await nextTick()
    const title = document.querySelector<HTMLElement>('#content .page-title')
    title?.focus({ preventScroll: true })
  }

  const stopBefore = router.beforeEach((to, from) => {
    loading.value = to.name !== from.name
  })
  const stopAfter = router.afterEach((to, from, failure) => {
    loading.value = false
    // A filter or a drawer is not another page, and the first one has nothing to be told.
    if (failure || to.name === from.name || from.name === undefined) return
    void focusTitle()
  })
  const stopFailed = router.onError(() => (loading.value = false))
  onScopeDispose(() => {
    stopBefore()
    stopAfter()
    stopFailed()
  })

  return { loading, focusTitle }
}
