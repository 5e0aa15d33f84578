import { ApiFailure, failureOf } from './failure'

/** Tells the service that this is its own page; a page of another site cannot send it. */
export const PAGE_HEADERS = { 'X-Requested-By': 'admin-page' }

const TIMEOUT_MS = 30_000

type Listener = () => void
const sessionOver = new Set<Listener>()

/** Hears when a call was refused because the session is over. */
export function onSessionOver(listener: Listener): () => void {
  sessionOver.add(listener)
  return () => sessionOver.delete(listener)
}

export function reportSessionOver(): void {
  sessionOver.forEach((listener) => listener())
}

/** How many sessions have begun: what was asked in an earlier one says nothing about the present one. */
let begun = 0

export function noteSessionBegun(): void {
  begun++
}

interface Options {
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
  timeoutMs?: number
}

async function call<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const session = begun
  const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS)
  const init: RequestInit = {
    method,
    headers: {
      ...PAGE_HEADERS,
      ...(options.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...options.headers,
    },
    signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
    credentials: 'same-origin',
    cache: 'no-store',
  }
  if (options.body !== undefined) init.body = JSON.stringify(options.body)
  const response = await answered(path, init, options.signal)
  if (!response.ok) {
    const failure = await failureOf(response)
    if (failure.isSessionOver && path !== '/api/session' && session === begun) reportSessionOver()
    throw failure
  }
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T)
}

/** An answer of whatever status; that there was none is a failure like others. */
async function answered(path: string, init: RequestInit, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new ApiFailure(0, 'offline', 'The server does not answer')
  }
}

export const get = <T>(path: string, signal?: AbortSignal) => call<T>('GET', path, { signal })
export const post = <T>(path: string, body: unknown = {}, options: Options = {}) =>
  call<T>('POST', path, { ...options, body })
export const remove = <T>(path: string) => call<T>('DELETE', path)
