import { useQueryClient } from '@tanstack/vue-query'
import { defineStore } from 'pinia'
import { ref } from 'vue'
import * as api from '@/api'
import { keys } from '@/api/queries'
import type { Account, Credential } from '@/api/types'
import { credentialName } from '@/components/credentialLook'
import { i18n } from '@/locales'
import { useClock } from '@/stores/clock'
import { useToasts } from '@/stores/toasts'

const UNDO_MS = 10_000

/** What can be done with an account; each has words below `accounts.failed`. */
export type Deed =
  | 'pin'
  | 'unpin'
  | 'enable'
  | 'disable'
  | 'renew'
  | 'rename'
  | 'switch'
  | 'checkIn'
  | 'remove'
  | 'restore'
  | 'rotation'
  | 'test'

/** How a test went; it stays until the next one. */
export interface Trial {
  ok: boolean
  model: string | null
  atMs: number
  durationMs: number | null
  code: string | null
  message: string | null
}

/** What concerns no one account. */
export const EVERYONE = ''

/** Everything that is done with accounts: what is under way, and what failed, until it is dismissed or succeeds. */
export const useWork = defineStore('accounts', () => {
  const queries = useQueryClient()
  const toasts = useToasts()
  const clock = useClock()
  const { t } = i18n.global
  const busy = ref(new Map<string, Deed>())
  const failures = ref(new Map<string, { deed: Deed; failure: unknown }>())
  const trials = ref(new Map<string, Trial>())

  /** Does one thing at a time with an account; whether it went well. */
  async function run(id: string, deed: Deed, act: () => Promise<void>): Promise<boolean> {
    if (busy.value.has(id)) return false
    busy.value.set(id, deed)
    failures.value.delete(id)
    try {
      await act()
      return true
    } catch (failure) {
      failures.value.set(id, { deed, failure })
      return false
    } finally {
      busy.value.delete(id)
      void queries.invalidateQueries({ queryKey: keys.credentials })
    }
  }

  const say = (key: string, name: string, more: Record<string, unknown> = {}) =>
    toasts.show(t(`accounts.done.${key}`, { name, ...more }))

  const pin = (it: Credential) =>
    run(it.id, 'pin', async () => {
      await api.credentials.pin({ id: it.id })
      say('pin', credentialName(it))
    })

  const unpin = () =>
    run(EVERYONE, 'unpin', async () => {
      await api.credentials.unpin()
      say('unpin', '')
    })

  const toggleRotation = () =>
    run(EVERYONE, 'rotation', async () => {
      await api.credentials.toggleRotation()
    })

  const enable = (it: Credential, on: boolean) =>
    run(it.id, on ? 'enable' : 'disable', async () => {
      await api.credentials.enable({ id: it.id }, on)
      say(on ? 'enable' : 'disable', credentialName(it))
    })

  const renew = (it: Credential) =>
    run(it.id, 'renew', async () => {
      await api.credentials.refresh({ id: it.id })
      say('renew', credentialName(it))
    })

  const rename = (it: Credential, label: string | null) =>
    run(it.id, 'rename', async () => {
      await api.credentials.rename({ id: it.id }, label)
    })

  const switchAccount = (id: string, account: Account) =>
    run(id, 'switch', async () => {
      await api.credentials.switchAccount(id, account)
      void queries.invalidateQueries({ queryKey: keys.quota(id) })
      void queries.invalidateQueries({ queryKey: keys.models })
    })

  const checkIn = (it: Credential) =>
    run(it.id, 'checkIn', async () => {
      const { status, credit, streak_days: days } = await api.credentials.claimCheckIn(it.id)
      if (status === 'claimed') {
        say('claimed', credentialName(it), { credit: credit ?? '', days: days ?? 1 })
        void queries.invalidateQueries({ queryKey: keys.quota(it.id) })
      } else {
        const word = status === 'already_claimed' ? 'alreadyClaimed' : 'notOffered'
        toasts.show(t(`accounts.done.${word}`, { name: credentialName(it) }), { kind: 'info' })
      }
    })

  const remove = (it: Credential) =>
    run(it.id, 'remove', async () => {
      await api.credentials.remove({ id: it.id })
      trials.value.delete(it.id)
      toasts.show(t('accounts.done.remove', { name: credentialName(it) }), {
        ms: UNDO_MS,
        action: { label: t('common.undo'), run: () => void restore(it) },
      })
    })

  const restore = (it: Credential) =>
    run(EVERYONE, 'restore', async () => {
      await api.credentials.restore(it.id)
      say('restore', credentialName(it))
    })

  const test = (id: string, model?: string) =>
    run(id, 'test', async () => {
      const answer = await api.credentials.test({ id }, model)
      const error = answer.error as { code?: string; message?: string } | null | undefined
      trials.value.set(id, {
        ok: answer.ok === true,
        model: answer.model ?? model ?? null,
        atMs: clock.now,
        durationMs: answer.duration_ms ?? null,
        code: error?.code ?? null,
        message: error?.message ?? null,
      })
    })

  const dismiss = (id: string) => failures.value.delete(id)

  return {
    busy,
    failures,
    trials,
    pin,
    unpin,
    toggleRotation,
    enable,
    renew,
    rename,
    switchAccount,
    checkIn,
    remove,
    test,
    dismiss,
  }
})
