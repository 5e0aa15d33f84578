/** Every call the page makes, by what it does. */
import { get, post, remove } from './client'
import { entriesOf, namedOf } from './lists'
import type * as T from './types'

const CREDENTIALS = '/codebuddy/v1/credentials'

/** A credential, and the version of it that the caller looked at; the service refuses to act on another one. */
export interface Which {
  id: string
  etag?: T.Maybe<string>
}

const which = ({ id, etag }: Which) => (etag ? { id, etag } : { id })
const query = (id: string) => `?id=${encodeURIComponent(id)}`

export const session = {
  show: (signal?: AbortSignal) => get<T.Session>('/api/session', signal),
  begin: (password: string) => post<T.Session>('/api/session', { password }),
  end: () => remove<undefined>('/api/session'),
}

export const status = (signal?: AbortSignal) => get<T.Status>('/api/status', signal)
export const stats = (signal?: AbortSignal) => get<T.Stats>('/api/stats', signal)
export const requests = (signal?: AbortSignal) =>
  get<T.RequestList | null>('/api/requests', signal).then((it): T.RequestList => ({
    ...it,
    requests: namedOf(it?.requests),
  }))

export const credentials = {
  list: (signal?: AbortSignal) =>
    get<T.CredentialList | null>(CREDENTIALS, signal).then((it): T.CredentialList => ({
      ...it,
      credentials: namedOf(it?.credentials),
    })),
  current: (signal?: AbortSignal) => get<T.Current>(`${CREDENTIALS}/current`, signal),
  add: (token: string, userId?: string) =>
    post<{ id?: string }>(CREDENTIALS, { bearer_token: token, ...(userId ? { user_id: userId } : {}) }),
  importFile: (content: unknown, accessTokenOnly: boolean) =>
    post<{ id?: string; warning?: T.Maybe<string> }>(`${CREDENTIALS}/import`, {
      content,
      access_token_only: accessTokenOnly,
    }),
  pin: (it: Which) => post<unknown>(`${CREDENTIALS}/select`, which(it)),
  unpin: () => post<unknown>(`${CREDENTIALS}/auto`),
  toggleRotation: () => post<T.Current>(`${CREDENTIALS}/toggle-rotation`),
  enable: (it: Which, on: boolean) => post<unknown>(`${CREDENTIALS}/${on ? 'enable' : 'disable'}`, which(it)),
  refresh: (it: Which) => post<unknown>(`${CREDENTIALS}/refresh`, which(it), { timeoutMs: 60_000 }),
  rename: (it: Which, label: string | null) =>
    post<unknown>(`${CREDENTIALS}/rename`, { ...which(it), label }),
  test: (it: Which, model?: string) =>
    post<{ ok?: boolean; model?: string; duration_ms?: number; error?: unknown }>(
      `${CREDENTIALS}/test`,
      { id: it.id, ...(model ? { model } : {}) },
      { timeoutMs: 180_000 },
    ),
  remove: (it: Which) => post<unknown>(`${CREDENTIALS}/delete`, which(it)),
  restore: (id: string) => post<unknown>(`${CREDENTIALS}/restore`, { id }),
  accounts: (id: string, signal?: AbortSignal) =>
    get<{ accounts?: T.Maybe<T.Account[]> }>(`${CREDENTIALS}/accounts${query(id)}`, signal),
  switchAccount: (id: string, account: T.Account) =>
    post<unknown>(`${CREDENTIALS}/switch`, {
      id,
      uid: account.uid,
      ...(account.enterprise_id ? { enterprise_id: account.enterprise_id } : {}),
    }),
  quota: (id: string, fresh = false, signal?: AbortSignal) =>
    get<T.Quota>(`${CREDENTIALS}/quota${query(id)}${fresh ? '&fresh=true' : ''}`, signal),
  checkIn: (id: string, signal?: AbortSignal) =>
    get<T.CheckIn>(`${CREDENTIALS}/check-in${query(id)}`, signal),
  claimCheckIn: (id: string) => post<T.CheckIn>(`${CREDENTIALS}/check-in`, { id }),
}

export const logins = {
  start: () => get<T.StartedLogin>('/codebuddy/auth/start'),
  poll: (state: string, signal?: AbortSignal) =>
    post<T.PolledLogin>('/codebuddy/auth/poll', { auth_state: state }, { signal }),
  cancel: (state: string) => post<unknown>('/codebuddy/auth/cancel', { auth_state: state }),
}

export const models = (signal?: AbortSignal) =>
  get<T.ModelOverview | null>('/api/models', signal).then((it): T.ModelOverview => ({
    ...it,
    models: namedOf(it?.models),
    credentials: entriesOf(it?.credentials),
  }))

/** Asks CodeBuddy again; waits until it is known. */
export const refreshModels = () => post<unknown>('/api/models/refresh')

export const settings = {
  show: (signal?: AbortSignal) => get<T.Settings>('/api/settings', signal),
  save: (changed: Record<string, T.SettingValue>, version?: T.Maybe<string>) =>
    post<T.SettingsSaved>(
      '/api/settings',
      { settings: changed },
      { headers: version ? { 'If-Match': `"${version}"` } : {} },
    ),
  history: (signal?: AbortSignal) => get<{ backups?: T.Maybe<T.Backup[]> }>('/api/settings/history', signal),
  backup: (number: number, signal?: AbortSignal) =>
    get<T.BackupDetail>(`/api/settings/history/${number}`, signal),
  restore: (number: number, version?: T.Maybe<string>) =>
    post<T.SettingsSaved>(
      '/api/settings/restore',
      { backup: number },
      { headers: version ? { 'If-Match': `"${version}"` } : {} },
    ),
}

export const previewKeywords = (
  text: string,
  rules: T.KeywordRule[],
  chunk: number | null,
  signal?: AbortSignal,
) => post<T.KeywordPreview>('/api/keywords/preview', { text, rules, ...(chunk ? { chunk } : {}) }, { signal })
