/** Why an account rests, or did not serve: two words for the list, a sentence for the details. */
export default {
  other: 'CodeBuddy or the network refused it ({code}).',
  rate_limit_exceeded: {
    short: 'too many requests',
    long: 'CodeBuddy limits how often this account may ask. It rests, then goes on by itself.',
  },
  insufficient_quota: {
    short: 'quota used up',
    long: 'CodeBuddy says that this account has no quota left. It is tried again later.',
  },
  credential_rejected: {
    short: 'not accepted',
    long: 'CodeBuddy did not accept the sign-in of this account. If this stays, sign in again.',
  },
  upstream_refused: {
    short: 'refused',
    long: 'CodeBuddy refused this content or this way of asking. Another account gets the same answer.',
  },
  upstream_unreachable: {
    short: 'not reachable',
    long: 'The server could not reach CodeBuddy. Check its network.',
  },
  upstream_tls_error: {
    short: 'not secure',
    long: 'The secure connection to CodeBuddy failed. Check the network or a proxy in between.',
  },
  upstream_redirect: {
    short: 'sent elsewhere',
    long: 'CodeBuddy pointed to another address, which is never followed. Check the site in the settings.',
  },
  upstream_error: {
    short: 'CodeBuddy failed',
    long: 'CodeBuddy answered with an error of its own. It usually passes.',
  },
  upstream_timeout: {
    short: 'no answer',
    long: 'CodeBuddy did not answer in time.',
  },
  stream_duration_exceeded: {
    short: 'took too long',
    long: 'The answer took longer than the time limit.',
  },
  upstream_malformed: {
    short: 'not understood',
    long: 'CodeBuddy answered with something that is not its protocol.',
  },
  upstream_event_too_large: {
    short: 'too large',
    long: 'CodeBuddy answered with more than is taken at once.',
  },
  upstream_incomplete: {
    short: 'answer cut',
    long: 'CodeBuddy ended the answer early.',
  },
  model_not_found: {
    short: 'no such model',
    long: 'This account does not offer that model.',
  },
  no_credentials: { short: 'no account', long: 'No account was there to be used.' },
  no_usable_credentials: { short: 'no account', long: 'No account could be used.' },
  credential_not_found: { short: 'removed', long: 'The account is not there any more.' },
  client_closed: { short: 'cancelled', long: 'The client left before the answer was complete.' },
}
