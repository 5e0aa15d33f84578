import { onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import { previewKeywords } from '@/api'
import { ApiFailure } from '@/api/failure'
import type { KeywordPreview, KeywordRule } from '@/api/types'
import { ruleProblem } from './ruleCheck'

const DEBOUNCE_MS = 200
export const CHUNK = 5
export const MOST_TEXT = 20_000

export interface Preview {
  before: string
  after: string
  changed: boolean
  /** For each rule of the list how often it was used; null for one that was not tried. */
  hits: (number | null)[]
}

/** What the service makes of a sample with the rules as they stand here; asked anew after each pause in typing. */
export function usePreview(sample: () => string, rules: () => KeywordRule[], inChunks: () => boolean) {
  const preview = shallowRef<Preview | null>(null)
  const failure = shallowRef<unknown>(null)
  /** The rule that the service refuses, and why. */
  const refused = shallowRef<{ index: number; sentence: string } | null>(null)
  const busy = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | null = null

  async function ask() {
    running?.abort()
    const own = new AbortController()
    running = own
    const before = sample()
    const all = rules()
    // What cannot be used is marked where it stands; the others are tried.
    const usable = all.flatMap((rule, index) => (ruleProblem(rule) ? [] : [index]))
    const tried = usable.flatMap((index) => all[index] ?? [])
    busy.value = true
    try {
      const answer = await previewKeywords(before, tried, inChunks() ? CHUNK : null, own.signal)
      preview.value = previewOf(before, answer, all.length, usable)
      failure.value = refused.value = null
    } catch (cause) {
      if (own.signal.aborted) return
      const index = usable[refusedRule(cause) ?? -1]
      refused.value =
        index === undefined ? null : { index, sentence: cause instanceof Error ? cause.message : '' }
      failure.value = cause
    } finally {
      if (running === own) busy.value = false
    }
  }

  function later() {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), DEBOUNCE_MS)
  }

  watch([sample, () => JSON.stringify(rules()), inChunks], later, { immediate: true })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    running?.abort()
  })

  return { preview, failure, refused, busy, ask }
}

/** An answer for some of the rules as one for all of them. */
export function previewOf(
  before: string,
  answer: KeywordPreview,
  all: number,
  usable: readonly number[],
): Preview {
  const hits: (number | null)[] = Array.from({ length: all }, () => null)
  usable.forEach((index, i) => (hits[index] = answer.hits?.[i] ?? null))
  const after = answer.text ?? before
  return { before, after, changed: answer.changed ?? after !== before, hits }
}

/** Which rule a refusal is about: `rules[3].from`. */
export function refusedRule(cause: unknown): number | null {
  if (!(cause instanceof ApiFailure) || cause.status !== 422) return null
  const place = /rules\[(\d+)\]/.exec(`${cause.param ?? ''} ${cause.message}`)
  return place ? Number(place[1]) : null
}
