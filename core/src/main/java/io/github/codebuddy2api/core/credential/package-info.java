/** What lets the gateway act as an account at the upstream, and the states such a credential can be in. */
package io.github.codebuddy2api.core.credential;
