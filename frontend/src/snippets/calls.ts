/** One chat call as a program that makes it. The password is never in it: its place is marked. */
import { javascript, python, shellWord } from './quoting'

/** What the reader puts the password in the place of. */
export const KEY_PLACE = 'YOUR_PASSWORD'

/** What is sent to `/chat/completions`. */
export interface ChatCall {
  model: string
  messages: unknown[]
  stream?: boolean
  [more: string]: unknown
}

export function curlCall(baseUrl: string, call: ChatCall): string {
  return [
    `curl ${call.stream ? '-N ' : ''}${shellWord(`${baseUrl}/chat/completions`)}`,
    `  -H ${shellWord(`Authorization: Bearer ${KEY_PLACE}`)}`,
    `  -H ${shellWord('Content-Type: application/json')}`,
    `  -d ${shellWord(JSON.stringify(call, null, 2))}`,
  ].join(' \\\n')
}

export function pythonCall(baseUrl: string, call: ChatCall): string {
  const given = Object.entries(call).filter(([, value]) => value !== undefined)
  return [
    '# pip install openai',
    'from openai import OpenAI',
    '',
    `client = OpenAI(base_url=${python(baseUrl)}, api_key=${python(KEY_PLACE)})`,
    `answer = client.chat.completions.create(`,
    ...given.map(([name, value]) => `    ${name}=${python(value, 4)},`),
    ')',
    ...(call.stream
      ? [
          'for chunk in answer:',
          '    if chunk.choices:',
          '        print(chunk.choices[0].delta.content or "", end="", flush=True)',
        ]
      : ['print(answer.choices[0].message.content)']),
    '',
  ].join('\n')
}

export function nodeCall(baseUrl: string, call: ChatCall): string {
  return [
    '// npm install openai; save as chat.mjs',
    "import OpenAI from 'openai'",
    '',
    `const client = new OpenAI({ baseURL: ${javascript(baseUrl)}, apiKey: ${javascript(KEY_PLACE)} })`,
    `const answer = await client.chat.completions.create(${javascript(call)})`,
    ...(call.stream
      ? [
          'for await (const chunk of answer) {',
          "  process.stdout.write(chunk.choices[0]?.delta?.content ?? '')",
          '}',
        ]
      : ['console.log(answer.choices[0].message.content)']),
    '',
  ].join('\n')
}
