import { ApiFailure } from '@/api/failure'

/** Failures that have words of their own below `accounts.login.failed`. */
const KNOWN = [
  'expired_token',
  'oauth_state_invalid',
  'too_many_logins',
  'login_no_free_seat',
  'login_licence_expired',
  'login_trial_expired',
  'login_address_not_allowed',
  'login_refused',
  'oauth_upstream_invalid',
  'offline',
  'upstream_unreachable',
  'upstream_tls_error',
  'upstream_timeout',
  'upstream_error',
  'server_shutting_down',
  'session_expired',
] as const

export type LoginFailureWord = (typeof KNOWN)[number] | 'other'

/** The word for what ended a sign-in; a refusal is told by CodeBuddy's reason for it. */
export function loginFailureWord(failure: unknown): LoginFailureWord {
  if (!(failure instanceof ApiFailure)) return 'other'
  if (failure.code === 'access_denied') {
    return KNOWN.find((it) => it === failure.body.code) ?? 'login_refused'
  }
  return KNOWN.find((it) => it === failure.code) ?? 'other'
}
