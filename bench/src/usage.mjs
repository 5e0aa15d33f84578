// What processes used, from /proc.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
const PAGE_BYTES = Number(execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' }));
const SAMPLE_MS = 250;

// CPU seconds since their start, all threads, summed over these processes.
export function cpu(pids) {
  const sum = { user: 0, system: 0 };
  for (const pid of pids) {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name and may hold blanks; the rest follows its closing bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    sum.user += Number(fields[11]) / TICKS_PER_SECOND;
    sum.system += Number(fields[12]) / TICKS_PER_SECOND;
  }
  return { ...sum, total: sum.user + sum.system };
}

// Resident bytes, summed over these processes; pages they share count for each.
export function resident(pids) {
  return pids.reduce((sum, pid) => sum + Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]), 0) * PAGE_BYTES;
}

// Seconds that the machine's processors had nothing to do, summed; unlike their busy time this is no estimate by ticks.
export function idle() {
  const fields = readFileSync('/proc/stat', 'utf8').split('\n')[0].trim().split(/\s+/).slice(1).map(Number);
  const [, , , idle, waiting] = fields;
  return (idle + waiting) / TICKS_PER_SECOND;
}

// A process and its children, such as nginx's master and worker.
export function family(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return [pid, ...children.split(' ').filter(Boolean).map(Number)];
}

export function commandLine(pid) {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
}

// Watches the resident memory until stopped.
export class ResidentPeak {
  #timer;
  #peak = 0;

  constructor(pids) {
    const sample = () => {
      this.#peak = Math.max(this.#peak, resident(pids));
    };
    sample();
    this.#timer = setInterval(sample, SAMPLE_MS);
  }

  stop() {
    clearInterval(this.#timer);
    return this.#peak;
  }
}
