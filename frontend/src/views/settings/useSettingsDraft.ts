import { useQueryClient } from '@tanstack/vue-query'
import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import * as api from '@/api'
import { ApiFailure } from '@/api/failure'
import { keys, useSettings } from '@/api/queries'
import type { Settings, SettingsSaved, SettingValue } from '@/api/types'
import { useSession } from '@/stores/session'
import { useToasts } from '@/stores/toasts'
import { problemOf } from './checks'
import {
  changedElsewhere,
  changesOf,
  edited,
  keptMine,
  settled,
  shown,
  without,
  type Change,
  type Edits,
} from './edits'
import { fieldsOf, HOST, PASSWORD, valueOf, type Field } from './field'
import { refusals } from './refusals'

const RECHECK_MS = 700
const RECHECKS = 8
const MASK = '********'

/**
 * Edits of the settings from the first key stroke to the saved file. What others change meanwhile is never written
 * over: it becomes a conflict that has to be decided line by line.
 *
 * @param concerns which settings this place edits
 */
export function useSettingsDraft(concerns: (field: Field) => boolean = () => true) {
  const { t } = useI18n()
  const toasts = useToasts()
  const session = useSession()
  const queries = useQueryClient()
  const query = reactive(useSettings())

  const edits = shallowRef<Edits>({})
  const refused = ref<Record<string, string>>({})
  const left = ref(new Set<string>())
  const failure = shallowRef<unknown>(null)
  const saving = ref(false)
  const reviewing = ref(false)
  const elsewhere = shallowRef<{ field: Field; from: string; to: string }[]>([])
  const isStale = ref(false)

  const fields = computed(() => fieldsOf(query.data).filter(concerns))
  const byName = computed(() => new Map(fields.value.map((field) => [field.name, field])))
  const changes = computed<Change[]>(() => changesOf(edits.value, fields.value))
  const conflicts = computed(() => (saving.value ? [] : changes.value.filter((it) => it.conflict)))
  const restarts = computed(() => changes.value.filter((it) => it.field.restart).length)

  watch(fields, (now) => (edits.value = settled(edits.value, now)))

  const host = computed(() => fieldsOf(query.data).find((it) => it.name === HOST)?.text ?? '')

  function ownProblem(field: Field): string | undefined {
    const change = changes.value.find((it) => it.field.name === field.name)
    const problem = change && problemOf(field, change.to, host.value)
    return problem ? t(`settings.problem.${problem.key}`, problem.values ?? {}) : undefined
  }

  /** What is wrong with a field, once somebody is done typing. */
  function problem(field: Field): string | undefined {
    const sentence = refused.value[field.name]
    if (sentence) return t('settings.problem.server', { sentence })
    return left.value.has(field.name) ? ownProblem(field) : undefined
  }

  function edit(field: Field, text: string) {
    edits.value = edited(edits.value, field, text)
    settleProblem(field.name)
  }

  function undo(field: Field) {
    edits.value = without(edits.value, [field.name])
    settleProblem(field.name)
    left.value.delete(field.name)
  }

  function settleProblem(name: string) {
    refused.value = Object.fromEntries(Object.entries(refused.value).filter(([other]) => other !== name))
  }

  const keepMine = (field: Field) => (edits.value = keptMine(edits.value, field))

  function discard() {
    const before = without(
      edits.value,
      fields.value.filter((it) => it.type === 'secret').map((it) => it.name),
    )
    const n = changes.value.length
    edits.value = {}
    refused.value = {}
    left.value.clear()
    elsewhere.value = []
    isStale.value = false
    toasts.show(t('settings.discarded', { n }, n), {
      kind: 'info',
      action: { label: t('common.undo'), run: () => (edits.value = { ...before, ...edits.value }) },
    })
  }

  /** The first field that cannot be saved as it is; all of them are marked. */
  function firstProblem(): Field | null {
    changes.value.forEach((change) => left.value.add(change.field.name))
    return changes.value.find((change) => problem(change.field))?.field ?? null
  }

  /** Opens the diff, or gives back the field that must be put right before. */
  function review(): Field | null {
    if (changes.value.length === 0) return null
    const wrong = firstProblem()
    failure.value = null
    reviewing.value = wrong === null
    return wrong
  }

  /** Saves all or nothing. Gives back the first field that the service refused. */
  async function save(): Promise<Field | null> {
    const saved = changes.value
    if (saved.length === 0 || conflicts.value.length > 0 || saving.value) return null
    const values = Object.fromEntries(saved.map(({ field, to }) => [field.name, valueOf(field.type, to)]))
    saving.value = true
    failure.value = null
    try {
      const answer = await stored(values)
      takeOver(values, answer)
      edits.value = without(
        edits.value,
        saved.map((it) => it.field.name),
      )
      reviewing.value = false
      isStale.value = false
      elsewhere.value = []
      await tell(saved, answer)
      return null
    } catch (cause) {
      return await refuse(cause)
    } finally {
      saving.value = false
    }
  }

  /** What is known to hold now, so that nothing jumps back until it has been read again. */
  function takeOver(values: Record<string, SettingValue>, answer: SettingsSaved) {
    queries.setQueryData<Settings>(keys.settings, (old) =>
      old
        ? {
            ...old,
            settings: { ...old.settings, ...values, ...(PASSWORD in values ? { [PASSWORD]: MASK } : {}) },
            version: answer.version ?? old.version,
            awaiting_restart: answer.restart_required ?? old.awaiting_restart,
          }
        : old,
    )
  }

  /** A new password ends every session; with it this one begins anew. */
  async function stored(values: Record<string, SettingValue>): Promise<SettingsSaved> {
    const version = query.data?.version
    const password = values[PASSWORD]
    if (typeof password !== 'string') return api.settings.save(values, version)
    return session.renew(async () => {
      const answer = await api.settings.save(values, version)
      await session.begin(password).catch(() => session.ask())
      return answer
    })
  }

  async function tell(saved: Change[], answer: SettingsSaved) {
    const n = saved.filter((it) => answer.restart_required?.includes(it.field.name)).length
    toasts.show(n ? t('settings.savedRestart', { n }, n) : t('settings.saved'))
    await queries.invalidateQueries({ queryKey: keys.settings })
  }

  async function refuse(cause: unknown): Promise<Field | null> {
    if (!(cause instanceof ApiFailure)) {
      failure.value = cause
      return null
    }
    if (cause.code === 'precondition_failed') {
      await readAgain()
      return null
    }
    if (cause.status === 409) void query.refetch()
    const { byField, rest } = refusals(cause, byName.value)
    refused.value = byField
    failure.value = rest ? cause : null
    const first = changes.value.find((it) => byField[it.field.name])?.field ?? null
    reviewing.value = first === null || rest
    return first
  }

  /** The file is newer than what the page knows; the service itself may need a moment to notice. */
  async function readAgain() {
    const before = fields.value
    const version = query.data?.version
    isStale.value = true
    for (let i = 0; i < RECHECKS; i++) {
      await query.refetch()
      if (query.data?.version !== version) break
      await new Promise((resolve) => setTimeout(resolve, RECHECK_MS))
    }
    elsewhere.value = changedElsewhere(before, fields.value, edits.value)
    if (changes.value.length === 0) reviewing.value = false
  }

  return {
    query,
    fields,
    edits,
    changes,
    conflicts,
    restarts,
    failure,
    saving,
    reviewing,
    elsewhere,
    isStale,
    host,
    text: (field: Field) => shown(edits.value, field),
    isChanged: (field: Field) => changes.value.some((it) => it.field.name === field.name),
    isConflict: (field: Field) => conflicts.value.some((it) => it.field.name === field.name),
    problem,
    leave: (field: Field) => left.value.add(field.name),
    edit,
    undo,
    keepMine,
    discard,
    review,
    save,
  }
}

export type SettingsDraft = ReturnType<typeof useSettingsDraft>
