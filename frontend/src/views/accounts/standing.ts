import type { Credential } from '@/api/types'
import { credentialState, type CredentialKind } from '@/components/credentialLook'
import { isKnown } from '@/format/numbers'
import { toMs } from '@/format/times'

/** How a credential stands at a moment. */
export interface Standing {
  kind: CredentialKind
  /** Below `common.state`. */
  word: string
  /** When it comes back by itself, if it does and that is known. */
  untilMs: number | null
  /** Why it rests: a code of the service. */
  reason: string | null
}

/** A rest that is over is none, even before the service is asked again. */
export function standingOf(it: Credential, now: number): Standing {
  const { kind, word } = credentialState(it)
  if (kind !== 'cooling') return { kind, word, untilMs: null, reason: it.reason ?? null }
  const untilMs = toMs(it.until)
  if (untilMs !== null && untilMs <= now) return { kind: 'ok', word: 'ready', untilMs: null, reason: null }
  return { kind, word, untilMs, reason: it.reason ?? null }
}

/** Whether the account behind it may be asked something. */
export function canAsk(it: Credential): boolean {
  const { kind } = credentialState(it)
  return kind !== 'off' && kind !== 'login'
}

/** A trouble of the renewal that the owner should know of while the account still works. */
export function renewalTrouble(it: Credential): string | null {
  const known = ['waiting', 'refused', 'outcome_unknown', 'not_stored']
  return it.state !== 'needs_login' && known.includes(it.refresh ?? '') ? (it.refresh ?? null) : null
}

/** How the sign-in goes on: below `accounts.signIn`. */
export function signInWord(it: Credential): string {
  if (it.state === 'needs_login') return 'over'
  if (it.refresh === 'running') return 'renewing'
  if (it.has_refresh_token) return 'renewsItself'
  if (!isKnown(it.expires_at)) return 'noEnd'
  return it.is_expired ? 'ended' : 'endsForGood'
}
