import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Where the page is built: straight into what becomes the jar, so that nothing of an earlier build stays in it. */
export const PAGE = 'target/classes/io/github/codebuddy2api/frontend/page'

/** All files below a folder, in a stable order. */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
