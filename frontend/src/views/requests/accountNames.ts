import { computed } from 'vue'
import { useCredentials } from '@/api/queries'
import { credentialName } from '@/components/credentialLook'
import { useFeed } from '@/live/feed'
import { credentialsOf, namesIn } from './reading'

/** What accounts are called: as they are now, else as they were in the requests that are known, else by their id. */
export function useAccountNames() {
  const credentials = useCredentials()
  const feed = useFeed()

  const current = computed(
    () => new Map((credentials.data.value?.credentials ?? []).map((it) => [it.id, credentialName(it)])),
  )
  const former = computed(() => {
    const names = new Map<string, string>()
    for (const request of feed.requests) {
      for (const [id, name] of namesIn(request)) if (!names.has(id)) names.set(id, name)
    }
    return names
  })

  /** `otherwise` is what it was called where it is told of. */
  const nameOf = (id: string, otherwise?: string) =>
    current.value.get(id) ?? otherwise ?? former.value.get(id) ?? id.slice(0, 8)

  /** All that a request may have been sent with. */
  const all = computed(() => {
    const ids = new Set([...current.value.keys(), ...feed.requests.flatMap(credentialsOf)])
    return [...ids].map((id) => ({ id, name: nameOf(id) })).sort((a, b) => a.name.localeCompare(b.name))
  })

  return { nameOf, all }
}
