import { useQueryClient } from '@tanstack/vue-query'
import { useI18n } from 'vue-i18n'
import { useFeed } from '@/live/feed'
import { useSession } from '@/stores/session'
import { useToasts } from '@/stores/toasts'
import { useUnsaved } from '@/stores/unsaved'

/**
 * Ends the session and forgets what was shown: nothing of it stays behind the lock. What is not saved is asked for
 * first.
 */
export function useLocking() {
  const { t } = useI18n()
  const session = useSession()
  const queries = useQueryClient()
  const feed = useFeed()
  const toasts = useToasts()
  const unsaved = useUnsaved()

  return async (): Promise<void> => {
    if (!(await unsaved.mayGetLost())) return
    const ended = session.end()
    feed.stop()
    toasts.all = []
    await queries.cancelQueries()
    queries.clear()
    await ended
    if (session.state === 'out') toasts.show(t('shell.lockedNow'))
  }
}
