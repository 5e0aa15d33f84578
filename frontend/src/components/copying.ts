import { useI18n } from 'vue-i18n'
import { useToasts } from '@/stores/toasts'

/** Copies, and says so; without the clipboard's permission the old way is tried. */
export function useCopy() {
  const { t } = useI18n()
  const toasts = useToasts()
  return async (text: string, what: string): Promise<void> => {
    const done = await copied(text)
    toasts.show(done ? t('common.copied', { what }) : t('common.copyBlocked'), {
      kind: done ? 'success' : 'info',
    })
  }
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copiedBySelection(text)
  }
}

/** On plain http from another machine browsers offer no clipboard, but still obey this. */
function copiedBySelection(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'sr-only'
  const focused = document.activeElement
  // Within an open dialog only what lies inside it can be focused.
  const place = focused?.closest('[role="dialog"]') ?? document.body
  place.append(field)
  field.select()
  try {
    return document.execCommand('copy')
  } finally {
    field.remove()
    if (focused instanceof HTMLElement) focused.focus()
  }
}
