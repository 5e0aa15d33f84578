import { computed } from 'vue'
import { useCredentials } from '@/api/queries'
import { needsOwner } from '@/components/credentialLook'

/** How many accounts wait for their owner. */
export function useAttention() {
  const { data } = useCredentials()
  return computed(() => (data.value?.credentials ?? []).filter(needsOwner).length)
}
