/** A run of text, or what stood between two fences. */
export interface Block {
  kind: 'text' | 'code'
  text: string
  language: string
}

const OPENING = /^ {0,3}(`{3,}|~{3,})([^`]*)$/

/** Splits an answer where code begins and ends. Code whose end has not come reaches to the end. */
export function blocksOf(answer: string): Block[] {
  const blocks: Block[] = []
  let fence = ''
  let language = ''
  let lines: string[] = []

  const flush = (kind: Block['kind']) => {
    const text = kind === 'text' ? lines.join('\n').replace(/^\n+|\s+$/g, '') : lines.join('\n')
    if (kind === 'code' || text !== '') blocks.push({ kind, text, language: kind === 'code' ? language : '' })
    lines = []
  }

  for (const line of answer.split('\n')) {
    const opening = fence === '' ? OPENING.exec(line) : null
    if (opening) {
      flush('text')
      fence = opening[1] ?? ''
      language = (opening[2] ?? '').trim()
    } else if (fence !== '' && closes(line, fence)) {
      flush('code')
      fence = ''
    } else lines.push(line)
  }
  flush(fence === '' ? 'text' : 'code')
  return blocks
}

function closes(line: string, fence: string): boolean {
  const mark = line.trim()
  return mark.length >= fence.length && mark === (fence[0] ?? '').repeat(mark.length)
}
