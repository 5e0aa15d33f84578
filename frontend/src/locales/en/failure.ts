/** In the place of the service's own sentence, where ours is better in its context. */
export default {
  offline: 'The server does not answer. Check that it is running.',
  unexpected: 'Something unexpected went wrong. Load the page again.',
  stale_view: 'This has changed in the meantime. Look at it again and repeat.',
  session_expired: 'You were signed out. Enter the password again.',
  credential_not_found: 'This account is not there any more. The list is being loaded again.',
  account_not_found: 'This sign-in cannot act for that account. Open the list again and choose another one.',
  credential_rejected: 'CodeBuddy does not accept the sign-in of this account. Sign in again.',
  persist_failed:
    'The server could not write to its disk, so nothing has changed. Check its space and rights.',
  server_shutting_down: 'The server is shutting down. Try again once it is back.',
  upstream_unreachable: 'The server cannot reach CodeBuddy. Check its network and the site in the settings.',
  upstream_tls_error: 'The secure connection to CodeBuddy failed. Check the network or a proxy in between.',
  upstream_timeout: 'CodeBuddy did not answer in time. Try again in a moment.',
}
