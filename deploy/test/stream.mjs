// Asks for one streamed answer and checks that its events arrived one by one. Node 18 or later.
// node stream.mjs BASE-URL KEY [HOST]: the simulator is asked for 10 events, 200 ms apart.
import http from 'node:http';
import https from 'node:https';

const [base, key, host] = process.argv.slice(2);
const EVENTS = 10;
const INTERVAL_MS = 200;
const url = new URL(`${base}/v1/chat/completions`);
const arrivals = [];
let text = '';

const request = (url.protocol === 'https:' ? https : http).request(
  url,
  {
    method: 'POST',
    rejectUnauthorized: false, // the test's own certificate
    headers: {
      Host: host ?? url.host,
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
    },
  },
  (response) => {
    if (response.statusCode !== 200) fail(`status ${response.statusCode}`);
    response.setEncoding('utf8');
    response.on('data', (part) => {
      if (part.includes('data: ')) arrivals.push(performance.now());
      text += part;
    });
    response.on('end', check);
    response.on('error', (broken) => fail(broken.message));
  },
);
request.on('error', (broken) => fail(broken.message));
request.end(
  JSON.stringify({
    model: `sim-pace-${EVENTS}-${INTERVAL_MS}`,
    stream: true,
    messages: [{ role: 'user', content: 'Name one prime number.' }],
  }),
);

// Held back and sent together, they would all come within some milliseconds, and in one or two reads.
function check() {
  const took = arrivals.at(-1) - arrivals[0];
  if (!text.trimEnd().endsWith('data: [DONE]')) fail('the answer has no end');
  if (arrivals.length < EVENTS) fail(`only ${arrivals.length} arrivals`);
  if (took < ((EVENTS - 1) * INTERVAL_MS) / 2) fail(`all events came within ${Math.round(took)} ms`);
  console.log(`${arrivals.length} arrivals over ${Math.round(took)} ms`);
}

function fail(why) {
  console.error(why);
  process.exit(1);
}
