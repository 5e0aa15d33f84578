import { describe, expect, it } from 'vitest'
import en from './en/requestCodes'
import zh from './zh-CN/requestCodes'

/** All that a chat request can end with: docs/api.md, and the failures of the core. */
const CODES = [
  'invalid_value missing_required_parameter invalid_json unsupported_parameter bad_request request_too_large',
  'request_timeout unsupported_media_type headers_too_large uri_too_long unknown_route method_not_allowed',
  'host_not_allowed origin_not_allowed csrf_check_failed invalid_api_key session_expired too_many_attempts',
  'password_not_configured insecure_password config_invalid insufficient_scope context_length_exceeded',
  'content_policy_violation model_not_found no_credentials no_usable_credentials rate_limit_exceeded',
  'insufficient_quota server_overloaded server_shutting_down upstream_unreachable upstream_tls_error',
  'upstream_redirect upstream_malformed upstream_error upstream_timeout upstream_incomplete upstream_refused',
  'upstream_event_too_large stream_duration_exceeded oauth_upstream_invalid credential_rejected',
  'credential_not_refreshable credential_not_found persist_failed internal_error client_closed cancelled',
].flatMap((line) => line.split(' '))

describe.each([
  ['English', en],
  ['Chinese', zh],
])('codes in %s', (_, codes: Record<string, Record<string, string>>) => {
  it('each have two or three words, a sentence, and what to do', () => {
    expect(Object.keys(codes).sort()).toEqual([...CODES].sort())
    for (const [code, parts] of Object.entries(codes)) {
      expect(Object.keys(parts), code).toEqual(['short', 'what', 'todo'])
      for (const text of Object.values(parts)) expect(text, code).not.toMatch(/[|@{}]/)
      expect(parts.what, code).toMatch(/[.。]$/)
      expect(parts.todo, code).toMatch(/[.。]$|\/json\.$/)
    }
  })
})
