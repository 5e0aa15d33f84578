import { afterEach, expect, test, vi } from 'vitest'
import { ShortcutTable } from './shortcutTable'

afterEach(() => document.body.replaceChildren())

/** Presses a key on an element, or on the page. */
function press(table: ShortcutTable, key: string, init: KeyboardEventInit = {}, on: Element = document.body) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
  // The test's browser takes every Alt for AltGr.
  Object.defineProperty(event, 'getModifierState', { value: () => false })
  let done = false
  document.addEventListener('keydown', (it) => (done = table.press(it)), { once: true })
  on.dispatchEvent(event)
  return { done, prevented: event.defaultPrevented }
}

function withKeys(keys: string, when?: () => boolean) {
  const table = new ShortcutTable()
  const handler = vi.fn()
  const remove = table.add({ keys, handler, when })
  return { table, handler, remove }
}

function element(html: string): Element {
  const made = document.createElement(html)
  document.body.append(made)
  return made
}

test('a key runs what it stands for, and nothing once that is gone', () => {
  const { table, handler, remove } = withKeys('n')
  expect(press(table, 'n')).toEqual({ done: true, prevented: true })
  remove()
  expect(press(table, 'n')).toEqual({ done: false, prevented: false })
  expect(handler).toHaveBeenCalledTimes(1)
})

test('two keys in a row are a pair', () => {
  const { table, handler } = withKeys('g o')
  press(table, 'o')
  press(table, 'g')
  press(table, 'o')
  press(table, 'o')
  expect(handler).toHaveBeenCalledTimes(1)
})

test('the newest of two wins, unless it does not apply now', () => {
  const { table, handler: older } = withKeys('/')
  const newer = vi.fn()
  let applies = true
  table.add({ keys: '/', handler: newer, when: () => applies })
  press(table, '/', { shiftKey: true })
  applies = false
  press(table, '/')
  expect(newer).toHaveBeenCalledTimes(1)
  expect(older).toHaveBeenCalledTimes(1)
})

test('who types is left alone, but not by the keys with Ctrl', () => {
  const { table, handler } = withKeys('n')
  table.add({ keys: 'mod+k', handler })
  const field = element('input')
  expect(press(table, 'n', {}, field).done).toBe(false)
  expect(press(table, 'n', {}, element('textarea')).done).toBe(false)
  expect(press(table, 'k', { ctrlKey: true }, field).done).toBe(true)
})

test('a button keeps its own Space and Enter', () => {
  const { table, handler } = withKeys('Space')
  expect(press(table, ' ', {}, element('button')).done).toBe(false)
  expect(press(table, ' ').done).toBe(true)
  expect(handler).toHaveBeenCalledTimes(1)
})

test('nothing runs below an open dialog', () => {
  const { table } = withKeys('n')
  element('div').setAttribute('role', 'dialog')
  expect(press(table, 'n').done).toBe(false)
})

test('a held key, an input method, Alt, a capital letter and another modifier run nothing', () => {
  const { table, handler } = withKeys('n')
  press(table, 'n', { repeat: true })
  press(table, 'n', { isComposing: true })
  press(table, 'n', { altKey: true })
  press(table, 'N', { shiftKey: true })
  press(table, 'n', { ctrlKey: true })
  press(table, 'n', { metaKey: true })
  expect(handler).not.toHaveBeenCalled()
})

test('a key that may be held runs again', () => {
  const table = new ShortcutTable()
  const handler = vi.fn()
  table.add({ keys: 'j', handler, repeat: true })
  press(table, 'j')
  press(table, 'j', { repeat: true })
  expect(handler).toHaveBeenCalledTimes(2)
})
