/** A setting as the page edits it: always a text, whatever the service's type; made from the service's description. */
import { isRecord } from '@/api/failure'
import type { KeywordRule, Maybe, SettingDescription, Settings, SettingValue } from '@/api/types'

const TYPES = [
  'text',
  'secret',
  'integer',
  'flag',
  'choice',
  'list',
  'duration',
  'size',
  'rules',
  'aliases',
] as const
export type FieldType = (typeof TYPES)[number]

export interface Field {
  name: string
  type: FieldType
  group: string
  /** What stands under one heading within the group; null if it needs none. */
  section: string | null
  /** The service's own words, for settings that the page does not know yet. */
  label: string
  hint: string
  options: string[]
  restart: boolean
  /** Only the file may change it. */
  locked: boolean
  /** What the service has; null if it did not say. */
  text: string | null
  /** Whether a secret is set: it is never shown. */
  isSet: boolean
  /** What it is when nobody sets it; null if there is no going back to that. */
  standard: string | null
  min: number | null
  max: number | null
}

export const RULES = 'CODEBUDDY_KEYWORD_REPLACER_RULES'
export const RULES_ENABLED = 'CODEBUDDY_KEYWORD_REPLACER_ENABLED'
export const PASSWORD = 'CODEBUDDY_PASSWORD'
export const HOST = 'CODEBUDDY_HOST'
const ALLOW_SENSITIVE = 'CODEBUDDY_SETTINGS_ALLOW_SENSITIVE'

export const GROUPS = [
  'server',
  'accounts',
  'models',
  'requests',
  'keywords',
  'logging',
  'statistics',
  'client',
  'other',
]

/** The group of a setting whose description names none: by the beginning of its name. */
const GROUP_OF: readonly (readonly [RegExp, string])[] = [
  [/^LOG_/, 'logging'],
  [/^STATISTICS_/, 'statistics'],
  [/^KEYWORD_/, 'keywords'],
  [/^CLIENT_/, 'client'],
  [/^(MODELS|ALIASES)$/, 'models'],
  [
    /^(API_ENDPOINT|ALLOWED_ENDPOINTS|CREDS_DIR|ROTATION_COUNT|AUTO_CHECK_IN|CHECK_IN_TIME|REFRESH_BEFORE|OAUTH_.*)$/,
    'accounts',
  ],
  [/^(GATEWAY_|TIMEOUTS_|LIMITS_|DEADLINES_|SYSTEM_MESSAGE$|SSL_VERIFY$)/, 'requests'],
  [/^(HOST|PORT|PASSWORD|SERVER_.*|SETTINGS_.*)$/, 'server'],
]

const SECTION_OF: readonly (readonly [string, string])[] = [
  ['GATEWAY_', 'attempts'],
  ['TIMEOUTS_', 'timeouts'],
  ['LIMITS_', 'limits'],
  ['DEADLINES_', 'deadlines'],
  ['OAUTH_', 'logins'],
]

/** The name without what all names begin with. */
export const shortName = (name: string) => name.replace(/^CODEBUDDY_/, '')

function groupOf(description: SettingDescription): string {
  if (description.group) return GROUPS.includes(description.group) ? description.group : 'other'
  const short = shortName(description.name)
  return GROUP_OF.find(([beginning]) => beginning.test(short))?.[1] ?? 'other'
}

/** Every setting in the service's order; without a description each is a text. */
export function fieldsOf(settings: Settings | undefined): Field[] {
  const values = isRecord(settings?.settings) ? settings.settings : {}
  const described = Array.isArray(settings?.schema)
    ? settings.schema.filter((it) => typeof it?.name === 'string')
    : Object.keys(values).map((name): SettingDescription => ({ name }))
  const unguarded = textOf('flag', values[ALLOW_SENSITIVE] as SettingValue) === 'true'
  return described.map((it) => fieldOf(it, values[it.name] as Maybe<SettingValue>, unguarded))
}

function fieldOf(it: SettingDescription, value: Maybe<SettingValue>, unguarded: boolean): Field {
  const type = TYPES.find((known) => known === it.type) ?? 'text'
  const limits = /from (\d+) to (\d+)/.exec(it.hint ?? '')
  const short = shortName(it.name)
  return {
    name: it.name,
    type,
    group: groupOf(it),
    section: SECTION_OF.find(([beginning]) => short.startsWith(beginning))?.[1] ?? null,
    label: it.label || it.name,
    hint: it.hint ?? '',
    options: (it.options ?? []).filter((option) => typeof option === 'string'),
    restart: it.restart === true,
    locked: it.sensitive === true && !unguarded,
    text: value === undefined || value === null ? null : textOf(type, value),
    isSet: type === 'secret' && typeof value === 'string' && value !== '',
    standard: typeof it.default === 'string' && type !== 'secret' ? textOf(type, it.default) : null,
    min: it.min ?? (limits ? Number(limits[1]) : null),
    max: it.max ?? (limits ? Number(limits[2]) : null),
  }
}

