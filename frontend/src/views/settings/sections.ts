import type { Field } from './field'

/** Settings under one heading. */
export interface Block {
  id: string
  group: string
  section: string | null
  fields: Field[]
}

/** The settings below their headings, in the order in which each heading comes first; whole groups while searching. */
export function blocksOf(fields: readonly Field[], wholeGroups: boolean): Block[] {
  const blocks = new Map<string, Block>()
  for (const field of fields) {
    const section = wholeGroups ? null : field.section
    const id = section ? `${field.group}-${section}` : field.group
    const block = blocks.get(id) ?? { id, group: field.group, section, fields: [] }
    block.fields.push(field)
    blocks.set(id, block)
  }
  return [...blocks.values()]
}
