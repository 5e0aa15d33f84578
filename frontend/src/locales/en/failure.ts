/** In the place of the service's own sentence, where ours is better in its context. */
export default {
  offline: 'The server does not answer. Check that it is running.',
  unexpected: 'Something unexpected went wrong. Load the page again.',
  stale_view: 'This has changed in the meantime. Look at it again and repeat.',
  session_expired: 'You were signed out. Enter the password again.',
}
