import { ApiFailure, isRecord } from '@/api/failure'

export interface ToolCall {
  index: number
  name: string
  arguments: string
}

export interface Usage {
  prompt: number | null
  completion: number | null
  cached: number | null
  credit: number | null
}

/** What has arrived of an answer so far. */
export interface Reply {
  text: string
  reasoning: string
  tools: ToolCall[]
  finish: string | null
  usage: Usage | null
  /** The answer ended with this instead of its end. */
  failure: ApiFailure | null
}

export const NOTHING: Reply = { text: '', reasoning: '', tools: [], finish: null, usage: null, failure: null }

export function isNothing(reply: Reply): boolean {
  return reply.text === '' && reply.reasoning === '' && reply.tools.length === 0
}

/** An answer and the next piece of it, or a whole answer; what cannot be read adds nothing. */
export function extended(reply: Reply, json: unknown): Reply {
  if (!isRecord(json)) return reply
  if (isRecord(json.error)) return { ...reply, failure: failureIn(json.error) }
  const next = { ...reply }
  const choice = Array.isArray(json.choices) && isRecord(json.choices[0]) ? json.choices[0] : {}
  const said = [choice.delta, choice.message].find(isRecord)
  if (said) {
    next.text += text(said.content)
    next.reasoning += text(said.reasoning_content) || text(said.reasoning)
    if (Array.isArray(said.tool_calls)) next.tools = said.tool_calls.reduce<ToolCall[]>(withTool, reply.tools)
  }
  next.finish = text(choice.finish_reason) || reply.finish
  if (isRecord(json.usage)) next.usage = usageIn(json.usage)
  return next
}

/** A call comes in pieces, too: its name with the first, its arguments bit by bit. */
function withTool(tools: ToolCall[], piece: unknown, at: number): ToolCall[] {
  if (!isRecord(piece)) return tools
  const index = typeof piece.index === 'number' ? piece.index : at
  const called = isRecord(piece.function) ? piece.function : {}
  const known = tools.find((it) => it.index === index) ?? { index, name: '', arguments: '' }
  const longer = {
    index,
    name: known.name || text(called.name),
    arguments: known.arguments + text(called.arguments),
  }
  return [...tools.filter((it) => it.index !== index), longer].sort((a, b) => a.index - b.index)
}

function usageIn(usage: Record<string, unknown>): Usage {
  const details = isRecord(usage.prompt_tokens_details) ? usage.prompt_tokens_details : {}
  return {
    prompt: number(usage.prompt_tokens),
    completion: number(usage.completion_tokens),
    cached: number(details.cached_tokens) ?? number(usage.prompt_cache_hit_tokens),
    credit: number(usage.credit),
  }
}

function failureIn(error: Record<string, unknown>): ApiFailure {
  return new ApiFailure(200, text(error.code) || text(error.type) || 'unexpected', text(error.message))
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null
}
