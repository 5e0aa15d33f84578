// Packs every text file beside itself, so that the service only has to choose.
import { readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { filesBelow } from './files.mjs'

const PACKABLE = /\.(html|js|css|svg)$/
const SMALLEST = 256

for (const file of filesBelow('target/page').filter((name) => PACKABLE.test(name))) {
  const content = readFileSync(file)
  if (content.length < SMALLEST) continue
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
  writeFileSync(
    `${file}.br`,
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  )
}
