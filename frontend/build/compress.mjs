// Packs every text file beside itself, so that the service only has to choose, and lists what there is.
import { readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { filesBelow } from './files.mjs'

const ROOT = 'target/page'
const PACKABLE = /\.(html|js|css|svg)$/
const SMALLEST = 256

const files = filesBelow(ROOT)
for (const file of files.filter((name) => PACKABLE.test(name))) {
  const content = readFileSync(file)
  if (content.length < SMALLEST) continue
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
  writeFileSync(
    `${file}.br`,
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  )
}
writeFileSync(`${ROOT}/files.txt`, files.map((file) => `${relative(ROOT, file)}\n`).join(''))
