// Small statistics and the machine they were taken on.

import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';

export function median(values) {
  return percentile(values, 0.5);
}

// The smallest value that at least this share of the values does not exceed; the mean of the middle two for a median.
export function percentile(values, share) {
  if (values.length === 0) return NaN;
  const sorted = Float64Array.from(values).sort();
  if (share === 0.5 && sorted.length % 2 === 0) {
    return (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
  }
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
}

export function round(value, digits) {
  return Number.isFinite(value) ? Number(value.toFixed(digits)) : null;
}

export function machine(product) {
  return {
    when: new Date().toISOString(),
    processors: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryMegabytes: Math.round(totalmem() / 1048576),
    kernel: release(),
    loadBefore: loadavg().map((load) => round(load, 2)),
    node: process.version,
    nginx: firstLine('nginx', ['-v']),
    commit: firstLine('git', ['-C', product.folder, 'rev-parse', '--short', 'HEAD']),
  };
}

// Tools such as nginx print their version on standard error.
function firstLine(command, parameters) {
  try {
    const text = execFileSync('sh', ['-c', 'exec "$0" "$@" 2>&1', command, ...parameters], { encoding: 'utf8' });
    return text.split('\n')[0].trim();
  } catch {
    return null;
  }
}

// Rows as an aligned table; the first row is the head, the first column is to the left, what is not known is a dash.
export function table(given) {
  const rows = given.map((row) => row.map((cell) => cell ?? '-'));
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? String(cell).padEnd(widths[column]) : String(cell).padStart(widths[column]),
        )
        .join('  '),
    )
    .join('\n');
}
