import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const LAUNCHER = fileURLToPath(new URL('../../../codebuddy2api', import.meta.url))
const START_LIMIT_MS = 60_000

/** How the packaged program is run: as PageTest says, else as a user would. */
export function command(what: 'serve' | 'simulate'): string[] {
  const given = process.env[what === 'serve' ? 'PAGE_SERVICE' : 'PAGE_SIMULATOR']
  return given ? (JSON.parse(given) as string[]) : [LAUNCHER, what]
}

/** A running program; it ends with this object, or with the tests, whatever happens to them. */
export class Program {
  private output = ''

  private constructor(private readonly process: ChildProcess) {
    for (const stream of [process.stdout, process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text))
    }
  }

  /** Starts it, and waits until it has printed something that matches `ready`. */
  static async start(command: string[], ready: RegExp): Promise<[Program, RegExpMatchArray]> {
    const [file = '', ...args] = command
    const process_ = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'] })
    process.once('exit', () => process_.kill('SIGKILL'))
    const program = new Program(process_)
    return [program, await program.printed(ready)]
  }

  private printed(wanted: RegExp): Promise<RegExpMatchArray> {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(
        () => end(new Error(`waited in vain for ${wanted}:\n${this.output}`)),
        START_LIMIT_MS,
      )
      const end = (failure: Error | null, found?: RegExpMatchArray) => {
        clearTimeout(limit)
        this.process.stdout?.off('data', look)
        this.process.stderr?.off('data', look)
        this.process.off('exit', ended)
        if (found) resolve(found)
        else reject(failure)
      }
      const look = () => {
        const found = this.output.match(wanted)
        if (found) end(null, found)
      }
      const ended = () => end(new Error(`ended before ${wanted}:\n${this.output}`))
      this.process.stdout?.on('data', look)
      this.process.stderr?.on('data', look)
      this.process.once('exit', ended)
    })
  }

  /** What it has printed so far. */
  printedSoFar(): string {
    return this.output
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return
    const ended = once(this.process, 'exit')
    this.process.kill(signal)
    await ended
  }
}
