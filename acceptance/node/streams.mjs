// Asks many questions of one gateway with three clients and prints one line of JSON for each answer, in any order.
// Usage: node streams.mjs BASE_URL KEY QUESTIONS, a file with an array of {client, model, stream}. It judges nothing.
import { readFileSync } from 'node:fs';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, jsonSchema, streamText, tool } from 'ai';
import OpenAI from 'openai';

globalThis.AI_SDK_LOG_WARNINGS = false;
const AT_ONCE = 24;
const [baseURL, apiKey, file] = process.argv.slice(2);
const questions = JSON.parse(readFileSync(file, 'utf8'));
const prompt = 'Name one prime number.';
const names = ['get_weather', 'get_time', 'read', 'write'];
const openai = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const models = {
  'ai-openai': (model) => createOpenAI({ baseURL, apiKey }).chat(model),
  'ai-compatible': (model) => createOpenAICompatible({ name: 'gateway', baseURL, apiKey })(model),
};
const tools = Object.fromEntries(
  names.map((name) => [name, tool({ inputSchema: jsonSchema({ type: 'object' }) })]),
);
const answer = (text, calls, finish) => JSON.stringify([text ?? '', calls, finish ?? null]);

const openaiWhole = async (model) => {
  const body = { model, messages: [{ role: 'user', content: prompt }] };
  const { message, finish_reason: finish } = (await openai.chat.completions.create(body)).choices[0];
  const calls = (message.tool_calls ?? []).map((call) => [call.function.name, call.function.arguments]);
  return answer(message.content, calls, finish);
};

const openaiStreamed = async (model) => {
  const body = { model, messages: [{ role: 'user', content: prompt }], stream: true };
  let [text, calls, finish] = ['', [], null];
  for await (const chunk of await openai.chat.completions.create(body)) {
    const choice = chunk.choices[0];
    text += choice?.delta.content ?? '';
    for (const call of choice?.delta.tool_calls ?? []) {
      calls[call.index] ??= [call.function?.name, ''];
      calls[call.index][1] += call.function?.arguments ?? '';
    }
    finish = choice?.finish_reason ?? finish;
  }
  return answer(text, calls, finish);
};

const aiWhole = async (model) => {
  const told = await generateText({ model, prompt, tools, maxRetries: 0 });
  const calls = told.toolCalls.map((call) => [call.toolName, call.input]);
  return answer(told.text, calls, told.finishReason);
};

const aiStreamed = async (model) => {
  const told = streamText({ model, prompt, tools, maxRetries: 0, onError: () => {} });
  let [text, calls, finish] = ['', {}, null];
  for await (const part of told.fullStream) {
    if (part.type === 'error') {
      throw part.error ?? new Error('an error part without an error');
    } else if (part.type === 'text-delta') {
      text += part.text;
    } else if (part.type === 'tool-input-start') {
      calls[part.id] = [part.toolName, ''];
    } else if (part.type === 'tool-input-delta') {
      calls[part.id][1] += part.delta;
    } else if (part.type === 'finish') {
      finish = part.finishReason;
    }
  }
  return answer(text, Object.values(calls), finish);
};

const ask = ({ client, model, stream }) => {
  if (client === 'openai-node') {
    return stream ? openaiStreamed(model) : openaiWhole(model);
  }
  return (stream ? aiStreamed : aiWhole)(models[client](model));
};

let next = 0;
const worker = async () => {
  while (next < questions.length) {
    const question = next++;
    let line;
    try {
      line = { question, failed: false, told: await ask(questions[question]) };
    } catch (e) {
      line = { question, failed: true, told: String(e?.code ?? e?.data?.error?.code ?? e?.error?.code ?? e?.message ?? JSON.stringify(e)) };
    }
    console.log(JSON.stringify(line));
  }
};
await Promise.all(Array.from({ length: AT_ONCE }, worker));
