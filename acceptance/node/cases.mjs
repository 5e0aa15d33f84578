// Drives one gateway with the official openai package and prints what came back as one JSON object, case by case.
// Usage: node cases.mjs BASE_URL KEY IMAGE. It judges nothing: OpenAiNodeSdkTest does.
import OpenAI from 'openai';

const [baseURL, apiKey, image] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const question = [{ role: 'user', content: 'Name one prime number.' }];
const tools = ['get_weather:city', 'get_time:tz'].map((text) => {
  const [name, argument] = text.split(':');
  const parameters = { type: 'object', properties: { [argument]: { type: 'string' } } };
  return { type: 'function', function: { name, parameters } };
});
const picture = [
  {
    role: 'user',
    content: [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: image } },
    ],
  },
];

const whole = (model, more = {}) => client.chat.completions.create({ model, messages: question, ...more });

// Both ways of streaming: the bare iterator, and the helper that folds by itself.
const streamed = async (model, more = {}) => {
  const chunks = [];
  const body = { model, messages: question, stream: true, ...more };
  for await (const chunk of await client.chat.completions.create(body)) {
    chunks.push(chunk);
  }
  return chunks;
};
const folded = (model, more = {}) =>
  client.chat.completions.stream({ model, messages: question, ...more }).finalChatCompletion();

const failure = async (attempt) => {
  try {
    await attempt();
    return { failed: false };
  } catch (e) {
    return {
      failed: true,
      kind: e.constructor.name,
      status: e.status ?? null,
      code: e.code ?? null,
      type: e.type ?? null,
      param: e.param ?? null,
      requestID: e.requestID ?? null,
      retryAfter: e.headers?.get?.('retry-after') ?? null,
      shouldRetry: e.headers?.get?.('x-should-retry') ?? null,
    };
  }
};

const refused = ['no-such-model', 'sim-11101', 'sim-retry-after-7', 'sim-14018', 'sim-html-502', 'sim-503'];

const cases = {
  text: () => whole('hy3'),
  textStreamed: () => streamed('hy3'),
  textFolded: () => folded('hy3'),
  usageStreamed: () => streamed('hy3', { stream_options: { include_usage: true } }),
  reasoning: () => whole('kimi-k2-thinking'),
  reasoningStreamed: () => streamed('kimi-k2-thinking'),
  tools: () => whole('deepseek-v4-pro', { tools }),
  toolsStreamed: () => streamed('deepseek-v4-pro', { tools }),
  toolsFolded: () => folded('deepseek-v4-pro', { tools }),
  image: () => whole('glm-4.6v', { messages: picture }),
  imageFolded: () => folded('glm-4.6v', { messages: picture }),
  models: async () => (await client.models.list()).data,
  wrongKey: () => failure(() => new OpenAI({ baseURL, apiKey: 'not-the-password', maxRetries: 0 }).models.list()),
  errors: async () => Object.fromEntries(await Promise.all(refused.map(async (m) => [m, await failure(() => whole(m))]))),
  errorsStreamed: async () =>
    Object.fromEntries(await Promise.all(refused.map(async (m) => [m, await failure(() => streamed(m))]))),
  errorWithinStream: async () => {
    let text = '';
    const told = await failure(async () => {
      const body = { model: 'sim-t5', messages: question, stream: true };
      for await (const chunk of await client.chat.completions.create(body)) {
        text += chunk.choices[0].delta.content ?? '';
      }
    });
    return { ...told, text };
  },
  errorWithinFolded: () => failure(() => folded('sim-t5')),
  // The script answers the first request with a limit of one second; the package waits and asks again by itself.
  retried: () => new OpenAI({ baseURL, apiKey, maxRetries: 1 }).chat.completions.create({ model: 'limited-once', messages: question }),
  notRetried: () =>
    failure(() => new OpenAI({ baseURL, apiKey, maxRetries: 2 }).chat.completions.create({ model: 'never-retried', messages: question })),
};

const results = {};
for (const [name, run] of Object.entries(cases)) {
  try {
    results[name] = { value: await run() };
  } catch (e) {
    results[name] = { unexpected: String(e?.stack ?? e) };
  }
}
console.log(JSON.stringify(results));
