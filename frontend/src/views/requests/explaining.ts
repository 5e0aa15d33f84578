import { useI18n } from 'vue-i18n'
import type { GatewayRequest } from '@/api/types'
import { outcomeOf, retriesOf } from './reading'

/** What these are about stands in the message alone. */
const NAMED_BY_MESSAGE = /^(invalid_|missing_|unsupported_|upstream_refused)/

export interface Explanation {
  what: string
  /** What to do about it; null if there is nothing to do. */
  todo: string | null
}

/** Codes in words: in two or three (`short`), and for a request in sentences. */
export function useExplanations() {
  const { t, te } = useI18n()
  const said = (code: string, part: 'short' | 'what' | 'todo') => {
    const key = `requests.codes.${code}.${part}`
    return te(key) || te(key, 'en') ? t(key) : null
  }

  const short = (code: string | null | undefined) => (code ? (said(code, 'short') ?? code) : '')

  function explain(request: GatewayRequest): Explanation {
    const outcome = outcomeOf(request)
    if (outcome === 'running') {
      return {
        what: t(`requests.detail.${request.state === 'streaming' ? 'streaming' : 'waiting'}`),
        todo: null,
      }
    }
    if (outcome === 'ok') {
      const n = retriesOf(request)
      return { what: n > 0 ? t('requests.detail.okRetried', n) : t('requests.detail.ok'), todo: null }
    }
    const code = request.code || null
    const parts =
      outcome === 'cut' || (outcome === 'cancelled' && !code) ? [t(`requests.detail.${outcome}`)] : []
    if (code) parts.push(said(code, 'what') ?? t('requests.detail.unknownCode', { code }))
    else if (outcome === 'failed' || outcome === 'unknown') parts.push(t('requests.detail.failed'))
    return { what: parts.join(' '), todo: todoOf(outcome, code) }
  }

  function todoOf(outcome: string, code: string | null): string | null {
    if (code) return said(code, 'todo') ?? t('requests.detail.unknownTodo')
    return outcome === 'cancelled' ? null : t('requests.detail.unknownTodo')
  }

  /** A failure of a chat in words; the service's own are added where only they name what is wrong. */
  function describe(code: string, message: string): string | undefined {
    const what = said(code, 'what')
    if (!what) return undefined
    const words = [what, said(code, 'todo')].join(' ')
    return NAMED_BY_MESSAGE.test(code) && message ? `${words} ${t('requests.quoted', { message })}` : words
  }

  return { short, explain, describe }
}
