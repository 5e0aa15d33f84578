// From the command to the end of the first streamed answer.

import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, nanoseconds, target } from './answer.mjs';
import { median, round, table } from './figures.mjs';
import { until } from './processes.mjs';
import { commandLine, cpu, resident } from './usage.mjs';

const PATH = '/v1/chat/completions';
const SHORT = { count: 1, intervalMs: 1 };
const RETRY_MS = 5;
const PATIENCE_MS = 60_000;
// The cache is written by a second JVM when the first one ends.
const WRITING_MS = 180_000;
const MEGABYTE = 1048576;
const TRAINING = { turns: 40, together: 50, pace: { count: 10, intervalMs: 10 } };

export async function start({ product, processes, options, output }) {
  const simulator = await processes.simulator(product);
  const home = await processes.home(simulator.address);
  const gateway = target('gateway', home.address, PATH, home.password);
  const launcher = [product.launcher, 'serve', '--home', home.folder];
  const ways = { launcher };
  let cache = null;
  if (options.cache) {
    const java = await javaCommand(processes, gateway, launcher);
    cache = await makeCache(processes, gateway, java, join(output, 'service.aot'));
    ways['java'] = java;
    ways['java, AOT cache'] = withOptions(java, `-XX:AOTCache=${cache.file}`, '-Xlog:disable', '-Xlog:all=error:stderr');
  }
  const starts = [];
  for (let number = 1; number <= options.repeats; number++) {
    for (const [way, command] of Object.entries(ways)) {
      starts.push({ way, ...(await once(processes, gateway, command)) });
    }
  }
  const summary = Object.keys(ways).map((way) => summarise(way, starts.filter((each) => each.way === way)));
  print(summary, cache);
  return { correct: true, report: { summary, cache, starts } };
}

async function once(processes, gateway, [command, ...parameters]) {
  const begin = nanoseconds();
  const running = processes.start('start', command, parameters);
  const answer = await firstAnswer(running, gateway);
  const end = nanoseconds();
  const used = cpu([running.pid]).total;
  const memory = resident([running.pid]);
  const second = await ask(gateway, SHORT);
  await processes.stop(running);
  return {
    seconds: round((end - begin) / 1e9, 3),
    firstEventSeconds: round((answer.first - begin) / 1e9, 3),
    secondAnswerMs: round((second.first - second.asked) / 1e6, 1),
    cpuSeconds: round(used, 2),
    residentMegabytes: round(memory / MEGABYTE, 0),
  };
}

async function firstAnswer(running, gateway) {
  const end = Date.now() + PATIENCE_MS;
  let last = 'none';
  while (!running.ended && Date.now() < end) {
    const answer = await ask(gateway, SHORT);
    if (answer.failure === null && answer.lost === 0) return answer;
    last = answer.failure;
    await sleep(RETRY_MS);
  }
  throw new Error(`no streamed answer after the start; the last failure: ${last}; see ${running.log}`);
}

// What the launcher runs in the end, so that its options need not be repeated here; without the launcher's own cache.
async function javaCommand(processes, gateway, [command, ...parameters]) {
  const running = processes.start('start', command, parameters);
  await firstAnswer(running, gateway);
  const java = commandLine(running.pid);
  await processes.stop(running);
  return java.filter((word) => !word.startsWith('-XX:AOTCache='));
}

// The cache holds profiles too, so the service has work while it is made.
async function makeCache(processes, gateway, java, file) {
  rmSync(file, { force: true });
  const [command, ...parameters] = withOptions(java, `-XX:AOTCacheOutput=${file}`);
  const begin = nanoseconds();
  const running = processes.start('cache', command, parameters);
  await firstAnswer(running, gateway);
  for (let turn = 0; turn < TRAINING.turns; turn++) {
    await Promise.all(Array.from({ length: TRAINING.together }, () => ask(gateway, TRAINING.pace)));
  }
  await processes.stop(running, WRITING_MS);
  if (!existsSync(file)) throw new Error(`no AOT cache was made (it needs JDK 25); see ${running.log}`);
  return {
    file,
    megabytes: round(statSync(file).size / MEGABYTE, 1),
    secondsToMake: round((nanoseconds() - begin) / 1e9, 1),
  };
}

function withOptions([java, ...rest], ...options) {
  return [java, ...options, ...rest];
}

function summarise(way, starts) {
  const of = (name, digits) => round(median(starts.map((each) => each[name])), digits);
  return {
    way,
    starts: starts.length,
    seconds: of('seconds', 2),
    fastest: round(Math.min(...starts.map((each) => each.seconds)), 2),
    slowest: round(Math.max(...starts.map((each) => each.seconds)), 2),
    secondAnswerMs: of('secondAnswerMs', 1),
    cpuSeconds: of('cpuSeconds', 2),
    residentMegabytes: of('residentMegabytes', 0),
  };
}

function print(summary, cache) {
  const rows = [['way', 'starts', 'seconds', 'fastest', 'slowest', '2nd answer ms', 'CPU s', 'RSS MB']];
  for (const s of summary) {
    rows.push([s.way, s.starts, s.seconds, s.fastest, s.slowest, s.secondAnswerMs, s.cpuSeconds, s.residentMegabytes]);
  }
  console.log('From the command to the end of the first streamed answer; medians');
  console.log(table(rows));
  if (cache) console.log(`AOT cache: ${cache.megabytes} MB, made in ${cache.secondsToMake} s`);
}
