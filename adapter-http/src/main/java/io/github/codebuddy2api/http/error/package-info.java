/**
 * Failures on their way out: one table ({@link io.github.codebuddy2api.http.error.ErrorMapper}), one shape ({@link
 * io.github.codebuddy2api.http.error.OpenAiError}), one writer.
 */
package io.github.codebuddy2api.http.error;
