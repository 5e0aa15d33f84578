/** What the page shows of the service, asked once for all who show it. */
import { useQuery } from '@tanstack/vue-query'
import * as api from '.'

/** The keys of everything that is asked, so that whoever changes something can say what is out of date. */
export const keys = {
  status: ['status'],
  stats: ['stats'],
  credentials: ['credentials'],
  current: ['credentials', 'current'],
  quota: (id: string) => ['quota', id],
  models: ['models'],
  settings: ['settings'],
  history: ['settings', 'history'],
} as const

const SECOND = 1000
const MINUTE = 60 * SECOND

/** Never asked from here: the frame asks all the time whether the service is there, and the feed hears it. */
export const useStatus = () =>
  useQuery({ queryKey: keys.status, queryFn: ({ signal }) => api.status(signal), enabled: false })

export const useStats = () =>
  useQuery({ queryKey: keys.stats, queryFn: ({ signal }) => api.stats(signal), refetchInterval: 30 * SECOND })

export const useCredentials = () =>
  useQuery({
    queryKey: keys.credentials,
    queryFn: ({ signal }) => api.credentials.list(signal),
    refetchInterval: 30 * SECOND,
  })

/** Which credential serves the next request. */
export const useCurrent = () =>
  useQuery({
    queryKey: keys.current,
    queryFn: ({ signal }) => api.credentials.current(signal),
    refetchInterval: 30 * SECOND,
  })

/** What is left of a credential. It costs a question to CodeBuddy, so it is asked seldom. */
export const quotaQuery = (id: string) => ({
  queryKey: keys.quota(id),
  queryFn: ({ signal }: { signal: AbortSignal }) => api.credentials.quota(id, false, signal),
  staleTime: 5 * MINUTE,
  retry: false as const,
})

export const useModels = () =>
  useQuery({ queryKey: keys.models, queryFn: ({ signal }) => api.models(signal), staleTime: MINUTE })

export const useSettings = () =>
  useQuery({ queryKey: keys.settings, queryFn: ({ signal }) => api.settings.show(signal), staleTime: MINUTE })
