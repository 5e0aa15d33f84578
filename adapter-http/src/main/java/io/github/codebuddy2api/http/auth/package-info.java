/** Who may call: the bearer check. */
package io.github.codebuddy2api.http.auth;
