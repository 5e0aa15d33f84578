// One streamed answer: asks for it, and checks that every event arrives once and in order.

import { Agent, request } from 'node:http';

const PATIENCE_MS = 30_000;
const STAMP = /(\d+)@(\d+) /g;

// A monotonic clock that the simulator shares: both read CLOCK_MONOTONIC of this machine.
export function nanoseconds() {
  return Number(process.hrtime.bigint());
}

// Where to send chat requests, and what goes with them.
export function target(name, address, path, bearer) {
  return { name, url: new URL(path, address), bearer, agent: new Agent({ keepAlive: false, maxSockets: Infinity }) };
}

// Asks for `count` events, `intervalMs` apart. Never throws: what went wrong is in `failure`.
export function ask(target, { count, intervalMs }, onEvent = () => {}) {
  const body = JSON.stringify({
    model: `sim-pace-${count}-${intervalMs}`,
    stream: true,
    messages: [
      { role: 'system', content: 'You are a clock.' },
      { role: 'user', content: 'Count.' },
    ],
  });
  const answer = new Answer(count, onEvent);
  return new Promise((resolve) => {
    const outgoing = request(target.url, {
      method: 'POST',
      agent: target.agent,
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        Accept: 'text/event-stream',
        Authorization: `Bearer ${target.bearer}`,
      },
    });
    const timer = setTimeout(() => outgoing.destroy(new Error('no end in time')), count * intervalMs + PATIENCE_MS);
    const settle = (failure) => {
      clearTimeout(timer);
      resolve(answer.end(failure));
    };
    outgoing.on('error', (error) => settle(error.code ?? error.message));
    outgoing.on('response', (response) => {
      answer.status = response.statusCode;
      response.setEncoding('utf8');
      response.on('data', (text) => answer.feed(text));
      response.on('error', (error) => settle(error.code ?? error.message));
      response.on('end', () => settle(null));
    });
    outgoing.end(body);
  });
}

class Answer {
  status = 0;
  lost = 0;
  reordered = 0;
  failure = null;
  asked = nanoseconds();
  first = null;
  arrivals = [];
  #count;
  #onEvent;
  #expected = 0;
  #rest = '';
  #stamps = '';
  #finished = false;
  #done = false;

  constructor(count, onEvent) {
    this.#count = count;
    this.#onEvent = onEvent;
  }

  feed(text) {
    const now = nanoseconds();
    const events = (this.#rest + text).split('\n\n');
    this.#rest = events.pop();
    for (const event of events) this.#event(event, now);
  }

  end(failure) {
    this.lost += Math.max(0, this.#count - this.#expected);
    this.failure =
      this.failure ??
      failure ??
      (this.status !== 200 ? `status ${this.status}` : null) ??
      (this.#finished && this.#done ? null : 'no proper end');
    return this;
  }

  #event(event, now) {
    if (event.startsWith(':')) return;
    if (!event.startsWith('data:')) {
      this.failure = `unexpected event ${event.slice(0, 40)}`;
      return;
    }
    const payload = event.slice(5).trim();
    if (payload === '[DONE]') {
      this.#done = true;
      return;
    }
    const choice = JSON.parse(payload).choices?.[0];
    if (choice?.finish_reason) this.#finished = true;
    if (choice?.delta?.content) this.#content(choice.delta.content, now);
  }

  // The simulator writes `number@time ` into each event; a gateway may cut the text elsewhere, but not change it.
  #content(content, now) {
    this.#stamps += content;
    let used = 0;
    for (const [whole, number, sent] of this.#stamps.matchAll(STAMP)) {
      used += whole.length;
      this.#stamp(Number(number), Number(sent), now);
    }
    this.#stamps = this.#stamps.slice(used);
  }

  #stamp(number, sent, now) {
    if (number < this.#expected) {
      this.reordered++;
      return;
    }
    this.lost += number - this.#expected;
    this.#expected = number + 1;
    this.first ??= now;
    this.#onEvent(this, now - sent, now);
  }
}
