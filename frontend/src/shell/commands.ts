import type { Component } from 'vue'

/** Something that can be chosen in the palette. */
export interface Command {
  id: string
  group: 'pages' | 'actions' | 'accounts' | 'models'
  label: string
  /** What it is found by besides. */
  also?: string | undefined
  hint?: string | undefined
  icon: Component
  run: () => unknown
}

export const GROUPS = ['pages', 'actions', 'accounts', 'models'] as const

/** More than these of a group do not help anybody to find one; typing does. */
const MOST_OF_A_GROUP = { unfiltered: 5, filtered: 20 }

/** Those with every word in them, what begins with the text first, by group. */
export function found(commands: readonly Command[], text: string): Command[] {
  const words = plain(text).split(/\s+/).filter(Boolean)
  const matching = commands.filter((it) => {
    const where = plain(`${it.label} ${it.also ?? ''}`)
    return words.every((word) => where.includes(word))
  })
  const begins = (it: Command) => (plain(it.label).startsWith(words.join(' ')) ? 0 : 1)
  return GROUPS.flatMap((group) => {
    const ofGroup = matching.filter((it) => it.group === group)
    const whole = group === 'pages' || group === 'actions'
    if (words.length === 0) return whole ? ofGroup : ofGroup.slice(0, MOST_OF_A_GROUP.unfiltered)
    return ofGroup.sort((a, b) => begins(a) - begins(b)).slice(0, MOST_OF_A_GROUP.filtered)
  })
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
