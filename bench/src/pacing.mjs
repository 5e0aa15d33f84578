// Six events, half a second apart: does each arrive when it is sent?

import { ask } from './answer.mjs';
import { median, percentile, round, table } from './figures.mjs';
import { targets } from './targets.mjs';

const PACE = { count: 6, intervalMs: 500 };
const GOAL_MS = 20;

export async function pacing({ product, processes, options }) {
  const simulator = await processes.simulator(product);
  const names = options.targets ?? ['gateway', 'nginx', 'direct'];
  const found = await targets(names, { product, processes, simulator });
  const answers = [];
  for (let number = 1; number <= options.repeats; number++) {
    for (const target of found) {
      answers.push({ target: target.name, repeat: number, ...(await one(target)) });
    }
  }
  const summary = found.map((target) => summarise(answers.filter((each) => each.target === target.name)));
  print(summary);
  const gateway = summary.find((each) => each.target === 'gateway');
  const correct = summary.every((each) => each.wrong === 0) && (!gateway || gateway.delayMs.median <= GOAL_MS);
  return { correct, report: { pace: PACE, goalMs: GOAL_MS, summary, answers } };
}

async function one(target) {
  const delays = [];
  const gaps = [];
  let previous = null;
  const answer = await ask(target, PACE, (_, delay, now) => {
    delays.push(round(delay / 1e6, 3));
    if (previous !== null) gaps.push(round((now - previous) / 1e6, 3));
    previous = now;
  });
  const whole = answer.failure === null && answer.lost === 0 && answer.reordered === 0;
  return { whole, failure: answer.failure, delaysMs: delays, gapsMs: gaps };
}

function summarise(answers) {
  const delays = answers.flatMap((each) => each.delaysMs);
  const gaps = answers.flatMap((each) => each.gapsMs);
  // The first stream meets a service that has never answered anything.
  const later = answers.slice(1).flatMap((each) => each.delaysMs);
  return {
    target: answers[0].target,
    streams: answers.length,
    wrong: answers.filter((each) => !each.whole).length,
    events: delays.length,
    delayMs: { median: round(median(delays), 2), max: round(percentile(delays, 1), 2) },
    coldFirstEventMs: answers[0].delaysMs[0] ?? null,
    laterMaxMs: round(percentile(later, 1), 2),
    gapMs: { min: round(Math.min(...gaps), 1), median: round(median(gaps), 1), max: round(Math.max(...gaps), 1) },
  };
}

function print(summary) {
  const rows = [['target', 'streams', 'wrong', 'delay ms', 'max', 'cold first', 'max later', 'gap ms min', 'median', 'max']];
  for (const s of summary) {
    rows.push([s.target, s.streams, s.wrong, s.delayMs.median, s.delayMs.max, s.coldFirstEventMs,
      s.laterMaxMs, s.gapMs.min, s.gapMs.median, s.gapMs.max]);
  }
  console.log(`${PACE.count} events, ${PACE.intervalMs} ms apart; delay is from sending to arrival, goal: median <= ${GOAL_MS} ms`);
  console.log(table(rows));
}
