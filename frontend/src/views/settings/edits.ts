/** What somebody has changed but not saved, against what the service says meanwhile. */
import { sameText, type Field } from './field'

export interface Edit {
  /** What the setting was when the edit began. */
  base: string
  mine: string
}

export type Edits = Readonly<Record<string, Edit>>

/** One line of the diff. */
export interface Change {
  field: Field
  from: string
  to: string
  /** It was changed by someone else meanwhile: neither is written over silently. */
  conflict: boolean
}

/** What the field shows. */
export const shown = (edits: Edits, field: Field) => edits[field.name]?.mine ?? field.text ?? ''

/**
 * The edits after `mine` was typed. What only looks different from what is set is kept as it is typed, such as an empty
 * line that is about to be filled, but is no change.
 */
export function edited(edits: Edits, field: Field, mine: string): Edits {
  const theirs = field.text ?? ''
  if (mine === theirs) return without(edits, [field.name])
  return { ...edits, [field.name]: { base: edits[field.name]?.base ?? theirs, mine } }
}

export function without(edits: Edits, names: readonly string[]): Edits {
  return Object.fromEntries(Object.entries(edits).filter(([name]) => !names.includes(name)))
}

/** The edits that still mean something after the settings were read again. */
export function settled(edits: Edits, fields: readonly Field[]): Edits {
  const byName = new Map(fields.map((field) => [field.name, field]))
  const over = Object.entries(edits)
    .filter(([name, edit]) => {
      const field = byName.get(name)
      if (!field || field.locked) return true
      const theirs = field.text ?? ''
      const isTyping = sameText(field.type, edit.base, theirs) && edit.mine !== theirs
      return sameText(field.type, edit.mine, theirs) && !isTyping
    })
    .map(([name]) => name)
  return over.length ? without(edits, over) : edits
}

/** Both agree again: mine is kept against theirs knowingly. */
export function keptMine(edits: Edits, field: Field): Edits {
  const edit = edits[field.name]
  return edit ? { ...edits, [field.name]: { base: field.text ?? '', mine: edit.mine } } : edits
}

/** The lines of the diff in the order of the settings. */
export function changesOf(edits: Edits, fields: readonly Field[]): Change[] {
  return fields.flatMap((field) => {
    const edit = edits[field.name]
    const theirs = field.text ?? ''
    if (!edit || sameText(field.type, edit.mine, theirs)) return []
    return [{ field, from: theirs, to: edit.mine, conflict: !sameText(field.type, edit.base, theirs) }]
  })
}

/** What is different between two readings, apart from what is being edited. */
export function changedElsewhere(
  before: readonly Field[],
  after: readonly Field[],
  edits: Edits,
): { field: Field; from: string; to: string }[] {
  const old = new Map(before.map((field) => [field.name, field]))
  return after.flatMap((field) => {
    const from = old.get(field.name)?.text ?? ''
    const to = field.text ?? ''
    return edits[field.name] || sameText(field.type, from, to) ? [] : [{ field, from, to }]
  })
}
