/**
 * The owner's routes: credentials, accounts, logins, settings, statistics. Each handler reads a small JSON object or a
 * query, asks one port of the gateway and writes a small JSON object; start at {@link
 * io.github.codebuddy2api.http.admin.CredentialsHandler}.
 */
package io.github.codebuddy2api.http.admin;
