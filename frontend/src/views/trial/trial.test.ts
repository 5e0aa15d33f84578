import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { blocksOf } from './blocks'
import { callOf, faultsOf, type TrialForm } from './composing'
import { RawEvents } from './rawEvents'
import { extended, NOTHING } from './reply'
import { SseReader, SseTooLarge, type SseEvent } from './sse'
import { useTrial } from './trial'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('the reader of events', () => {
  const read = (pieces: Uint8Array[], reader = new SseReader()) => pieces.flatMap((it) => reader.push(it))
  const STREAM =
    'data: {"a":"é😀"}\r\n\r\n: keep-alive\r\n\r\nevent: error\rdata:x\rdata:  y\r\rdata\n\nid: 5\n\n你: 1\ndata: [DONE]\n\n'
  const EVENTS: SseEvent[] = [
    { name: 'message', data: '{"a":"é😀"}' },
    { name: 'error', data: 'x\n y' },
    { name: 'message', data: '' },
    { name: 'message', data: '[DONE]' },
  ]

  it('reads CR, LF and both, comments, fields without a value and unknown ones', () => {
    expect(read([bytes(STREAM)])).toEqual(EVENTS)
  })

  it('reads the same wherever it is split', () => {
    const all = bytes(STREAM)
    for (let at = 0; at <= all.length; at++) {
      expect(read([all.slice(0, at), new Uint8Array(), all.slice(at)]), `split at ${at}`).toEqual(EVENTS)
    }
    expect(read([...all].map((it) => Uint8Array.of(it)))).toEqual(EVENTS)
  })

  it('tells no event that has no end', () => {
    expect(read([bytes('data: 1\n\ndata: 2\n')])).toEqual([{ name: 'message', data: '1' }])
  })

  it('refuses an endless line and an endless event', () => {
    expect(() => read([bytes('data: 1234'), bytes('567890')], new SseReader(12))).toThrow(SseTooLarge)
    const lines = Array.from({ length: 5 }, () => bytes('data: 12345678\n'))
    expect(() => read(lines, new SseReader(100, 30))).toThrow(SseTooLarge)
  })
})

describe('an answer', () => {
  const chunk = (delta: unknown, finish: string | null = null) => ({
    choices: [{ delta, finish_reason: finish }],
  })
  const of = (...pieces: unknown[]) => pieces.reduce(extended, NOTHING)

  it('grows piece by piece, its reasoning apart', () => {
    const reply = of(
      chunk({ reasoning_content: 'Hm. ' }),
      chunk({ content: 'Yes' }),
      chunk({ content: '!' }, 'stop'),
    )
    expect(reply).toMatchObject({ text: 'Yes!', reasoning: 'Hm. ', finish: 'stop' })
  })

  it('puts tool calls together by their index', () => {
    const reply = of(
      chunk({ tool_calls: [{ index: 1, function: { name: 'b', arguments: '{"x"' } }] }),
      chunk({
        tool_calls: [
          { index: 0, function: { name: 'a' } },
          { index: 1, function: { arguments: ':1}' } },
        ],
      }),
    )
    expect(reply.tools).toEqual([
      { index: 0, name: 'a', arguments: '' },
      { index: 1, name: 'b', arguments: '{"x":1}' },
    ])
  })

  it('may come as a whole', () => {
    const usage = {
      prompt_tokens: 3,
      completion_tokens: 2,
      credit: 0.1,
      prompt_tokens_details: { cached_tokens: 1 },
    }
    const reply = of({ choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }], usage })
    expect(reply.text).toBe('Hi')
    expect(reply.usage).toEqual({ prompt: 3, completion: 2, cached: 1, credit: 0.1 })
  })

  it('keeps what it has when something odd comes, and says when it failed', () => {
    const odd = [
      null,
      1,
      [],
      { choices: null },
      { choices: [null] },
      chunk(null),
      chunk({ content: 5, tool_calls: [1] }),
    ]
    expect(of(chunk({ content: 'a' }), ...odd)).toMatchObject({ text: 'a', tools: [] })
    const failed = of(chunk({ content: 'a' }), { error: { code: 'upstream_incomplete', message: 'Early.' } })
    expect(failed.text).toBe('a')
    expect(failed.failure?.code).toBe('upstream_incomplete')
  })
})

describe('a call', () => {
  const form: TrialForm = { model: 'm', stream: true, system: '', temperature: '', maxTokens: '', tools: '' }

  it('holds what was said, and only the fields that were filled in', () => {
    expect(callOf(form, [{ role: 'user', content: 'a' }], 'b')).toEqual({
      model: 'm',
      stream: true,
      stream_options: { include_usage: true },
      messages: [
        { role: 'user', content: 'a' },
        { role: 'user', content: 'b' },
      ],
    })
    const full = { ...form, stream: false, system: 's', temperature: '0', maxTokens: '5', tools: '[{"a":1}]' }
    expect(callOf(full, [], 'b')).toEqual({
      model: 'm',
      stream: false,
      messages: [
        { role: 'system', content: 's' },
        { role: 'user', content: 'b' },
      ],
      temperature: 0,
      max_tokens: 5,
      tools: [{ a: 1 }],
    })
  })

  it('tells what cannot be meant', () => {
    for (const temperature of ['x', '-1', '2.1', 'NaN'])
      expect(faultsOf({ ...form, temperature })).toHaveProperty('temperature')
    for (const maxTokens of ['0', '1.5', '-3', 'many'])
      expect(faultsOf({ ...form, maxTokens })).toHaveProperty('maxTokens')
    for (const tools of ['{}', '[]', '[', 'null'])
      expect(faultsOf({ ...form, tools })).toHaveProperty('tools')
    expect(faultsOf({ ...form, temperature: '1.5', maxTokens: '10', tools: '[1]' })).toEqual({})
  })
})

