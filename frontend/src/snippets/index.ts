import { curlCall, nodeCall, pythonCall, type ChatCall } from './calls'
import { aider, cline, continueDev, opencode, qwenCode } from './clients'

export { curlCall, KEY_PLACE, nodeCall, pythonCall, type ChatCall } from './calls'

export interface Snippet {
  id: string
  /** A product's own name, the same in every language. */
  name: string
  /** Where it belongs: a file, or null for a shell or a program of one's own. */
  file: string | null
  text: string
}

const QUESTION = 'Name one prime number.'

/**
 * How to use the service from elsewhere, ready to copy but for the password, which goes in the place of `KEY_PLACE`.
 *
 * @param baseUrl the address that OpenAI clients call the base URL, such as `http://127.0.0.1:8001/v1`
 * @param model the model that the samples ask
 */
export function snippets(baseUrl: string, model: string): Snippet[] {
  const call: ChatCall = { model, stream: true, messages: [{ role: 'user', content: QUESTION }] }
  return [
    { id: 'curl', name: 'curl', file: null, text: curlCall(baseUrl, call) },
    { id: 'python', name: 'Python', file: null, text: pythonCall(baseUrl, call) },
    { id: 'node', name: 'Node.js', file: null, text: nodeCall(baseUrl, call) },
    {
      id: 'opencode',
      name: 'OpenCode',
      file: '~/.config/opencode/opencode.json',
      text: opencode(baseUrl, model),
    },
    { id: 'continue', name: 'Continue', file: '~/.continue/config.yaml', text: continueDev(baseUrl, model) },
    { id: 'qwen', name: 'Qwen Code', file: null, text: qwenCode(baseUrl, model) },
    { id: 'cline', name: 'Cline', file: null, text: cline(baseUrl, model) },
    { id: 'aider', name: 'aider', file: null, text: aider(baseUrl, model) },
  ]
}
