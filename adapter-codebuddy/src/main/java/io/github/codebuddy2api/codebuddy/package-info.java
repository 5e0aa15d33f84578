/**
 * Speaks CodeBuddy's wire protocol, as far as the protocol sheet knows it. Start at {@link
 * io.github.codebuddy2api.codebuddy.CodeBuddy}: it sends what {@code RequestHeaders} and {@code RequestBody} make of a
 * request, and answers with an {@code UpstreamStream}, which is {@code SseDecoder} (bytes to events) and {@code
 * ChunkParser} (events to chunks) under {@code StreamDeadlines}. Everything besides chat (logins, refresh, accounts, models,
 * credits) has a class of its own, asks by {@code ServiceCalls} and reads a {@code Reply}. Whatever goes wrong is named by
 * {@code UpstreamFailures}.
 */
package io.github.codebuddy2api.codebuddy;
