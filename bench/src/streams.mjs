// Many streams at once through each target in turn.

import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, nanoseconds } from './answer.mjs';
import { median, percentile, round, table } from './figures.mjs';
import { targets } from './targets.mjs';
import { cpu, idle, ResidentPeak } from './usage.mjs';

const REST_MS = 2_000;
const STEADY_AFTER_MS = 3_000;
const STEADY_BEFORE_MS = 1_000;
const MEGABYTE = 1048576;
const HEAD = ['target', 'round', 'events', 'errors', 'lost', 'reordered', 'us/event', 'user', 'system', 'steady',
  'RSS MB', 'delay ms', 'p99', 'max', 'first ms', 'p99', 'other CPU'];

export async function streams({ product, processes, options }) {
  const load = {
    streams: options.streams,
    intervalMs: options['interval-ms'],
    count: Math.max(1, Math.round((options.seconds * 1000) / options['interval-ms'])),
    rampMs: options['ramp-ms'],
  };
  const simulator = await processes.simulator(product);
  const found = await targets(options.targets ?? ['gateway', 'nginx'], {
    product,
    processes,
    simulator,
    streams: load.streams,
  });
  const rounds = [];
  console.log(`${load.streams} streams, ${load.count} events each, one every ${load.intervalMs} ms`);
  for (let number = 1; number <= options.rounds; number++) {
    for (const target of found) {
      await sleep(REST_MS);
      const result = await measure(target, load, [process.pid, simulator.pid]);
      rounds.push({ round: number, ...result });
      process.stderr.write(`round ${number} of ${options.rounds}: ${target.name} done\n`);
    }
  }
  const medians = found.map((target) => middle(rounds.filter((each) => each.target === target.name)));
  print(rounds, medians);
  const correct = rounds.every((each) => each.errors + each.lost + each.reordered === 0);
  return { correct, report: { load, medians, ratio: ratio(medians), rounds } };
}

async function measure(target, load, ourOwn) {
  const delays = new Float64Array(load.streams * load.count);
  let events = 0;
  const onEvent = (answer, delay) => {
    delays[events++] = delay;
  };
  const peak = new ResidentPeak(target.pids);
  const before = snapshot(target, ourOwn);
  const steady = steadyState(target, load, () => events);
  const answers = await open(target, load, onEvent);
  const after = snapshot(target, ourOwn);
  return {
    target: target.name,
    ...verdict(answers),
    events,
    microsecondsPerEvent: perEvent(before.cpu, after.cpu, events),
    steadyMicrosecondsPerEvent: await steady,
    peakResidentMegabytes: round(peak.stop() / MEGABYTE, 0) || null,
    delayMs: milliseconds(delays.subarray(0, events)),
    firstEventMs: milliseconds(answers.filter((a) => a.first !== null).map((a) => a.first - a.asked)),
    processorsBusy: processors(before, after),
  };
}

async function open(target, load, onEvent) {
  const start = nanoseconds();
  const answers = [];
  for (let number = 0; number < load.streams; number++) {
    const early = (load.rampMs * number) / load.streams - (nanoseconds() - start) / 1e6;
    if (early >= 1) await sleep(early);
    answers.push(ask(target, load, onEvent));
  }
  return Promise.all(answers);
}

// CPU per event while all streams run: no connecting, no first requests, no ends.
async function steadyState(target, load, events) {
  const end = load.count * load.intervalMs - STEADY_BEFORE_MS;
  const begin = load.rampMs + STEADY_AFTER_MS;
  if (end - begin < 1000) return null;
  await sleep(begin);
  const before = { cpu: cpu(target.pids), events: events() };
  await sleep(end - begin);
  return perEvent(before.cpu, cpu(target.pids), events() - before.events);
}

function snapshot(target, ourOwn) {
  const [client, simulator] = ourOwn.map((pid) => cpu([pid]).total);
  return { at: nanoseconds(), cpu: cpu(target.pids), client, simulator, idle: idle() };
}

