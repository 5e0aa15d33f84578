import type { Credential } from '@/api/types'
import type { MenuItem } from '@/components/UiMenu.vue'
import { credentialState } from '@/components/credentialLook'

/** What can be done with an account, in the order of the menu. */
export type Choice =
  | 'details'
  | 'signIn'
  | 'test'
  | 'pin'
  | 'unpin'
  | 'enable'
  | 'disable'
  | 'renew'
  | 'switch'
  | 'checkIn'
  | 'rename'
  | 'remove'

export function menuOf(it: Credential, t: (key: string) => string): MenuItem[] {
  const { kind } = credentialState(it)
  const isOff = kind === 'off'
  const item = (id: Choice, more: Partial<MenuItem> = {}): MenuItem => ({
    id,
    label: t(`accounts.act.${id}`),
    ...more,
  })
  return [
    item('details'),
    ...(kind === 'login' ? [item('signIn')] : []),
    item('test', { disabled: kind === 'login' }),
    it.pinned ? item('unpin') : item('pin', { disabled: isOff }),
    isOff ? item('enable') : item('disable'),
    item('renew', { separated: true, disabled: !it.has_refresh_token }),
    item('switch', { disabled: !it.has_refresh_token }),
    ...(it.enterprise_id ? [] : [item('checkIn')]),
    item('rename'),
    item('remove', { separated: true, danger: true }),
  ]
}
