package io.github.codebuddy2api.http.openai;

import io.github.codebuddy2api.core.chat.ChatRequest;

/**
 * What one POST asks for.
 *
 * @param request the request itself
 * @param stream whether the answer is wanted chunk by chunk
 * @param includeUsage whether a streamed answer ends with its token counts
 */
record ChatCall(ChatRequest request, boolean stream, boolean includeUsage) {}
