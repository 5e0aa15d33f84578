/** What to call each setting and what it is, by its name without CODEBUDDY_. */
export default {
  HOST: { label: 'Listen address', hint: 'Where the server listens. 0.0.0.0 lets other machines in.' },
  PORT: { label: 'Port', hint: 'A whole number from 1 to 65535.' },
  PASSWORD: {
    label: 'Password',
    hint: 'What clients send as their API key, and what opens this page: plain, or what hash-password printed.',
  },
  API_ENDPOINT: {
    label: 'CodeBuddy site',
    hint: 'The site your accounts belong to, or one of the further sites below.',
  },
  CREDS_DIR: {
    label: 'Credential directory',
    hint: 'The folder of the credential files, relative to the program’s home.',
  },
  ROTATION_COUNT: {
    label: 'Requests in a row per account',
    hint: 'Then the next account takes over. 0: never change.',
  },
  MODELS: {
    label: 'Models to list',
    hint: 'One per line, in this order; * stands for all that the accounts offer. A request may name any model.',
  },
  SSL_VERIFY: { label: 'Check the site’s certificate', hint: 'Off only for test hosts.' },
  LOG_LEVEL: {
    label: 'Log level',
    hint: 'Holds from the next line on. No level logs prompts, answers or keys.',
  },
  LOG_ROTATION: {
    label: 'When a new log file is begun',
    hint: 'By size, period, calendar or time. Empty: never.',
  },
  LOG_RETENTION: {
    label: 'How long old log files are kept',
    hint: 'A period: older files are deleted. A number: so many are kept. Empty: all.',
  },
  LOG_COMPRESSION: {
    label: 'How old log files are packed',
    hint: 'zip, gz, bz2, xz, lzma, tar, tar.gz, tar.bz2 or tar.xz. Empty: not at all.',
  },
  SERVER_ALLOWED_HOSTS: {
    label: 'Further host names',
    hint: 'One per line: names by which callers may reach the server (the Host header).',
  },
  SERVER_CORS_ORIGINS: {
    label: 'Web pages from elsewhere',
    hint: 'One per line: pages that may call the server, by their exact origin, such as https://app.example.',
  },
  ALLOWED_ENDPOINTS: {
    label: 'Further sites',
    hint: 'One per line: what the CodeBuddy site may be besides. https://host, or http to this machine.',
  },
  ALIASES: {
    label: 'Model aliases',
    hint: 'Names of your own for models. They are listed too, and an answer carries the name that was asked for.',
  },
  AUTO_CHECK_IN: { label: 'Daily check-in', hint: 'Claims the daily check-in of personal accounts.' },
  CHECK_IN_TIME: { label: 'Time of the check-in', hint: 'Such as 09:30, in the server’s time zone.' },
  REFRESH_BEFORE: {
    label: 'Renew tokens ahead of their end',
    hint: 'How long before its end an access token is renewed; at most 30 days. Such as 24h.',
  },
  SYSTEM_MESSAGE: {
    label: 'System message when there is none',
    hint: 'Put first when a conversation has no system message, because the site insists on one.',
  },
  TIMEOUTS_CONNECT: {
    label: 'Connecting',
    hint: 'Until the connection stands. Such as 500ms, 10s, 2m or 1h.',
  },
  TIMEOUTS_FIRST_EVENT: {
    label: 'First answer',
    hint: 'From the request to the first piece of the answer.',
  },
  TIMEOUTS_GAP: { label: 'Silence within an answer', hint: 'Between two pieces of it.' },
  TIMEOUTS_TOTAL: { label: 'Whole answer', hint: 'From the request to the end of the answer.' },
  CLIENT_VERSION: {
    label: 'Version',
    hint: 'How the server names itself to the site; sets User-Agent and IDE version unless they are given.',
  },
  CLIENT_USER_AGENT: { label: 'User-Agent', hint: 'The header User-Agent.' },
  CLIENT_PRODUCT: { label: 'Product', hint: 'The header X-Product.' },
  CLIENT_IDE_TYPE: { label: 'IDE type', hint: 'The header X-IDE-Type.' },
  CLIENT_IDE_NAME: { label: 'IDE name', hint: 'The header X-IDE-Name.' },
  CLIENT_IDE_VERSION: { label: 'IDE version', hint: 'The header X-IDE-Version.' },
  CLIENT_AGENT_INTENT: { label: 'Agent intent', hint: 'The header X-Agent-Intent.' },
  KEYWORD_REPLACER_ENABLED: {
    label: 'Replace words in answers',
    hint: 'What stands in code is never touched.',
  },
  KEYWORD_REPLACER_RULES: { label: 'Words to replace', hint: 'Applied one after another; at most 100.' },
  OAUTH_REQUIRE_AUTH: {
    label: 'Password needed to begin a sign-in',
    hint: 'Behind a proxy that adds no X-Forwarded-For, Forwarded, Via or X-Real-IP it must be always: all callers look like this machine.',
    option: {
      auto: 'all but this machine',
      always: 'everybody',
      never: 'nobody; what a stranger adds is turned off',
    },
  },
  OAUTH_MAX_PENDING: {
    label: 'Sign-ins under way at once',
    hint: 'Beyond that one has to end before the next begins.',
  },
  OAUTH_STATE_LIFETIME: { label: 'How long a sign-in may take', hint: 'Such as 10m.' },
  SETTINGS_ALLOW_SENSITIVE: {
    label: 'Guarded settings may be changed here',
    hint: 'Those with a lock. Only the file can turn this on.',
  },
  STATISTICS_RETENTION: { label: 'Keep statistics', hint: 'How long usage is remembered. Such as 90d.' },
  GATEWAY_MAX_ATTEMPTS: { label: 'Accounts tried for one request', hint: 'Before its answer begins.' },
  GATEWAY_OPEN_DEADLINE: {
    label: 'No further account after',
    hint: 'After this long no further attempt is begun.',
  },
  GATEWAY_AFFINITY: {
    label: 'A conversation stays with its account',
    hint: 'Answers come sooner and cost less where the account has the conversation in its cache.',
  },
  GATEWAY_MAX_PER_ACCOUNT: { label: 'Answers at once per account', hint: '0: any number.' },
  GATEWAY_QUEUE: {
    label: 'Requests waiting for a free account',
    hint: 'When every account is in full use. Further ones are turned away.',
  },
  GATEWAY_QUEUE_WAIT: {
    label: 'How long a request waits for one',
    hint: 'Such as 5s. Then it is turned away.',
  },
  GATEWAY_RETRY_AMBIGUOUS: {
    label: 'Try again after a broken connection',
    hint: 'When it broke before an answer came. It may be billed twice.',
  },
  LIMITS_MAX_BODY: {
    label: 'Largest request',
    hint: 'On connections that begin from then on. All under way together have a sixth of the heap. Such as 16 MiB.',
  },
  LIMITS_MAX_HEADERS: {
    label: 'Largest request head',
    hint: 'On connections that begin from then on.',
  },
  LIMITS_MAX_CONNECTIONS: {
    label: 'Connections at once',
    hint: 'Beyond that some wait; the rest is closed at once.',
  },
  LIMITS_MAX_STREAMS: { label: 'Answers at once', hint: 'Beyond that requests are refused.' },
  LIMITS_MAX_EVENT: { label: 'Largest piece of an answer', hint: 'Beyond that the answer is cut.' },
  LIMITS_MAX_ANSWER: {
    label: 'Longest whole answer',
    hint: 'In characters, for a caller who does not stream.',
  },
  DEADLINES_HEADERS: { label: 'A request’s head', hint: 'How long it may take to arrive.' },
  DEADLINES_BODY: { label: 'A request’s body', hint: 'How long it may take to arrive.' },
  DEADLINES_WRITE: {
    label: 'A caller who does not read',
    hint: 'How long he may take for what is sent to him.',
  },
  DEADLINES_IDLE: { label: 'An unused connection', hint: 'How long it is kept.' },
  DEADLINES_COMMIT_AFTER: {
    label: 'Begin of a stream',
    hint: 'After this long it begins, even if the site has not answered yet.',
  },
  DEADLINES_HEARTBEAT: {
    label: 'Sign of life',
    hint: 'Between two of them on a silent stream.',
  },
  DEADLINES_DRAIN: {
    label: 'When stopping',
    hint: 'How long answers may go on when the server is told to stop.',
  },
}
