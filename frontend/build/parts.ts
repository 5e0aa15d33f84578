import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** The folder of the package that a module belongs to; packages may lie within packages, so the last one counts. */
const PACKAGE = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/

interface Part {
  name: string
  version: string
  license: string
  terms: string
}

/** Says which packages have code in the page: as CycloneDX, and as the terms they come under. */
export function parts(folder: string): Plugin {
  return {
    name: 'parts',
    apply: 'build',
    generateBundle(_options, bundle) {
      const folders = new Set<string>()
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue
        for (const [id, module] of Object.entries(output.modules)) {
          const found = PACKAGE.exec(id)
          if (found && module.renderedLength > 0) folders.add(found[0])
        }
      }
      const all = [...folders]
        .map(read)
        .sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version))
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'page.cdx.json'), `${JSON.stringify(bill(all), null, 2)}\n`)
      writeFileSync(join(folder, 'page-licenses.txt'), all.map(terms).join('\n'))
    },
  }
}

function read(folder: string): Part {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name))
  return {
    name: about.name ?? folder,
    version: about.version ?? '',
    license: about.license ?? '',
    terms: file ? readFileSync(join(folder, file), 'utf8').trim() : (about.license ?? ''),
  }
}

function bill(all: Part[]): object {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name: 'codebuddy2api-page' } },
    components: all.map((part) => ({
      type: 'library',
      name: part.name,
      version: part.version,
      purl: `pkg:npm/${part.name.replace('@', '%40')}@${part.version}`,
      licenses: [{ license: { id: part.license } }],
    })),
  }
}

function terms(part: Part): string {
  return `${part.name} ${part.version}\n\n${part.terms}\n\n`
}
