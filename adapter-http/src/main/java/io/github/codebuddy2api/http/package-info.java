/**
 * The HTTP side of the gateway. {@link io.github.codebuddy2api.http.HttpAdapter} is the way in, {@code Routes} the whole
 * table of what is answered. What is behind a route lives in {@code openai}, {@code admin} and {@code web}; who may call in {@code
 * auth}; what is answered when it fails in {@code error}; what keeps slow and vanished callers from costing anything in
 * {@code guard}.
 */
package io.github.codebuddy2api.http;
