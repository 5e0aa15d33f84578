/** How coding clients that speak chat completions are pointed at the service. */
import { KEY_PLACE } from './calls'
import { javascript, shellWord } from './quoting'

export function opencode(baseUrl: string, model: string): string {
  return `${javascript({
    $schema: 'https://opencode.ai/config.json',
    provider: {
      codebuddy2api: {
        npm: '@ai-sdk/openai-compatible',
        name: 'CodeBuddy2API',
        options: { baseURL: baseUrl, apiKey: KEY_PLACE },
        models: { [model]: {} },
      },
    },
    model: `codebuddy2api/${model}`,
  })}\n`
}

/** Every JSON string is a YAML one. */
export function continueDev(baseUrl: string, model: string): string {
  return [
    'name: CodeBuddy2API',
    'version: 1.0.0',
    'schema: v1',
    'models:',
    `  - name: ${JSON.stringify(model)}`,
    '    provider: openai',
    `    model: ${JSON.stringify(model)}`,
    `    apiBase: ${JSON.stringify(baseUrl)}`,
    `    apiKey: ${JSON.stringify(KEY_PLACE)}`,
    '    roles: [chat, edit, apply]',
    '',
  ].join('\n')
}

export function qwenCode(baseUrl: string, model: string): string {
  return [
    `export OPENAI_BASE_URL=${shellWord(baseUrl)}`,
    `export OPENAI_API_KEY=${shellWord(KEY_PLACE)}`,
    `export OPENAI_MODEL=${shellWord(model)}`,
    'qwen',
    '',
  ].join('\n')
}

export function cline(baseUrl: string, model: string): string {
  return `cline auth openai-compatible -b ${shellWord(baseUrl)} -k ${KEY_PLACE} -m ${shellWord(model)}\n`
}

export function aider(baseUrl: string, model: string): string {
  return [
    `aider --openai-api-base ${shellWord(baseUrl)}`,
    `  --openai-api-key ${KEY_PLACE}`,
    `  --model ${shellWord(`openai/${model}`)}\n`,
  ].join(' \\\n')
}
