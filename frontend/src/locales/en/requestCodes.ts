/** What became of a request by its code: in two or three words, in a sentence, and what to do about it. */
export default {
  // CodeBuddy and the accounts
  rate_limit_exceeded: {
    short: 'Too many requests',
    what: 'CodeBuddy limits how fast requests may come, and no other account was free to take this one.',
    todo: 'Wait until an account is ready again, or add another account.',
  },
  insufficient_quota: {
    short: 'No quota left',
    what: 'No account that could serve this request has quota left.',
    todo: 'Wait until the quota is back, or add another account.',
  },
  no_credentials: {
    short: 'No account',
    what: 'There is no account to send the request with.',
    todo: 'Add an account.',
  },
  no_usable_credentials: {
    short: 'No usable account',
    what: 'None of the accounts could be used: each is signed out, turned off or being renewed.',
    todo: 'See below why, and sign in again or turn one on.',
  },
  credential_rejected: {
    short: 'Sign-in refused',
    what: 'CodeBuddy no longer accepts the sign-in of this account.',
    todo: 'Sign in to this account again.',
  },
  credential_not_refreshable: {
    short: 'Cannot be renewed',
    what: 'The sign-in of this account has ended and it cannot renew itself.',
    todo: 'Sign in to this account again.',
  },
  credential_not_found: {
    short: 'Account is gone',
    what: 'The account was removed in the meantime.',
    todo: 'Send the request again.',
  },
  upstream_refused: {
    short: 'Refused by CodeBuddy',
    what: 'CodeBuddy refused the request itself; another account would have been told the same.',
    todo: 'Change what is asked; the message in the client says what CodeBuddy objects to.',
  },
  content_policy_violation: {
    short: 'Content refused',
    what: 'CodeBuddy refused the content of the request.',
    todo: 'Change the content and send it again.',
  },
  context_length_exceeded: {
    short: 'Too long',
    what: 'The conversation is longer than the model can take in.',
    todo: 'Shorten it, start a new one, or choose a model with more room.',
  },
  model_not_found: {
    short: 'Unknown model',
    what: 'No account offers this model.',
    todo: 'Choose a model from the Models page, or add it to the list in Settings.',
  },
  // On the way to CodeBuddy
  upstream_unreachable: {
    short: 'Not reachable',
    what: 'CodeBuddy could not be reached, or the connection broke before an answer came.',
    todo: 'Check the network and the proxy of the server, then send it again.',
  },
  upstream_tls_error: {
    short: 'Not secure',
    what: 'The secure connection to CodeBuddy could not be made: its certificate was not accepted.',
    todo: 'Check the clock of the server, and whether something in between opens the connection.',
  },
  upstream_redirect: {
    short: 'Sent elsewhere',
    what: 'The answer pointed to another address, which is never followed.',
    todo: 'Check the address of CodeBuddy in Settings, and whether a login page of the network is in the way.',
  },
  upstream_malformed: {
    short: 'Not readable',
    what: 'CodeBuddy answered with something that is no answer.',
    todo: 'Send it again; if it stays so, the server may need an update.',
  },
  upstream_error: {
    short: 'Error at CodeBuddy',
    what: 'CodeBuddy answered with an error of its own.',
    todo: 'Send it again a little later.',
  },
  upstream_timeout: {
    short: 'Took too long',
    what: 'CodeBuddy did not answer in time. It may have counted the request all the same.',
    todo: 'Send it again, or allow more time in Settings.',
  },
  upstream_incomplete: {
    short: 'Ended early',
    what: 'CodeBuddy ended the answer before it was complete.',
    todo: 'What arrived was delivered; send the request again for a whole answer.',
  },
  upstream_event_too_large: {
    short: 'Piece too large',
    what: 'A single piece of the answer was larger than is allowed.',
    todo: 'Ask for less at once.',
  },
  stream_duration_exceeded: {
    short: 'Ran too long',
    what: 'The answer ran longer than an answer may, so it was ended.',
    todo: 'Ask for less at once, or allow more time in Settings.',
  },
  oauth_upstream_invalid: {
    short: 'Renewal failed',
    what: 'CodeBuddy answered the renewal of the sign-in with something that is no answer.',
    todo: 'It is tried again by itself; if it stays so, sign in again.',
  },
  // The service itself
  server_overloaded: {
    short: 'Too busy',
    what: 'More requests were running or waiting at once than the server allows.',
    todo: 'Send fewer at once, or raise the limit in Settings.',
  },
  server_shutting_down: {
    short: 'Stopping',
    what: 'The server was being stopped.',
    todo: 'Send it again once the server runs.',
  },
  internal_error: {
    short: 'Internal error',
    what: 'The server made a mistake.',
    todo: 'Look up the request id in the log, and report it.',
  },
  persist_failed: {
    short: 'Not saved',
    what: 'The disk of the server refused to save something.',
    todo: 'Check that the disk has room and may be written.',
  },
  client_closed: {
    short: 'Client left',
    what: 'The client closed the connection before the answer was complete.',
    todo: 'Nothing to do, unless the client gave up waiting: then allow it more time.',
  },
  cancelled: {
    short: 'Client left',
    what: 'The request was given up before the answer was complete.',
    todo: 'Nothing to do, unless the client gave up waiting: then allow it more time.',
  },
  // What the client sent
  invalid_value: {
    short: 'Wrong value',
    what: 'A field of the request has a value that cannot be meant.',
    todo: 'Correct the field; the message in the client names it.',
  },
  missing_required_parameter: {
    short: 'Field missing',
    what: 'A field of the request is missing.',
    todo: 'Add the field; the message in the client names it.',
  },
  unsupported_parameter: {
    short: 'Not supported',
    what: 'The request asks for something that cannot be done here, such as several answers at once.',
    todo: 'Leave that field out; the message in the client names it.',
  },
  invalid_json: {
    short: 'No JSON',
    what: 'What the client sent is not valid JSON.',
    todo: 'Check how the client builds the request.',
  },
  bad_request: {
    short: 'Not understood',
    what: 'What the client sent is not a valid HTTP request.',
    todo: 'Check the client and any proxy in between.',
  },
  request_too_large: {
    short: 'Too large',
    what: 'The request is larger than the server accepts.',
    todo: 'Send less, such as smaller images or fewer files.',
  },
  request_timeout: {
    short: 'Sent too slowly',
    what: 'The client did not send the whole request in time.',
    todo: 'Check the connection between client and server.',
  },
  unsupported_media_type: {
    short: 'Not sent as JSON',
    what: 'The request was not marked as JSON.',
    todo: 'Let the client send the header Content-Type: application/json.',
  },
  headers_too_large: {
    short: 'Headers too large',
    what: 'The headers of the request are larger than the server accepts.',
    todo: 'Check the client and any proxy in between.',
  },
  uri_too_long: {
    short: 'Address too long',
    what: 'The address of the request is too long.',
    todo: 'Check the base URL in the client.',
  },
  unknown_route: {
    short: 'Unknown address',
    what: 'There is nothing at the address the client asked.',
    todo: 'Check the base URL in the client: it ends in /v1.',
  },
  method_not_allowed: {
    short: 'Wrong method',
    what: 'The address does not take this kind of request.',
    todo: 'Check how the client calls the server.',
  },
  // Who may come in
  invalid_api_key: {
    short: 'Wrong key',
    what: 'The API key of the client is missing or wrong.',
    todo: 'Put the password of the server into the client as its API key.',
  },
  session_expired: {
    short: 'Signed out',
    what: 'The page was signed out.',
    todo: 'Enter the password again.',
  },
  too_many_attempts: {
    short: 'Too many tries',
    what: 'Too many wrong passwords came in a short time.',
    todo: 'Wait a minute, and check the key in the client.',
  },
  password_not_configured: {
    short: 'Locked',
    what: 'The server has no password and therefore serves nobody.',
    todo: 'Set a password in its settings file.',
  },
  insecure_password: {
    short: 'Locked',
    what: 'The password of the server is too easy to guess, so it serves nobody.',
    todo: 'Set a better one in its settings file.',
  },
  config_invalid: {
    short: 'Settings broken',
    what: 'The settings file cannot be used.',
    todo: 'Correct it, or restore an earlier one in Settings.',
  },
  insufficient_scope: {
    short: 'Not allowed',
    what: 'The key may not do this.',
    todo: 'Use another key.',
  },
  host_not_allowed: {
    short: 'Host not allowed',
    what: 'The server does not answer to the name it was called by.',
    todo: 'Call it by its own address, or allow the name in Settings.',
  },
  origin_not_allowed: {
    short: 'Site not allowed',
    what: 'The request came from a web page that may not use this server.',
    todo: 'Allow its address in Settings if it is yours.',
  },
  csrf_check_failed: {
    short: 'Not from this page',
    what: 'The request did not come from this page.',
    todo: 'Load the page again.',
  },
}
