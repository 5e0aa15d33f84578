/** Values as source text: whatever stands in them, the program or shell reads exactly that value. */

const SAFE_IN_SHELL = /^[\w@%+=:,./-]+$/

/** One word of a POSIX shell. Nothing is special between single quotes but the single quote itself. */
export function shellWord(value: string): string {
  return SAFE_IN_SHELL.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
}

/** JSON that is JavaScript as well: only a key named `__proto__` would mean something else there. */
export function javascript(value: unknown, indent = 0): string {
  const text = JSON.stringify(value, null, 2).replaceAll('"__proto__":', '["__proto__"]:')
  return shifted(text, indent)
}

/** A JSON value as Python. Every string of JSON is one of Python's, too. */
export function python(value: unknown, indent = 0): string {
  return shifted(pythonLines(value), indent)
}

function pythonLines(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (Array.isArray(value)) return block('[', value.map(pythonLines), ']')
  if (typeof value === 'object') {
    const members = Object.entries(value).map(([key, it]) => `${JSON.stringify(key)}: ${pythonLines(it)}`)
    return block('{', members, '}')
  }
  return JSON.stringify(value)
}

function block(open: string, members: string[], close: string): string {
  if (members.length === 0) return open + close
  return `${open}\n${members.map((it) => `    ${shifted(it, 4)},\n`).join('')}${close}`
}

/** All lines but the first further right. No string holds a line break of its own, for JSON escapes them. */
function shifted(text: string, indent: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(indent)}`)
}
