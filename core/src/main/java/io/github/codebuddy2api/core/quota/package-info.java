/** What an account may still spend at the upstream, and the daily check-in that adds to it. */
package io.github.codebuddy2api.core.quota;
