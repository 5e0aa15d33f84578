import { Boxes } from '@lucide/vue'
import { expect, test } from 'vitest'
import { found, type Command } from './commands'

function command(group: Command['group'], label: string, also?: string): Command {
  return { id: `${group}-${label}`, group, label, also, icon: Boxes, run: () => undefined }
}

const models = Array.from({ length: 30 }, (_, n) => command('models', `model-${n}`))
const ALL = [
  command('models', 'glm-5.2'),
  command('accounts', 'Ada Lovelace', 'ada@example.org'),
  command('accounts', 'Señor Gómez'),
  command('pages', '账号', 'accounts'),
  command('actions', 'Add account', 'login'),
  ...models,
]

const labels = (text: string) => found(ALL, text).map((it) => it.label)

test('without a word all pages and actions are there, and a few of the rest, by group', () => {
  expect(labels('')).toEqual([
    '账号',
    'Add account',
    'Ada Lovelace',
    'Señor Gómez',
    'glm-5.2',
    'model-0',
    'model-1',
    'model-2',
    'model-3',
  ])
})

test('every word has to be in it, in any order, whatever the case and the accents', () => {
  expect(labels('LOVE ada')).toEqual(['Ada Lovelace'])
  expect(labels('gomez')).toEqual(['Señor Gómez'])
  expect(labels('accounts')).toEqual(['账号'])
  expect(labels('nobody')).toEqual([])
})

test('what begins with it comes first, and not too many come', () => {
  expect(labels('model-2')[0]).toBe('model-2')
  expect(labels('model')).toHaveLength(20)
})