describe('the blocks of an answer', () => {
  it('are split at the fences', () => {
    expect(blocksOf('Look:\n\n```py\nprint(1)\n\n```\nDone.\n')).toEqual([
      { kind: 'text', text: 'Look:', language: '' },
      { kind: 'code', text: 'print(1)\n', language: 'py' },
      { kind: 'text', text: 'Done.', language: '' },
    ])
  })

  it('keep a shorter or other fence inside, and code without an end', () => {
    expect(blocksOf('~~~~\n~~~\n```\n~~~~')).toEqual([{ kind: 'code', text: '~~~\n```', language: '' }])
    expect(blocksOf('```js\nlet a')).toEqual([{ kind: 'code', text: 'let a', language: 'js' }])
  })

  it('are none of HTML', () => {
    const html = '<img src=x onerror=alert(1)>'
    expect(blocksOf(html)).toEqual([{ kind: 'text', text: html, language: '' }])
  })
})

it('no more raw events are kept than can be looked at', () => {
  const raw = new RawEvents()
  for (let n = 0; n < 5000; n++) raw.add({ name: 'message', data: n === 4999 ? 'x'.repeat(9000) : String(n) })
  const all = raw.all()
  expect(all).toHaveLength(500)
  expect(raw.dropped).toBe(4500)
  expect(all.at(-1)?.data).toHaveLength(4001)
})

describe('the conversation', () => {
  let pieces: ReadableStreamDefaultController<Uint8Array>
  let asked: { body: Record<string, unknown>; headers: Record<string, string> }[]
  let answer: () => Response

  beforeEach(() => {
    setActivePinia(createPinia())
    asked = []
    answer = () => {
      const body = new ReadableStream<Uint8Array>({ start: (it) => void (pieces = it) })
      return new Response(body, { headers: { 'content-type': 'text/event-stream', 'x-request-id': 'req_1' } })
    }
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
      asked.push({ body: JSON.parse(init.body as string), headers: init.headers as Record<string, string> })
      init.signal?.addEventListener('abort', () => pieces.error(new DOMException('', 'AbortError')))
      return Promise.resolve(answer())
    })
    useTrial().form.model = 'm'
  })
  afterEach(() => vi.unstubAllGlobals())

  const say = (content: string) =>
    pieces.enqueue(bytes(`data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`))
  const settled = () => new Promise((resolve) => setTimeout(resolve))

  it('is a whole answer only with its end', async () => {
    const over = useTrial().send('Hi')
    await settled()
    say('Yes')
    pieces.enqueue(bytes('data: [DONE]\n\n'))
    pieces.close()
    await over
    expect(useTrial().current).toMatchObject({ state: 'done', requestId: 'req_1', status: 200 })
    expect(useTrial().current?.reply.text).toBe('Yes')
    expect(asked[0]?.headers['X-Requested-By']).toBe('admin-page')
  })

  it('marks an answer without its end as cut and keeps it', async () => {
    const over = useTrial().send('Hi')
    await settled()
    say('Half')
    pieces.close()
    await over
    expect(useTrial().current).toMatchObject({ state: 'cut', failure: { code: 'upstream_incomplete' } })
    expect(useTrial().current?.reply.text).toBe('Half')
  })

  it('tells the failure that came within the stream', async () => {
    const over = useTrial().send('Hi')
    await settled()
    say('Half')
    pieces.enqueue(bytes('event: error\ndata: {"error":{"code":"upstream_timeout","message":"Late."}}\n\n'))
    pieces.close()
    await over
    expect(useTrial().current).toMatchObject({
      state: 'cut',
      failure: { code: 'upstream_timeout', message: 'Late.' },
    })
  })

  it('stops at once, keeps the text, and can be asked again with it', async () => {
    const first = useTrial().send('Hi')
    await settled()
    say('Half')
    await settled()
    useTrial().stop()
    await first
    expect(useTrial().current).toMatchObject({ state: 'stopped', failure: null })
    expect(useTrial().current?.reply.text).toBe('Half')
    void useTrial().send('Go on')
    await settled()
    expect(asked[1]?.body.messages).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Half' },
      { role: 'user', content: 'Go on' },
    ])
    expect(useTrial().isRunning).toBe(true)
    useTrial().stop()
  })

  it('leaves out what failed without a word, and asks it once more in its place', async () => {
    answer = () => new Response('{"error":{"code":"insufficient_quota","message":"None."}}', { status: 429 })
    await useTrial().send('Hi')
    expect(useTrial().current).toMatchObject({
      state: 'failed',
      status: 429,
      failure: { code: 'insufficient_quota' },
    })
    answer = () => new Response('{"choices":[{"message":{"content":"Yes"}}]}')
    await useTrial().again()
    expect(useTrial().turns).toHaveLength(1)
    expect(useTrial().current).toMatchObject({ state: 'done', prompt: 'Hi' })
    expect(asked[1]?.body.messages).toEqual([{ role: 'user', content: 'Hi' }])
  })

  it('bears an answer that is none', async () => {
    answer = () => new Response('<html>')
    await useTrial().send('Hi')
    expect(useTrial().current).toMatchObject({ state: 'failed', failure: { code: 'upstream_malformed' } })
  })
})
