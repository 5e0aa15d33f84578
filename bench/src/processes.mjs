// The processes of a run. Each is started here, known by its id, and ended here.

import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { family } from './usage.mjs';

const READY_MS = 60_000;
const STOP_MS = 15_000;
const POLL_MS = 50;
const WORKER_CONNECTIONS = 16_384;
const ACCOUNTS = 2;
const PRIVATE = { mode: 0o600 };
const DEFAULT_STREAMS = 256;
const DEFAULT_CONNECTIONS = 1_024;
const SPARE_CONNECTIONS = 64;

export class Processes {
  #running = new Set();
  #folder = mkdtempSync(join(tmpdir(), 'codebuddy2api-bench-'));
  #logs;

  constructor(logs) {
    this.#logs = logs;
    mkdirSync(logs, { recursive: true });
  }

  // Starts a command with its output in a log file. An `input` that stays open lets the child notice our end.
  start(name, command, parameters, { input = 'ignore' } = {}) {
    const log = join(this.#logs, `${name}.log`);
    const output = openSync(log, 'w');
    const child = spawn(command, parameters, { stdio: [input, output, output] });
    const running = { name, child, pid: child.pid, log, ended: false };
    child.on('error', () => (running.ended = true));
    child.on('exit', () => {
      running.ended = true;
      this.#running.delete(running);
    });
    this.#running.add(running);
    return running;
  }

  // Asks it to end; past its patience it is killed.
  async stop(running, patienceMs = STOP_MS) {
    if (running.ended) return;
    const end = new Promise((resolve) => running.child.once('exit', resolve));
    running.child.kill('SIGTERM');
    const timer = setTimeout(() => running.child.kill('SIGKILL'), patienceMs);
    await end;
    clearTimeout(timer);
  }

  async stopAll() {
    await Promise.all([...this.#running].reverse().map((each) => this.stop(each)));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  // For a signal that leaves no time to wait.
  abandon() {
    for (const { child } of this.#running) child.kill('SIGTERM');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async simulator(product) {
    const file = join(this.#folder, 'simulator-address');
    const parameters = ['simulate', '--port', '0', '--ready-file', file, '--until-stdin-closes'];
    const running = this.start('simulator', product.launcher, parameters, { input: 'pipe' });
    const address = await until(running, () => readFileSync(file, 'utf8').trim());
    return { ...running, pids: [running.pid], address };
  }

  // nginx as a plain proxy: one worker, nothing buffered, connections to the upstream kept.
  async nginx(upstream) {
    const port = await freePort();
    const folder = join(this.#folder, 'nginx');
    mkdirSync(folder);
    const configuration = join(folder, 'nginx.conf');
    writeFileSync(configuration, nginxConfiguration(folder, port, new URL(upstream).host));
    const running = this.start('nginx', 'nginx', ['-p', folder, '-e', join(folder, 'error.log'), '-c', configuration]);
    const address = `http://127.0.0.1:${port}`;
    await until(running, async () => (await fetch(`${address}/bench-ready`)).ok);
    return { ...running, pids: family(running.pid), address };
  }

  // An app home with made-up accounts and room for so many streams, and where its service will listen.
  async home(upstream, streams = 1) {
    const port = await freePort();
    const folder = mkdtempSync(join(this.#folder, 'home-'));
    const password = `bench-${randomBytes(12).toString('hex')}`;
    mkdirSync(join(folder, 'config'));
    mkdirSync(join(folder, '.codebuddy_creds'));
    writeFileSync(join(folder, 'config', 'config.yaml'), settings(port, password, upstream, streams), PRIVATE);
    for (let number = 1; number <= ACCOUNTS; number++) {
      writeFileSync(
        join(folder, '.codebuddy_creds', `codebuddy_bench_${number}.json`),
        JSON.stringify({ bearer_token: `bench-token-${number}`, user_id: `bench-user-${number}` }),
        PRIVATE,
      );
    }
    return { folder, password, address: `http://127.0.0.1:${port}` };
  }

  async gateway(product, upstream, streams) {
    const home = await this.home(upstream, streams);
    const running = this.start('gateway', product.launcher, ['serve', '--home', home.folder]);
    await until(running, async () => (await fetch(`${home.address}/health`)).ok);
    return { ...running, pids: [running.pid], address: home.address, home };
  }
}

// The launcher builds at its first use; that must not be part of a measurement.
export function build(product) {
  execFileSync(product.launcher, ['--version'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

// Asks until there is an answer; what the process printed is shown if it ends or never gets ready.
export async function until(running, question) {
  const end = Date.now() + READY_MS;
  while (!running.ended && Date.now() < end) {
    try {
      const answer = await question();
      if (answer) return answer;
    } catch {
      // Not ready yet.
    }
    await sleep(POLL_MS);
  }
  const tail = readFileSync(running.log, 'utf8').split('\n').slice(-20).join('\n');
  throw new Error(`${running.name} did not get ready; the end of ${running.log}:\n${tail}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function settings(port, password, upstream, streams) {
  return `server:
  host: 127.0.0.1
  port: ${port}
  password: "${password}"
codebuddy:
  api_endpoint: "${upstream}"
  allowed_endpoints: ["${upstream}"]
limits:
  max_connections: ${Math.max(DEFAULT_CONNECTIONS, streams + SPARE_CONNECTIONS)}
  max_streams: ${Math.max(DEFAULT_STREAMS, streams)}
`;
}

function nginxConfiguration(folder, port, upstream) {
  return `daemon off;
worker_processes 1;
worker_rlimit_nofile ${WORKER_CONNECTIONS};
pid ${folder}/pid;
events { worker_connections ${WORKER_CONNECTIONS}; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  upstream simulator { server ${upstream}; keepalive 512; }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location = /bench-ready { return 200 "ready"; }
    location / {
      proxy_pass http://simulator;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
      proxy_read_timeout 600s;
    }
  }
}
`;
}
