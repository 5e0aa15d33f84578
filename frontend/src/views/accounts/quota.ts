import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { quotaQuery } from '@/api/queries'

/** What is left of a credential, asked while it can be. */
export const useQuota = (id: MaybeRefOrGetter<string>, enabled: MaybeRefOrGetter<boolean>) =>
  useQuery(computed(() => ({ ...quotaQuery(toValue(id)), enabled: toValue(enabled) })))
