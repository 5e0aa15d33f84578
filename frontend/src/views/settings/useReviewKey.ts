import { onBeforeUnmount, onMounted } from 'vue'
import { usePreferences } from '@/stores/preferences'

const OPEN_DIALOG = '[role=dialog], [role=alertdialog], dialog[open]'

/** Ctrl+S, on a Mac Cmd+S, reviews what is changed; also while somebody types, and the browser never saves the page. */
export function useReviewKey(review: () => void, isFree: () => boolean) {
  const preferences = usePreferences()
  const onKey = (event: KeyboardEvent) => {
    const isIt = event.key.toLowerCase() === 's' && (event.ctrlKey || event.metaKey) && !event.altKey
    if (!isIt || event.shiftKey || !preferences.shortcuts) return
    event.preventDefault()
    if (!event.repeat && isFree() && !document.querySelector(OPEN_DIALOG)) review()
  }
  onMounted(() => addEventListener('keydown', onKey))
  onBeforeUnmount(() => removeEventListener('keydown', onKey))
}
