/** Tells what somebody pasted, before it is sent. Nothing of the token itself comes out of here. */
import { isRecord } from '@/api/failure'

/** As much as the service takes. */
const LONGEST_TOKEN = 16_384
const LONGEST_FILE = 1024 * 1024
const MILLISECONDS_FROM = 100_000_000_000
const NESTING = 4

export type Recognised =
  | { kind: 'token'; token: string; who: string | null; endsAt: number | null }
  | {
      kind: 'file'
      content: Record<string, unknown>
      who: string | null
      endsAt: number | null
      renewable: boolean
    }
  | { kind: 'problem'; reason: Problem }

export type Problem = 'empty' | 'too_long' | 'encrypted' | 'no_token' | 'not_json' | 'not_token'

const problem = (reason: Problem): Recognised => ({ kind: 'problem', reason })

export function recognise(text: string): Recognised {
  const trimmed = text.replace(/^\uFEFF/, '').trim()
  if (trimmed === '') return problem('empty')
  if (trimmed.length > LONGEST_FILE) return problem('too_long')
  return trimmed.startsWith('{') ? file(trimmed) : token(trimmed)
}

function token(text: string): Recognised {
  const bare = text
    .replace(/^authorization:\s*/i, '')
    .replace(/^bearer\s+/i, '')
    .replace(/^(["'])(.*)\1$/s, '$2')
    .trim()
  if (bare.length > LONGEST_TOKEN) return problem('too_long')
  if (!/^[\x21-\x7e]{8,}$/.test(bare)) return problem('not_token')
  const claims = claimsOf(bare)
  return { kind: 'token', token: bare, who: personIn([claims]), endsAt: moment(claims.exp) }
}

function file(text: string): Recognised {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    return problem('not_json')
  }
  if (!isRecord(content)) return problem('not_json')
  const places = placesOf(content)
  const access = first(places, ['bearer_token', 'access_token', 'accessToken', 'auth.accessToken'])
  if (access === null) {
    const isEncrypted = places.some(
      (place) =>
        '$wbEncrypted' in place ||
        Object.values(place).some((value) => isRecord(value) && '$wbEncrypted' in value),
    )
    return problem(isEncrypted ? 'encrypted' : 'no_token')
  }
  const claims = claimsOf(access)
  const refresh = first(places, ['refresh_token', 'refreshToken', 'auth.refreshToken'])
  return {
    kind: 'file',
    content,
    who: personIn([...places, claims]),
    endsAt: endIn(places) ?? moment(claims.exp),
    renewable: refresh !== null,
  }
}

/** Where the programs keep it: beside each other, or nested. */
function placesOf(root: Record<string, unknown>): Record<string, unknown>[] {
  const places = [root]
  for (const name of ['auth', 'account', 'user_info']) {
    const place = root[name]
    if (isRecord(place)) places.push(place)
  }
  const nested = (object: Record<string, unknown>, depth: number) => {
    for (const name of ['full_response', 'data']) {
      const place = object[name]
      if (depth > 0 && isRecord(place)) {
        places.push(place)
        nested(place, depth - 1)
      }
    }
  }
  nested(root, NESTING)
  return places
}

function first(places: Record<string, unknown>[], names: string[]): string | null {
  for (const name of names) {
    for (const place of places) {
      const value = place[name]
      if (typeof value === 'string' && value.trim() !== '') return value.trim()
    }
  }
  return null
}

function personIn(places: Record<string, unknown>[]): string | null {
  const named = first(places, [
    'email',
    'nickname',
    'account.nickname',
    'name',
    'preferred_username',
    'user_id',
    'uid',
    'sub',
  ])
  return named && named.length <= 128 ? named : null
}

function endIn(places: Record<string, unknown>[]): number | null {
  for (const place of places) {
    const at = moment(place.expires_at ?? place.expiresAt ?? place['auth.expiresAt'])
    if (at !== null) return at
    const from = moment(place.created_at ?? place.createdAt)
    const length = place.expires_in ?? place.expiresIn
    if (from !== null && typeof length === 'number' && length > 0) return from + length * 1000
  }
  return null
}

/** Seconds or milliseconds since 1970, as milliseconds. */
function moment(value: unknown): number | null {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return null
  return value >= MILLISECONDS_FROM ? value : value * 1000
}

/** What a token says of itself, if it is of the kind that does. Nobody believes it; it is only shown. */
function claimsOf(token: string): Record<string, unknown> {
  const middle = token.split('.')[1]
  if (!middle) return {}
  try {
    const bytes = Uint8Array.from(atob(middle.replace(/-/g, '+').replace(/_/g, '/')), (it) =>
      it.charCodeAt(0),
    )
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return isRecord(claims) ? claims : {}
  } catch {
    return {}
  }
}
