import { useQueryClient } from '@tanstack/vue-query'
import { onScopeDispose, watch } from 'vue'
import { keys, useCurrent } from '@/api/queries'
import { useFeed } from '@/live/feed'

const SOON_MS = 400

/** Which account is next, asked again whenever a request may have taken its turn; at most a few times a second. */
export function useFreshCurrent() {
  const feed = useFeed()
  const queries = useQueryClient()
  let soon: ReturnType<typeof setTimeout> | undefined

  watch(
    () => [feed.requests[0]?.id, feed.requests[0]?.state],
    () => {
      soon ??= setTimeout(() => {
        soon = undefined
        void queries.invalidateQueries({ queryKey: keys.current })
      }, SOON_MS)
    },
  )
  onScopeDispose(() => clearTimeout(soon))
  return useCurrent()
}
