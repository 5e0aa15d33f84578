import type { Credential } from '@/api/types'

/** What a person calls a credential: the owner's own label, else the account's name, else its address or number. */
export function credentialName(it: Credential): string {
  return it.label || it.name || it.email || it.user_id || it.filename || it.id.slice(0, 8)
}

export type CredentialKind = 'ok' | 'cooling' | 'login' | 'failed' | 'off' | 'working' | 'unknown'

/** The shape of a credential's state, and the word for it below `common.state`. */
export function credentialState(it: Credential): { kind: CredentialKind; word: string } {
  switch (it.state) {
    case 'ready':
      return { kind: 'ok', word: 'ready' }
    case 'cooling_down':
      return { kind: 'cooling', word: 'cooling_down' }
    case 'needs_login':
      return { kind: 'login', word: 'needs_login' }
    case 'expired':
      // One that can renew itself is on its way; another one needs its owner.
      return it.has_refresh_token ? { kind: 'working', word: 'renewing' } : { kind: 'login', word: 'expired' }
    case 'disabled':
      return { kind: 'off', word: 'disabled' }
    default:
      return { kind: 'unknown', word: 'unknown' }
  }
}

/** Whether its owner has to do something, so that it can be used. */
export function needsOwner(it: Credential): boolean {
  return credentialState(it).kind === 'login'
}
