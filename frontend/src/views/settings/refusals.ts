/** Which field each sentence of a refusal is about. */
import { isRecord, type ApiFailure } from '@/api/failure'
import type { Field } from './field'

export interface Refusals {
  byField: Record<string, string>
  /** Something was said that belongs to no field. */
  rest: boolean
}

/** Reads a list of faults, or the one sentence that is all there is. */
export function refusals(failure: ApiFailure, fields: ReadonlyMap<string, Field>): Refusals {
  const byField: Record<string, string> = {}
  let rest = false
  const put = (name: unknown, sentence: unknown) => {
    if (typeof name !== 'string' || !fields.has(name) || typeof sentence !== 'string') rest = true
    else byField[name] ??= asSentence(sentence, name)
  }
  const detail = failure.body.detail
  if (Array.isArray(detail) && detail.length > 0) {
    for (const fault of detail as unknown[]) {
      if (isRecord(fault)) put(Array.isArray(fault.loc) ? fault.loc.at(-1) : null, fault.msg)
      else rest = true
    }
  } else if (failure.status === 403) {
    const named = [...fields.keys()].filter((name) => failure.message.split(/[\s,]+/).includes(name))
    named.forEach((name) => put(name, failure.message.slice(failure.message.indexOf(' can ') + 1)))
    rest = named.length === 0
  } else {
    put(failure.param, failure.message)
  }
  return { byField, rest }
}

/** As it stands below its field: without the field's name, and beginning like a sentence. */
function asSentence(text: string, name: string): string {
  const bare = text.startsWith(`${name}: `) ? text.slice(name.length + 2) : text
  return bare.charAt(0).toUpperCase() + bare.slice(1)
}
