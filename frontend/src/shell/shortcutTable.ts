import { IS_MAC } from './modKey'

export interface Shortcut {
  /** Strokes in order, with a space between them. */
  keys: string
  handler: (event: KeyboardEvent) => void
  /** Whether it applies now. */
  when?: (() => boolean) | undefined
  /** Whether holding the key runs it again and again. */
  repeat?: boolean | undefined
}

/** The second key of a pair has to follow the first within this time. */
const PAIR_MS = 1200

const TYPED_INTO = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]'
/** What is pressed with Space or Enter itself. */
const PRESSED = 'button, a[href], summary, [role="button"], [role="tab"], [role="switch"], [role="menuitem"]'
const ON_TOP = '[role="dialog"], [role="alertdialog"], [role="menu"], dialog[open]'
const NOT_TEXT = new Set(['button', 'checkbox', 'color', 'file', 'radio', 'range', 'reset', 'submit'])

/** Which keys do what. */
export class ShortcutTable {
  private readonly shortcuts: Shortcut[] = []
  private before = ''
  private beforeAt = 0

  add(shortcut: Shortcut): () => void {
    this.shortcuts.push(shortcut)
    return () => {
      const at = this.shortcuts.indexOf(shortcut)
      if (at >= 0) this.shortcuts.splice(at, 1)
    }
  }

  /** Runs what the key stands for, and says whether there was anything. */
  press(event: KeyboardEvent): boolean {
    if (event.defaultPrevented || event.isComposing || event.key === 'Process') return false
    const stroke = strokeOf(event)
    if (stroke === null || !isFree(event, stroke)) return false
    const pair = event.timeStamp - this.beforeAt <= PAIR_MS ? `${this.before} ${stroke}` : ''
    const found = this.find(pair, event) ?? this.find(stroke, event)
    this.before = found ? '' : stroke
    this.beforeAt = event.timeStamp
    if (!found) return false
    event.preventDefault()
    found.handler(event)
    return true
  }

  private find(keys: string, event: KeyboardEvent): Shortcut | undefined {
    return this.shortcuts.findLast(
      (it) => it.keys.toLowerCase() === keys && (!event.repeat || it.repeat) && (it.when?.() ?? true),
    )
  }
}

/** `n`, `?`, `space`, `mod+k`; null for what no shortcut uses. */
function strokeOf(event: KeyboardEvent): string | null {
  if (event.altKey && !event.getModifierState('AltGraph')) return null
  const mac = IS_MAC
  const mod = mac ? event.metaKey : event.ctrlKey && !event.getModifierState('AltGraph')
  if (mac ? event.ctrlKey : event.metaKey) return null
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase()
  // Shift makes another sign of a key, but of a letter only a capital one, which is meant for something else.
  if (event.shiftKey && (mod || key.length > 1 || key !== key.toUpperCase())) return null
  return mod ? `mod+${key}` : key
}

function isFree(event: KeyboardEvent, stroke: string): boolean {
  if (document.querySelector(ON_TOP)) return false
  const target = event.target instanceof Element ? event.target : null
  if (stroke.startsWith('mod+') || !target) return true
  if ((stroke === 'space' || stroke === 'enter') && target.closest(PRESSED)) return false
  const typed = target.closest(TYPED_INTO)
  return !typed || (typed instanceof HTMLInputElement && NOT_TEXT.has(typed.type) && stroke.length === 1)
}
