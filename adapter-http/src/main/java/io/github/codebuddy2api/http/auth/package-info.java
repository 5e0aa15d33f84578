/**
 * Who may call: by the password ({@code BearerCheck}), or by a session of the admin page that began with it. Start at
 * {@link io.github.codebuddy2api.http.auth.OwnerCheck}.
 */
package io.github.codebuddy2api.http.auth;