// Nothing stands between client and simulator when the target is direct.
function perEvent(before, after, events) {
  if (after.total === 0) return { total: null, user: null, system: null };
  const each = (name) => round(((after[name] - before[name]) * 1e6) / events, 1);
  return { total: each('total'), user: each('user'), system: each('system') };
}

// How many processors were busy on average, and with what; `other` is work that has nothing to do with the run.
function processors(before, after) {
  const seconds = (after.at - before.at) / 1e9;
  const share = (value) => round(value / seconds, 2);
  const target = after.cpu.total - before.cpu.total;
  const client = after.client - before.client;
  const simulator = after.simulator - before.simulator;
  const other = seconds * cpus().length - (after.idle - before.idle) - target - client - simulator;
  return { target: share(target), client: share(client), simulator: share(simulator), other: share(other) };
}

function verdict(answers) {
  const failures = {};
  for (const { failure } of answers) {
    if (failure !== null) failures[failure] = (failures[failure] ?? 0) + 1;
  }
  return {
    streams: answers.length,
    errors: answers.filter((answer) => answer.failure !== null).length,
    failures,
    lost: answers.reduce((sum, answer) => sum + answer.lost, 0),
    reordered: answers.reduce((sum, answer) => sum + answer.reordered, 0),
  };
}

function milliseconds(nanos) {
  const figure = (share) => round(percentile(nanos, share) / 1e6, 2);
  return { median: figure(0.5), p99: figure(0.99), max: figure(1) };
}

function middle(rounds) {
  const of = (pick, digits = 1) => round(median(rounds.map((each) => pick(each) ?? NaN)), digits);
  return {
    target: rounds[0].target,
    microsecondsPerEvent: of((r) => r.microsecondsPerEvent.total),
    steadyMicrosecondsPerEvent: of((r) => r.steadyMicrosecondsPerEvent?.total),
    peakResidentMegabytes: of((r) => r.peakResidentMegabytes),
    delayMedianMs: of((r) => r.delayMs.median, 2),
    delayP99Ms: of((r) => r.delayMs.p99, 2),
    firstEventMedianMs: of((r) => r.firstEventMs.median),
  };
}

// The gateway's cost as a multiple of nginx's.
function ratio(medians) {
  const [gateway, nginx] = ['gateway', 'nginx'].map((name) => medians.find((each) => each.target === name));
  if (!gateway || !nginx) return null;
  return {
    whole: round(gateway.microsecondsPerEvent / nginx.microsecondsPerEvent, 2),
    steady: round(gateway.steadyMicrosecondsPerEvent / nginx.steadyMicrosecondsPerEvent, 2),
  };
}

function print(rounds, medians) {
  const rows = [HEAD];
  for (const r of rounds) {
    const { microsecondsPerEvent: us, delayMs, firstEventMs } = r;
    rows.push([r.target, r.round, r.events, r.errors, r.lost, r.reordered, us.total, us.user, us.system,
      r.steadyMicrosecondsPerEvent?.total, r.peakResidentMegabytes, delayMs.median, delayMs.p99, delayMs.max,
      firstEventMs.median, firstEventMs.p99, r.processorsBusy.other]);
  }
  for (const m of medians) {
    rows.push([m.target, 'median', '', '', '', '', m.microsecondsPerEvent, '', '', m.steadyMicrosecondsPerEvent,
      m.peakResidentMegabytes, m.delayMedianMs, m.delayP99Ms, '', m.firstEventMedianMs, '', '']);
  }
  console.log(table(rows));
  const factor = ratio(medians);
  if (factor) console.log(`CPU per event, gateway / nginx: ${factor.whole} (steady state ${factor.steady})`);
  for (const { target, round: number, failures } of rounds) {
    for (const [failure, count] of Object.entries(failures)) {
      console.log(`${target}, round ${number}: ${count} x ${failure}`);
    }
  }
}
