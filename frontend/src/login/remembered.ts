/** The sign-in that is under way, so that a reload goes on with it: our own opaque name of it and its end, no more. */
const KEY = 'login'

export interface Remembered {
  state: string
  /** In the service's time. */
  endsAt: number
}

export function remember(login: Remembered): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(login))
  } catch {
    // Then a reload forgets it.
  }
}

export function forget(): void {
  try {
    sessionStorage.removeItem(KEY)
  } catch {
    // There was nothing to forget.
  }
}

export function remembered(now: number): Remembered | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
    if (typeof kept !== 'object' || kept === null) return null
    const { state, endsAt } = kept as Partial<Record<keyof Remembered, unknown>>
    if (typeof state !== 'string' || typeof endsAt !== 'number' || endsAt <= now) return null
    return { state, endsAt }
  } catch {
    return null
  }
}
