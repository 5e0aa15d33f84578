/**
 * What Helidon's connections lack (measured on 4.5.0): deadlines for headers, bodies and writes, and the news that a
 * caller has left. Start at {@link io.github.codebuddy2api.http.guard.Connections}.
 */
package io.github.codebuddy2api.http.guard;
