import { defineStore } from 'pinia'
import { ref } from 'vue'

const MOST_AT_ONCE = 4

export interface Toast {
  id: number
  kind: 'success' | 'info'
  text: string
  /** How long it stays. */
  ms: number
  action?: { label: string; run: () => void } | undefined
}

/** Short words about what went well, and undo. What went wrong stays where it happened instead. */
export const useToasts = defineStore('toasts', () => {
  const all = ref<Toast[]>([])
  let last = 0

  function show(text: string, options: Partial<Pick<Toast, 'kind' | 'ms' | 'action'>> = {}) {
    last++
    all.value = [
      ...all.value.slice(1 - MOST_AT_ONCE),
      { id: last, kind: options.kind ?? 'success', text, ms: options.ms ?? 5000, action: options.action },
    ]
  }

  function close(id: number) {
    all.value = all.value.filter((toast) => toast.id !== id)
  }

  return { all, show, close }
})
