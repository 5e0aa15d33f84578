// The three ways to the simulator: through the gateway, through nginx, and straight.

import { spawnSync } from 'node:child_process';
import { ask, target } from './answer.mjs';

const UPSTREAM_PATH = '/v2/chat/completions';
const GATEWAY_PATH = '/v1/chat/completions';

const WARM_UP = { turns: 5, together: 100, pace: { count: 20, intervalMs: 20 } };

// Starts what these targets need; each has the ids of the processes that stand between client and simulator.
export async function targets(names, { product, processes, simulator, streams = 1 }) {
  await warmUp(simulator);
  const found = [];
  for (const name of names) {
    found.push(await one(name, { product, processes, simulator, streams }));
  }
  return found;
}

// The first target must not pay for a cold simulator. The gateway itself gets no warm-up.
async function warmUp(simulator) {
  const straight = target('direct', simulator.address, UPSTREAM_PATH, 'bench-token');
  for (let turn = 0; turn < WARM_UP.turns; turn++) {
    await Promise.all(Array.from({ length: WARM_UP.together }, () => ask(straight, WARM_UP.pace)));
  }
}

async function one(name, { product, processes, simulator, streams }) {
  switch (name) {
    case 'gateway': {
      const gateway = await processes.gateway(product, simulator.address, streams);
      return { ...target(name, gateway.address, GATEWAY_PATH, gateway.home.password), pids: gateway.pids };
    }
    case 'nginx': {
      if (spawnSync('nginx', ['-v']).error) {
        throw new Error('nginx is missing: install it (apt-get install nginx-light), or leave it out with --targets.');
      }
      const nginx = await processes.nginx(simulator.address);
      return { ...target(name, nginx.address, UPSTREAM_PATH, 'bench-token'), pids: nginx.pids };
    }
    default:
      return { ...target(name, simulator.address, UPSTREAM_PATH, 'bench-token'), pids: [] };
  }
}
