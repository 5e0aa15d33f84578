/**
 * What the service answers. Every member may be missing: an older or newer service, or a bug, must cost one cell and
 * never a screen. Times are seconds since 1970 unless their name ends in `_ms`.
 */
export type Maybe<T> = T | null | undefined

export interface Session {
  authenticated?: Maybe<boolean>
  expires_at?: Maybe<number>
  locked?: Maybe<string>
  locked_reason?: Maybe<string>
  now_ms?: Maybe<number>
}

export interface Status {
  version?: Maybe<string>
  started_at?: Maybe<number>
  now_ms?: Maybe<number>
  draining?: Maybe<boolean>
  running?: Maybe<number>
}

export interface Credential {
  id: string
  index?: Maybe<number>
  etag?: Maybe<string>
  filename?: Maybe<string>
  label?: Maybe<string>
  name?: Maybe<string>
  email?: Maybe<string>
  user_id?: Maybe<string>
  domain?: Maybe<string>
  enterprise_id?: Maybe<string>
  enterprise_name?: Maybe<string>
  created_at?: Maybe<number>
  expires_at?: Maybe<number>
  is_expired?: Maybe<boolean>
  has_refresh_token?: Maybe<boolean>
  token_preview?: Maybe<string>
  state?: Maybe<string>
  until?: Maybe<number>
  reason?: Maybe<string>
  pinned?: Maybe<boolean>
  enabled?: Maybe<boolean>
  refresh?: Maybe<string>
}

export interface CredentialList {
  credentials?: Maybe<Credential[]>
  etag?: Maybe<string>
  unusable?: Maybe<UnusableFile[]>
}

/** A file among the accounts' that is none, and why. */
export interface UnusableFile {
  filename?: Maybe<string>
  reason?: Maybe<string>
}

/** Which credential is next, and why. */
export interface Current {
  status?: Maybe<string>
  index?: Maybe<number>
  filename?: Maybe<string>
  usage_count?: Maybe<number>
  rotation_count?: Maybe<number>
  auto_rotation_enabled?: Maybe<boolean>
}

export interface QuotaGrant {
  name?: Maybe<string>
  total?: Maybe<number>
  used?: Maybe<number>
  remaining?: Maybe<number>
  ends_at?: Maybe<number>
}

export interface Quota {
  total?: Maybe<number>
  used?: Maybe<number>
  remaining?: Maybe<number>
  resets_at?: Maybe<number>
  checked_at?: Maybe<number>
  grants?: Maybe<QuotaGrant[]>
}

export interface Account {
  uid?: Maybe<string>
  name?: Maybe<string>
  email?: Maybe<string>
  enterprise_id?: Maybe<string>
  enterprise_name?: Maybe<string>
  current?: Maybe<boolean>
}

export interface CheckIn {
  status?: Maybe<string>
  credit?: Maybe<number>
  streak_days?: Maybe<number>
}

export interface StartedLogin {
  success?: Maybe<boolean>
  auth_state?: Maybe<string>
  verification_uri_complete?: Maybe<string>
  expires_in?: Maybe<number>
  interval?: Maybe<number>
  error?: Maybe<string>
  message?: Maybe<string>
}

export interface PolledLogin {
  saved?: Maybe<boolean>
  id?: Maybe<string>
  enabled?: Maybe<boolean>
  message?: Maybe<string>
  accounts?: Maybe<Account[]>
  error?: Maybe<unknown>
  error_description?: Maybe<string>
  code?: Maybe<number>
}

export interface Counts {
  requests?: Maybe<number>
  failures?: Maybe<Record<string, number>>
  prompt_tokens?: Maybe<number>
  completion_tokens?: Maybe<number>
  cached_tokens?: Maybe<number>
  credit?: Maybe<number>
  mean_time_to_first_chunk_ms?: Maybe<number>
}

export interface HourCounts extends Counts {
  start?: Maybe<number>
}

export interface Stats {
  since?: Maybe<number>
  model_usage?: Maybe<Record<string, number>>
  credential_usage?: Maybe<Record<string, number>>
  total?: Maybe<Counts>
  models?: Maybe<Record<string, Counts>>
  credentials?: Maybe<Record<string, Counts>>
  hours?: Maybe<HourCounts[]>
}

/** How a credential stood when one was to be chosen. */
export interface Considered {
  credential?: Maybe<string>
  name?: Maybe<string>
  standing?: Maybe<string>
  until?: Maybe<number>
  code?: Maybe<string>
}

export interface Attempt {
  credential?: Maybe<string>
  at_ms?: Maybe<number>
  code?: Maybe<string>
  considered?: Maybe<Considered[]>
}

export interface GatewayRequest {
  id: string
  model?: Maybe<string>
  streamed?: Maybe<boolean>
  started_at_ms?: Maybe<number>
  state?: Maybe<string>
  outcome?: Maybe<string>
  code?: Maybe<string>
  status?: Maybe<number>
  credential?: Maybe<string>
  first_chunk_ms?: Maybe<number>
  duration_ms?: Maybe<number>
  prompt_tokens?: Maybe<number>
  completion_tokens?: Maybe<number>
  cached_tokens?: Maybe<number>
  credit?: Maybe<number>
  attempts?: Maybe<Attempt[]>
}

export interface RequestList {
  now_ms?: Maybe<number>
  capacity?: Maybe<number>
  requests?: Maybe<GatewayRequest[]>
}

export interface Model {
  id: string
  name?: Maybe<string>
  alias_of?: Maybe<string>
  context_length?: Maybe<number>
  max_output_tokens?: Maybe<number>
  abilities?: Maybe<string[]>
  credit_multiplier?: Maybe<number>
  credentials?: Maybe<string[]>
}

export interface ModelSource {
  id?: Maybe<string>
  state?: Maybe<string>
  code?: Maybe<string>
  checked_at?: Maybe<number>
}

export interface ModelOverview {
  models?: Maybe<Model[]>
  credentials?: Maybe<ModelSource[]>
  unlisted?: Maybe<string[]>
}

/** Text, number, flag, list of rules or aliases, as the setting's type says. */
export type SettingValue = string | number | boolean | null | unknown[] | Record<string, unknown>

export interface SettingDescription {
  name: string
  label?: Maybe<string>
  type?: Maybe<string>
  group?: Maybe<string>
  restart?: Maybe<boolean>
  sensitive?: Maybe<boolean>
  options?: Maybe<string[]>
  default?: Maybe<string>
  hint?: Maybe<string>
  min?: Maybe<number>
  max?: Maybe<number>
}

export interface Settings {
  settings?: Maybe<Record<string, SettingValue>>
  schema?: Maybe<SettingDescription[]>
  version?: Maybe<string>
  awaiting_restart?: Maybe<string[]>
  trouble?: Maybe<string[]>
  unknown_keys?: Maybe<string[]>
  file?: Maybe<string>
}

export interface SettingsSaved {
  message?: Maybe<string>
  restart_required?: Maybe<string[]>
  ignored?: Maybe<string[]>
  version?: Maybe<string>
}

export interface Backup {
  number: number
  saved_at?: Maybe<number>
}

export interface BackupDetail extends Backup {
  changes?: Maybe<{ name?: Maybe<string>; from?: Maybe<SettingValue>; to?: Maybe<SettingValue> }[]>
}

export interface KeywordRule {
  from: string
  to: string
}

export interface KeywordPreview {
  text?: Maybe<string>
  hits?: Maybe<number[]>
  changed?: Maybe<boolean>
}
