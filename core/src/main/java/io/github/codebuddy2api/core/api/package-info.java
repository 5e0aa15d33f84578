/** What a caller may ask of the gateway. Every port is thread-safe and blocks its caller. */
package io.github.codebuddy2api.core.api;
