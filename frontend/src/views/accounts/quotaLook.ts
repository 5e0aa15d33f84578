import type { Quota } from '@/api/types'
import { isKnown } from '@/format/numbers'
import { toMs } from '@/format/times'

const STALE_MS = 15 * 60_000

/** What is known of a quota, and how surely. */
export type QuotaLook =
  | { kind: 'unknown'; left: null }
  /** The account was granted nothing. */
  | { kind: 'none'; left: 0 }
  | {
      kind: 'measured' | 'stale' | 'zero'
      left: number
      remaining: number
      total: number
      checkedAtMs: number | null
      resetsAtMs: number | null
    }

const UNKNOWN: QuotaLook = { kind: 'unknown', left: null }

export function quotaLook(quota: Quota | null | undefined, now: number, isOld = false): QuotaLook {
  const total = quota?.total
  const remaining = quota?.remaining
  if (!isKnown(total) || !isKnown(remaining) || total < 0 || remaining < 0) return UNKNOWN
  if (total === 0 && remaining === 0) return { kind: 'none', left: 0 }
  const checkedAtMs = toMs(quota?.checked_at)
  const stale = isOld || (checkedAtMs !== null && now - checkedAtMs > STALE_MS)
  return {
    kind: remaining === 0 ? 'zero' : stale ? 'stale' : 'measured',
    left: total > 0 ? Math.min(1, remaining / total) : 1,
    remaining,
    total,
    checkedAtMs,
    resetsAtMs: toMs(quota?.resets_at),
  }
}
