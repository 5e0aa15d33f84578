import type { ChatCall } from '@/snippets'

/** What stands in the fields, as typed. */
export interface TrialForm {
  model: string
  stream: boolean
  system: string
  temperature: string
  maxTokens: string
  tools: string
}

export type FieldFault = Partial<Record<'temperature' | 'maxTokens' | 'tools', string>>

export interface Message {
  role: 'user' | 'assistant'
  content: string
}

const HOTTEST = 2

/** What is wrong with the fields: for each a key below `trial.fault`. */
export function faultsOf(form: TrialForm): FieldFault {
  const faults: FieldFault = {}
  const heat = form.temperature.trim()
  if (heat !== '' && !(Number(heat) >= 0 && Number(heat) <= HOTTEST)) faults.temperature = 'temperature'
  const most = form.maxTokens.trim()
  if (most !== '' && !/^[1-9]\d{0,8}$/.test(most)) faults.maxTokens = 'maxTokens'
  if (form.tools.trim() !== '' && toolsOf(form.tools) === null) faults.tools = 'tools'
  return faults
}

/** The call that sends `text` after what was said before. Fields at fault are left out. */
export function callOf(form: TrialForm, before: readonly Message[], text: string): ChatCall {
  const faults = faultsOf(form)
  const given = (field: 'temperature' | 'maxTokens' | 'tools') => form[field].trim() !== '' && !faults[field]
  const system = form.system.trim() === '' ? [] : [{ role: 'system', content: form.system }]
  return {
    model: form.model,
    messages: [...system, ...before, { role: 'user', content: text }],
    stream: form.stream,
    ...(form.stream ? { stream_options: { include_usage: true } } : {}),
    ...(given('temperature') ? { temperature: Number(form.temperature) } : {}),
    ...(given('maxTokens') ? { max_tokens: Number(form.maxTokens) } : {}),
    ...(given('tools') ? { tools: toolsOf(form.tools) } : {}),
  }
}

function toolsOf(text: string): unknown[] | null {
  try {
    const tools: unknown = JSON.parse(text)
    return Array.isArray(tools) && tools.length > 0 ? tools : null
  } catch {
    return null
  }
}
