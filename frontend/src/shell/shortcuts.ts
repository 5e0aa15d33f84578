import { onScopeDispose } from 'vue'
import { usePreferences } from '@/stores/preferences'
import { ShortcutTable, type Shortcut } from './shortcutTable'

const table = new ShortcutTable()
let listening = false

/**
 * Runs `handler` when `keys` are pressed, as long as the component that calls this is there: `n`, `/`, `?`, `j`,
 * `Space`, `Enter`, `Escape`, `g o` (one after the other), `mod+k` (Ctrl, on a Mac Cmd). Of several the newest wins.
 * Keys without `mod` do nothing while somebody types; none does anything below an open dialog or once the person
 * turned shortcuts off. `when` says whether it applies now; if not, the next one or the browser gets the key.
 */
export function useShortcut(
  keys: string,
  handler: (event: KeyboardEvent) => void,
  options: Pick<Shortcut, 'when' | 'repeat'> = {},
): void {
  const remove = table.add({ keys, handler, ...options })
  onScopeDispose(remove)
  if (listening) return
  listening = true
  const preferences = usePreferences()
  document.addEventListener('keydown', (event) => {
    if (preferences.shortcuts) table.press(event)
  })
}
