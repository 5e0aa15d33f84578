import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { command, Program } from './program'

export const PASSWORD = 'correct-horse-battery'

/** What a service starts with. */
export interface Setup {
  /** How many accounts there are; the simulator takes any token unless told otherwise. */
  accounts: number
  /** Further lines for config.yaml: top-level keys other than `server` and `codebuddy`. */
  config: string
  /** Lines below `codebuddy:`, indented by two. */
  codebuddy: string
  /** Lines below `server:`, indented by two; `password` is set unless given here. */
  server: string
  /** Further arguments of the simulator. */
  simulator: string[]
}

export const DEFAULT_SETUP: Setup = { accounts: 2, config: '', codebuddy: '', server: '', simulator: [] }

/** The packaged service before a simulated CodeBuddy, both on ports of their own, in a throw-away home. */
export class Service {
  private constructor(
    readonly home: string,
    readonly port: number,
    readonly simulatorUrl: string,
    private readonly simulator: Program,
    private program: Program,
  ) {}

  static async start(setup: Setup): Promise<Service> {
    const [simulatorPort, port] = await Promise.all([freePort(), freePort()])
    const simulatorUrl = `http://127.0.0.1:${simulatorPort}`
    const home = await mkdtemp(join(tmpdir(), 'codebuddy2api-page-'))
    await writeHome(home, port, simulatorUrl, setup)
    const [[simulator], program] = await Promise.all([
      Program.start(
        [...command('simulate'), '--port', String(simulatorPort), '--until-stdin-closes', ...setup.simulator],
        /^(http:\S+)$/m,
      ),
      serve(home, port),
    ])
    return new Service(home, port, simulatorUrl, simulator, program)
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get configFile(): string {
    return join(this.home, 'config/config.yaml')
  }

  /** Rewrites config.yaml as an editor would. */
  async editConfig(edit: (yaml: string) => string): Promise<void> {
    await writeFile(this.configFile, edit(await readFile(this.configFile, 'utf8')))
  }

  /** A call with the password, as a client makes it. */
  async api(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: { Authorization: `Bearer ${PASSWORD}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  /** One chat, read to its end; the status. */
  async chat(model = 'glm-5.2', extra: Record<string, unknown> = {}): Promise<number> {
    const response = await this.api('POST', '/v1/chat/completions', {
      model,
      messages: [{ role: 'user', content: 'Name one prime number.' }],
      ...extra,
    })
    await response.text().catch(() => '') // A stream that is cut fails here.
    return response.status
  }

  /** Scripts what the simulator answers to a model or a path; the language is in simulator/README.md. */
  async script(key: string, text: string): Promise<void> {
    const response = await fetch(`${this.simulatorUrl}/simulator/scripts/${encodeURIComponent(key)}`, {
      method: 'PUT',
      body: text,
    })
    if (!response.ok) throw new Error(await response.text())
  }

  async openGate(name: string): Promise<void> {
    await fetch(`${this.simulatorUrl}/simulator/gates/${name}`, { method: 'PUT' })
  }

  async stop(): Promise<void> {
    await this.program.stop()
  }

  /** Starts it again in the same home, on the same port. */
  async restart(): Promise<void> {
    await this.program.stop()
    this.program = await serve(this.home, this.port)
  }

  /** Everything it has printed since its last start. */
  log(): string {
    return this.program.printedSoFar()
  }

  async close(): Promise<void> {
    await Promise.all([this.program.stop(), this.simulator.stop()])
    await rm(this.home, { recursive: true, force: true })
  }
}

async function serve(home: string, port: number): Promise<Program> {
  const [program] = await Program.start([...command('serve'), '--home', home], new RegExp(`:${port}\\b`))
  return program
}

async function writeHome(home: string, port: number, simulatorUrl: string, setup: Setup): Promise<void> {
  await mkdir(join(home, 'config'))
  const password = /^ {2}password:/m.test(setup.server) ? '' : `  password: "${PASSWORD}"\n`
  await writeFile(
    join(home, 'config/config.yaml'),
    `server:\n  port: ${port}\n${password}${setup.server}` +
      `codebuddy:\n  api_endpoint: "${simulatorUrl}"\n  allowed_endpoints: ["${simulatorUrl}"]\n${setup.codebuddy}` +
      setup.config,
  )
  const credentials = join(home, '.codebuddy_creds')
  await mkdir(credentials, { mode: 0o700 })
  for (let number = 1; number <= setup.accounts; number++) {
    const account = { bearer_token: `page-token-number-${number}`, user_id: `user-${number}` }
    await writeFile(join(credentials, `codebuddy_page_${number}.json`), JSON.stringify(account), {
      mode: 0o600,
    })
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
