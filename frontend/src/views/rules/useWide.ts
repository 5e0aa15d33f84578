import { onScopeDispose, ref } from 'vue'

/** Whether there is room for two columns; follows the window. */
export function useWide() {
  const query = matchMedia('(min-width: 900px)')
  const wide = ref(query.matches)
  const hear = () => (wide.value = query.matches)
  query.addEventListener('change', hear)
  onScopeDispose(() => query.removeEventListener('change', hear))
  return wide
}
