/**
 * The words of OpenAI's Chat Completions as values: what is asked ({@link
 * io.github.codebuddy2api.core.chat.ChatRequest}), what is streamed back ({@link
 * io.github.codebuddy2api.core.chat.ChatChunk}) and what a whole answer is ({@link
 * io.github.codebuddy2api.core.chat.ChatCompletion}). No JSON is read or written here.
 */
package io.github.codebuddy2api.core.chat;
