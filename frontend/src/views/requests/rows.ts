import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import type { GatewayRequest } from '@/api/types'
import { useFeed } from '@/live/feed'
import { held } from './holding'
import { matches, type RequestFilter } from './filters'

/**
 * The rows of the feed. While `still` they stay where they are and only what they say changes; new ones are counted
 * and come when it ends, when the filter changes, or when they are asked for.
 */
export function useRows(
  filter: Ref<RequestFilter>,
  nameOf: (credential: string) => string,
  still: Ref<boolean>,
) {
  const feed = useFeed()
  const rows = shallowRef<GatewayRequest[]>([])
  const waiting = ref(0)
  const matching = computed(() => feed.requests.filter((it) => matches(it, filter.value, nameOf)))

  function showAll() {
    rows.value = matching.value
    waiting.value = 0
  }

  watch([matching, still], () => {
    if (!still.value || rows.value.length === 0) return showAll()
    const kept = held(rows.value, feed.requests, matching.value)
    rows.value = kept.rows
    waiting.value = kept.waiting
  })
  watch(filter, showAll, { immediate: true })

  return { rows, waiting, showAll }
}
