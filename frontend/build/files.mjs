import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** All files below a folder, in a stable order. */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
