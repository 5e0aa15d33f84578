/** Where two texts differ, by words: for marking what was replaced. */
export interface Piece {
  text: string
  marked: boolean
}

/** Beyond so many differing words nothing is marked; the texts are shown all the same. */
const MOST_STEPS = 400

/** Both texts in pieces; what only one of them has is marked. */
export function wordDiff(before: string, after: string): { before: Piece[]; after: Piece[] } {
  const a = words(before)
  const b = words(after)
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end++
  const kept = common(a.slice(start, a.length - end), b.slice(start, b.length - end))
  const keptA = new Set(kept.map(([i]) => i + start))
  const keptB = new Set(kept.map(([, i]) => i + start))
  const isSame = (index: number, length: number, own: Set<number>) =>
    index < start || index >= length - end || own.has(index)
  return {
    before: joined(a, (index) => !isSame(index, a.length, keptA)),
    after: joined(b, (index) => !isSame(index, b.length, keptB)),
  }
}

/** Han, Kana and Hangul go one by one, because they have no blanks between words. */
function words(text: string): string[] {
  return (
    text.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[\p{L}\p{N}]+|\s+|[^]/gu,
    ) ?? []
  )
}

/** Myers' greedy walk: the longest run of words that both have, as pairs of places. */
function common(a: readonly string[], b: readonly string[]): [number, number][] {
  const most = Math.min(MOST_STEPS, a.length + b.length)
  const trace: Map<number, number>[] = []
  let best = new Map<number, number>([[1, 0]])
  for (let steps = 0; steps <= most; steps++) {
    trace.push(new Map(best))
    for (let k = -steps; k <= steps; k += 2) {
      let x = down(best, k, steps) ? (best.get(k + 1) ?? 0) : (best.get(k - 1) ?? 0) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      best.set(k, x)
      if (x >= a.length && x - k >= b.length) return back(trace, a.length, b.length)
    }
    best = new Map(best)
  }
  return []
}

function down(best: ReadonlyMap<number, number>, k: number, steps: number): boolean {
  return k === -steps || (k !== steps && (best.get(k - 1) ?? -1) < (best.get(k + 1) ?? -1))
}

function back(trace: readonly ReadonlyMap<number, number>[], endX: number, endY: number): [number, number][] {
  const pairs: [number, number][] = []
  let x = endX
  let y = endY
  for (let steps = trace.length - 1; steps >= 0; steps--) {
    const best = trace[steps] ?? new Map<number, number>()
    const k = x - y
    const from = down(best, k, steps) ? k + 1 : k - 1
    const fromX = best.get(from) ?? 0
    const fromY = fromX - from
    while (x > fromX && y > fromY && x > 0 && y > 0) pairs.push([--x, --y])
    if (steps > 0) {
      x = fromX
      y = fromY
    }
  }
  return pairs
}

function joined(list: readonly string[], isMarked: (index: number) => boolean): Piece[] {
  const pieces: Piece[] = []
  list.forEach((text, index) => {
    const marked = isMarked(index)
    const last = pieces.at(-1)
    if (last?.marked === marked) last.text += text
    else pieces.push({ text, marked })
  })
  return pieces
}
