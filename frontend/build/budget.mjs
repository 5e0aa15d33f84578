// Fails the build when what a first visit transfers, in either language, is more than the page may cost.
import { readFileSync, statSync } from 'node:fs'
import { PAGE, filesBelow } from './files.mjs'

const BUDGET = 200_000

const files = filesBelow(PAGE)
const html = readFileSync(`${PAGE}/index.html`, 'utf8')
const named = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => PAGE + match[1])
const loadedAtOnce = files.filter((name) => /assets\/(OverviewView|zh-CN)-[^/]*\.(js|css)$/.test(name))
const total = [...new Set([`${PAGE}/index.html`, ...named, ...loadedAtOnce])].reduce(
  (sum, name) => sum + packedSize(name),
  0,
)
console.log(`first load: ${total} of ${BUDGET} bytes, gzip`)
if (total > BUDGET) process.exit(1)

function packedSize(name) {
  return statSync(files.includes(`${name}.gz`) ? `${name}.gz` : name).size
}