/** A value of the service as the text that is edited. */
export function textOf(type: FieldType, value: Maybe<SettingValue>): string {
  if (value === undefined || value === null) return ''
  switch (type) {
    case 'secret':
      return ''
    case 'list':
      return itemsOf(value).join('\n')
    case 'rules':
      return rulesText(rulesIn(value))
    case 'aliases':
      return aliasesText(Object.entries(objectIn(value)).map(([alias, model]) => [alias, String(model)]))
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
}

/** The text as the service takes it. */
export function valueOf(type: FieldType, text: string): SettingValue {
  switch (type) {
    case 'secret':
      return passwordOf(text).first
    case 'list':
      return linesOf(text)
    case 'rules':
      return rulesOf(text)
    case 'aliases':
      return Object.fromEntries(filledAliases(text))
    case 'flag':
      return text === 'true'
    case 'integer':
    case 'duration':
    case 'size':
      return text.trim()
    default:
      return text
  }
}

/** Whether two texts mean the same to the service, so that there is nothing to save. */
export function sameText(type: FieldType, one: string, other: string): boolean {
  return one === other || meaning(type, one) === meaning(type, other)
}

function meaning(type: FieldType, text: string): string {
  switch (type) {
    case 'list':
      return linesOf(text).join('\n')
    case 'aliases':
      return JSON.stringify(filledAliases(text))
    case 'duration':
      return String(millisOf(text) ?? text)
    case 'size':
      return String(bytesOf(text) ?? text)
    case 'integer':
      return text.trim()
    default:
      return text
  }
}

const MILLIS: Record<string, number> = { ms: 1, '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** What a length of time means; null if it is not one of the usual spellings. */
export function millisOf(text: string): number | null {
  const parts = /^(\d{1,9}(?:\.\d{1,3})?)\s*([a-z]*)$/i.exec(text.trim())
  const unit = MILLIS[parts?.[2]?.toLowerCase() ?? 'none']
  return parts && unit !== undefined ? Number(parts[1]) * unit : null
}

const BYTES: Record<string, number> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  k: 2 ** 10,
  kib: 2 ** 10,
  m: 2 ** 20,
  mib: 2 ** 20,
  g: 2 ** 30,
  gib: 2 ** 30,
}

/** What a size means; null if it is not one of the usual spellings. */
export function bytesOf(text: string): number | null {
  const parts = /^(\d{1,10})\s*([a-z]*)$/i.exec(text.trim())
  const unit = BYTES[parts?.[2]?.toLowerCase() ?? 'none']
  return parts && unit !== undefined ? Number(parts[1]) * unit : null
}

export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

function itemsOf(value: SettingValue): string[] {
  const list = typeof value === 'string' && value.trim().startsWith('[') ? parsed(value) : value
  if (Array.isArray(list)) return list.map(String)
  return String(value)
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)
}

function rulesIn(value: unknown): KeywordRule[] {
  const list = typeof value === 'string' ? parsed(value) : value
  return (Array.isArray(list) ? list : [])
    .filter(isRecord)
    .map((rule) => ({ from: String(rule.from ?? ''), to: String(rule.to ?? '') }))
}

export const rulesText = (rules: readonly KeywordRule[]) =>
  JSON.stringify(rules.map(({ from, to }) => ({ from, to })))
export const rulesOf = (text: string) => rulesIn(text)

export type Alias = [alias: string, model: string]

/** As pairs: an object could not hold two of the same name while somebody still types. */
export const aliasesText = (aliases: readonly Alias[]) => JSON.stringify(aliases)

export function aliasesOf(text: string): Alias[] {
  const list = parsed(text)
  return (Array.isArray(list) ? list : [])
    .filter((it) => Array.isArray(it))
    .map((it): Alias => [String(it[0] ?? ''), String(it[1] ?? '')])
}

/** Without the rows that nobody has begun. */
export const filledAliases = (text: string) =>
  aliasesOf(text)
    .map(([alias, model]): Alias => [alias.trim(), model.trim()])
    .filter(([alias, model]) => alias || model)

/** A new password as it is typed twice; the text is empty as long as neither is. */
export const passwordText = (first: string, again: string) =>
  first || again ? JSON.stringify([first, again]) : ''

export function passwordOf(text: string): { first: string; again: string } {
  const pair = parsed(text)
  return Array.isArray(pair)
    ? { first: String(pair[0] ?? ''), again: String(pair[1] ?? '') }
    : { first: '', again: '' }
}

function objectIn(value: unknown): Record<string, unknown> {
  const object = typeof value === 'string' ? parsed(value) : value
  return isRecord(object) ? object : {}
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
