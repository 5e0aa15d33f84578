import { defineStore } from 'pinia'
import { computed, reactive, ref, shallowReactive, shallowRef, watch } from 'vue'
import type { ApiFailure } from '@/api/failure'
import type { ChatCall } from '@/snippets'
import { useSession } from '@/stores/session'
import { ask, type Ending } from './asking'
import { callOf, type Message, type TrialForm } from './composing'
import { RawEvents } from './rawEvents'
import { isNothing, NOTHING, type Reply } from './reply'

/** A question and what came of it. */
export interface Turn {
  readonly id: number
  readonly prompt: string
  readonly call: ChatCall
  readonly raw: RawEvents
  reply: Reply
  state: 'waiting' | 'answering' | Ending
  failure: ApiFailure | null
  status: number | null
  requestId: string | null
  firstMs: number | null
  totalMs: number | null
  readonly startedAt: number
}

/** What arrives within one of these is shown at once together. */
const BATCH_MS = 50
const MOST_TURNS = 100

/** The conversation of "Try it". It lives as long as the page does and is kept nowhere. */
export const useTrial = defineStore('trial', () => {
  const session = useSession()
  const form = reactive<TrialForm>({
    model: '',
    stream: true,
    system: '',
    temperature: '',
    maxTokens: '',
    tools: '',
  })
  const draft = ref<string | null>(null)
  const turns = shallowRef<Turn[]>([])
  let last = 0
  let running: AbortController | null = null

  const current = computed(() => turns.value.at(-1) ?? null)
  const isRunning = computed(() => current.value?.state === 'waiting' || current.value?.state === 'answering')
  /** What was said before: what failed without a word is left out, so is what has not ended. */
  const said = computed(() => turns.value.flatMap(messagesOf))

  async function send(text: string): Promise<void> {
    if (isRunning.value || text.trim() === '') return
    const turn = begin(text)
    const aborter = (running = new AbortController())
    let newest = turn.reply
    let batch: ReturnType<typeof setTimeout> | undefined
    const flush = () => {
      clearTimeout(batch)
      batch = undefined
      turn.reply = newest
    }
    const since = () => Math.round(performance.now() - turn.startedAt)
    const { ending, failure } = await ask(
      turn.call,
      {
        opened: (status, requestId) => Object.assign(turn, { status, requestId }),
        raw: (event) => turn.raw.add(event),
        reply: (reply) => {
          newest = reply
          if (turn.firstMs === null && !isNothing(reply)) turn.firstMs = since()
          turn.state = 'answering'
          batch ??= setTimeout(flush, BATCH_MS)
        },
      },
      aborter.signal,
    )
    flush()
    Object.assign(turn, { totalMs: since(), failure, state: ending })
    if (running === aborter) running = null
  }

  function begin(text: string): Turn {
    const turn = shallowReactive<Turn>({
      id: ++last,
      prompt: text,
      call: callOf(form, said.value, text),
      raw: new RawEvents(),
      reply: NOTHING,
      state: 'waiting',
      failure: null,
      status: null,
      requestId: null,
      firstMs: null,
      totalMs: null,
      startedAt: performance.now(),
    })
    turns.value = [...turns.value.slice(1 - MOST_TURNS), turn]
    return turn
  }

  function stop() {
    running?.abort()
  }

  /** Asks the last question once more, in the place of its answer. */
  async function again(): Promise<void> {
    const turn = current.value
    if (!turn || isRunning.value) return
    turns.value = turns.value.slice(0, -1)
    await send(turn.prompt)
  }

  function clear() {
    stop()
    turns.value = []
  }

  watch(
    () => session.wasIn,
    (wasIn) => {
      if (wasIn) return
      clear()
      draft.value = null
      Object.assign(form, { system: '', tools: '' })
    },
  )

  return { form, draft, turns, current, isRunning, said, send, stop, again, clear }
})

function messagesOf(turn: Turn): Message[] {
  if (turn.reply.text === '') return []
  return [
    { role: 'user', content: turn.prompt },
    { role: 'assistant', content: turn.reply.text },
  ]
}
