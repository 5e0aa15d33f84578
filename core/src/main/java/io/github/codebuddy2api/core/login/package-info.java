/** A login at the upstream: a person signs in with a browser while we ask whether it is done. */
package io.github.codebuddy2api.core.login;
