// Packs every text file beside itself, so that the service only has to choose, and lists what there is.
import { readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { PAGE, filesBelow } from './files.mjs'

const PACKABLE = /\.(html|js|css|svg)$/
const SMALLEST = 256

const files = filesBelow(PAGE)
for (const file of files.filter((name) => PACKABLE.test(name))) {
  const content = readFileSync(file)
  if (content.length < SMALLEST) continue
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
  writeFileSync(
    `${file}.br`,
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  )
}
writeFileSync(`${PAGE}/files.txt`, files.map((file) => `${relative(PAGE, file)}\n`).join(''))
