// The client must notice what it is there to notice.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test from 'node:test';
import { ask, target } from '../src/answer.mjs';

const FINISH = event({ delta: {}, finish_reason: 'stop' });
const DONE = 'data: [DONE]\n\n';

function event(choice) {
  return `data: ${JSON.stringify({ choices: [{ index: 0, finish_reason: null, ...choice }] })}\n\n`;
}

function stamps(...numbers) {
  return numbers.map((number) => event({ delta: { content: `${number}@${process.hrtime.bigint()} ` } })).join('');
}

// What the client makes of this answer to a request for three events.
async function seen(body, { status = 200, breaks = false } = {}) {
  const server = createServer((_, response) => {
    response.writeHead(status, { 'Content-Type': 'text/event-stream' });
    response.write(body, () => (breaks ? response.destroy() : response.end()));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const delays = [];
  const there = target('test', `http://127.0.0.1:${server.address().port}`, '/', 'none');
  const answer = await ask(there, { count: 3, intervalMs: 1 }, (_, delay) => delays.push(delay));
  server.close();
  return { failure: answer.failure, lost: answer.lost, reordered: answer.reordered, delays };
}

test('a whole answer is without fault and each event has its delay', async () => {
  const { delays, ...rest } = await seen(stamps(0, 1, 2) + FINISH + DONE);
  assert.deepEqual(rest, { failure: null, lost: 0, reordered: 0 });
  assert.equal(delays.length, 3);
  assert.ok(delays.every((delay) => delay > 0 && delay < 10e9));
});

test('comments and text cut elsewhere are no fault', async () => {
  const time = process.hrtime.bigint();
  const pieces = [`0@${time} 1`, `@${time} 2@`, `${time} `].map((content) => event({ delta: { content } }));
  const { delays, ...rest } = await seen(pieces.join(': keep-alive\n\n') + FINISH + DONE);
  assert.deepEqual(rest, { failure: null, lost: 0, reordered: 0 });
  assert.equal(delays.length, 3);
});

test('a lost event is counted', async () => {
  assert.equal((await seen(stamps(0, 2) + FINISH + DONE)).lost, 1);
  assert.equal((await seen(stamps(0, 1) + FINISH + DONE)).lost, 1);
});

test('an event out of order or twice is counted', async () => {
  assert.equal((await seen(stamps(0, 2, 1) + FINISH + DONE)).reordered, 1);
  assert.equal((await seen(stamps(0, 1, 1, 2) + FINISH + DONE)).reordered, 1);
});

test('an answer without its end is a failure', async () => {
  assert.equal((await seen(stamps(0, 1, 2) + FINISH)).failure, 'no proper end');
  assert.equal((await seen(stamps(0, 1, 2) + DONE)).failure, 'no proper end');
  assert.equal((await seen(stamps(0, 1, 2) + FINISH, { breaks: true })).failure, 'ECONNRESET');
});

test('an error event and an error status are failures', async () => {
  assert.match((await seen('event: error\ndata: {}\n\n')).failure, /unexpected event/);
  assert.equal((await seen('{}', { status: 503 })).failure, 'status 503');
});
