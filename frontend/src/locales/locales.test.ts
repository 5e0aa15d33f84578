import { expect, it } from 'vitest'
import en from './en'
import zh from './zh-CN'

/** Every message by its path, with the names of what is put into it. */
function messages(tree: object, path = ''): Map<string, string> {
  const all = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    const at = path === '' ? key : `${path}.${key}`
    if (typeof value === 'string') all.set(at, holes(value))
    else messages(value as object, at).forEach((names, inner) => all.set(inner, names))
  }
  return all
}

/** Each once and in order: plural forms repeat them, and languages order them as they like. */
function holes(message: string): string {
  return [...new Set(message.match(/\{\w+\}/g) ?? [])].sort().join(' ')
}

it('says everything in both languages, about the same things', () => {
  expect(Object.fromEntries(messages(zh))).toEqual(Object.fromEntries(messages(en)))
})
