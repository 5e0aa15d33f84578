import { PAGE_HEADERS, reportSessionOver } from '@/api/client'
import { ApiFailure, failureOf } from '@/api/failure'
import type { ChatCall } from '@/snippets'
import { extended, NOTHING, type Reply } from './reply'
import { SseReader, SseTooLarge, type SseEvent } from './sse'

/** How an answer can come to its end. `cut` is one that began and has no end of its own. */
export type Ending = 'done' | 'cut' | 'stopped' | 'failed'

export interface Listener {
  opened: (status: number, requestId: string | null) => void
  raw: (event: SseEvent) => void
  reply: (reply: Reply) => void
}

export interface Asked {
  ending: Ending
  failure: ApiFailure | null
}

const DONE = '[DONE]'

/** Asks, and tells what arrives until the end; it never throws. */
export async function ask(call: ChatCall, listener: Listener, signal: AbortSignal): Promise<Asked> {
  let begun = false
  try {
    const response = await send(call, signal)
    listener.opened(response.status, response.headers.get('x-request-id'))
    if (!response.ok) throw await refused(response)
    const streamed = /^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '')
    if (!streamed || !response.body) return await whole(response, listener)
    return await stream(response.body, {
      ...listener,
      reply: (reply) => {
        begun = true
        listener.reply(reply)
      },
    })
  } catch (cause) {
    if (signal.aborted) return { ending: 'stopped', failure: null }
    return { ending: begun ? 'cut' : 'failed', failure: failureFrom(cause, begun) }
  }
}

function send(call: ChatCall, signal: AbortSignal): Promise<Response> {
  return fetch('/v1/chat/completions', {
    method: 'POST',
    headers: { ...PAGE_HEADERS, 'Content-Type': 'application/json' },
    body: JSON.stringify(call),
    credentials: 'same-origin',
    cache: 'no-store',
    signal,
  })
}

async function refused(response: Response): Promise<ApiFailure> {
  const failure = await failureOf(response)
  if (failure.isSessionOver) reportSessionOver()
  return failure
}

async function whole(response: Response, listener: Listener): Promise<Asked> {
  const body = await response.text()
  listener.raw({ name: 'message', data: body })
  const reply = extended(NOTHING, JSON.parse(body))
  listener.reply(reply)
  return { ending: reply.failure ? 'failed' : 'done', failure: reply.failure }
}

async function stream(body: ReadableStream<Uint8Array>, listener: Listener): Promise<Asked> {
  const events = new SseReader()
  const reader = body.getReader()
  let reply = NOTHING
  let begun = false
  let ended = false
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    for (const event of events.push(value)) {
      listener.raw(event)
      if (event.data === DONE) {
        ended = true
        continue
      }
      reply = extended(reply, parsed(event.data))
      if (reply.failure) continue
      begun = true
      listener.reply(reply)
    }
  }
  if (reply.failure) return { ending: begun ? 'cut' : 'failed', failure: reply.failure }
  return ended
    ? { ending: 'done', failure: null }
    : { ending: begun ? 'cut' : 'failed', failure: incomplete() }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}

const incomplete = () => new ApiFailure(200, 'upstream_incomplete', 'The answer has no end.')

function failureFrom(cause: unknown, begun: boolean): ApiFailure {
  if (cause instanceof ApiFailure) return cause
  if (cause instanceof SseTooLarge)
    return new ApiFailure(200, 'upstream_event_too_large', 'A piece was too large.')
  if (cause instanceof SyntaxError)
    return new ApiFailure(200, 'upstream_malformed', 'The answer is not JSON.')
  return begun ? incomplete() : new ApiFailure(0, 'offline', 'The server does not answer')
}
