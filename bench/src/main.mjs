// The command line of ./bench/run.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine } from './figures.mjs';
import { pacing } from './pacing.mjs';
import { build, Processes } from './processes.mjs';
import { start } from './start.mjs';
import { streams } from './streams.mjs';

const HELP = `Usage: bench/run COMMAND [OPTIONS]

  streams   many streams at once: losses, CPU per event and memory, beside nginx
    --streams N       streams at once; 500
    --interval-ms N   time between two events of a stream; 100
    --seconds N       length of each stream; 30
    --ramp-ms N       time over which the streams are opened; 1000
    --rounds N        how often each target is measured, in turn; 3
    --targets LIST    of gateway, nginx, direct; gateway,nginx
  pacing    six events 500 ms apart: when does each arrive
    --repeats N       how often; 5
    --targets LIST    of gateway, nginx, direct; all of them
  start     seconds from the command to the end of the first streamed answer
    --repeats N       how often; 5
    --cache           also with a JDK AOT cache made for the purpose (JDK 25)

  --product FILE      the launcher to measure; ../codebuddy2api

The figures go to standard output and to bench/target/COMMAND.json. Exit status 1: an answer was not as it should be.
`;

const COMMANDS = { streams, pacing, start };
const LIMITS = {
  streams: [1, 5_000],
  'interval-ms': [1, 10_000],
  seconds: [3, 300],
  'ramp-ms': [0, 60_000],
  rounds: [1, 15],
  repeats: [1, 50],
};

class UsageError extends Error {}

function read(parameters) {
  const { positionals, values } = parseArgs({
    args: parameters,
    allowPositionals: true,
    options: {
      streams: { type: 'string', default: '500' },
      'interval-ms': { type: 'string', default: '100' },
      seconds: { type: 'string', default: '30' },
      'ramp-ms': { type: 'string', default: '1000' },
      rounds: { type: 'string', default: '3' },
      repeats: { type: 'string', default: '5' },
      targets: { type: 'string' },
      cache: { type: 'boolean', default: false },
      product: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return { help: true };
  if (positionals.length !== 1 || !Object.hasOwn(COMMANDS, positionals[0])) {
    throw new UsageError('Say one command: streams, pacing or start.');
  }
  const options = { ...values, targets: values.targets?.split(',') };
  for (const [name, [least, most]] of Object.entries(LIMITS)) {
    options[name] = Number(values[name]);
    if (!Number.isInteger(options[name]) || options[name] < least || options[name] > most) {
      throw new UsageError(`--${name} is a whole number from ${least} to ${most}.`);
    }
  }
  for (const name of options.targets ?? []) {
    if (!['gateway', 'nginx', 'direct'].includes(name)) throw new UsageError(`There is no target ${name}.`);
  }
  return { command: positionals[0], options };
}

async function main() {
  const here = dirname(dirname(fileURLToPath(import.meta.url)));
  const { help, command, options } = read(process.argv.slice(2));
  if (help) {
    process.stdout.write(HELP);
    return 0;
  }
  const launcher = resolve(options.product ?? join(here, '..', 'codebuddy2api'));
  if (!existsSync(launcher)) throw new UsageError(`There is no ${launcher}.`);
  const product = { launcher, folder: dirname(launcher) };
  const output = join(here, 'target');
  mkdirSync(output, { recursive: true });

  build(product);
  const processes = new Processes(join(output, 'logs'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      processes.abandon();
      process.exit(130);
    });
  }
  try {
    const before = machine(product);
    if (before.loadBefore[0] > before.processors / 2) {
      console.error(`This machine is busy already (load ${before.loadBefore[0]}): times will be too long.`);
    }
    const { report, correct } = await COMMANDS[command]({ product, processes, options, output });
    const file = join(output, `${command}.json`);
    writeFileSync(file, `${JSON.stringify({ machine: before, ...report }, null, 2)}\n`);
    console.log(`\nAll figures: ${file}`);
    return correct ? 0 : 1;
  } finally {
    await processes.stopAll();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const usage = error instanceof UsageError || error.code?.startsWith('ERR_PARSE_ARGS');
  console.error(usage ? `${error.message}\n\n${HELP}` : error.message);
  process.exitCode = 2;
}
