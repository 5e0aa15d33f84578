import type { GatewayRequest } from '@/api/types'

/**
 * The rows to show while nothing may move: those held, each as it is now, also if it would have left the list by
 * itself; and how many there are that wait.
 */
export function held(
  rows: readonly GatewayRequest[],
  all: readonly GatewayRequest[],
  matching: readonly GatewayRequest[],
): { rows: GatewayRequest[]; waiting: number } {
  const now = new Map(all.map((it) => [it.id, it]))
  const ids = new Set(rows.map((it) => it.id))
  return {
    rows: rows.map((it) => now.get(it.id) ?? it),
    waiting: matching.filter((it) => !ids.has(it.id)).length,
  }
}
