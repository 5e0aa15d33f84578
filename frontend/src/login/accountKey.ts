import type { Account, Credential } from '@/api/types'

/** What tells one account of a person from the other. */
export function accountKey(it: Account): string {
  return `${it.uid ?? ''}|${it.enterprise_id ?? ''}`
}

/** Whether this credential acts for that account. */
export function actsFor(credential: Credential, it: Account): boolean {
  return (
    (it.uid ?? '') !== '' &&
    credential.user_id === it.uid &&
    (credential.enterprise_id ?? '') === (it.enterprise_id ?? '')
  )
}
