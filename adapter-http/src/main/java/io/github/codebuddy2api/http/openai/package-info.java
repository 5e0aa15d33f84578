/**
 * OpenAI's words on the wire: reading requests, writing answers. Start at {@link
 * io.github.codebuddy2api.http.openai.ChatCompletionsHandler}.
 */
package io.github.codebuddy2api.http.openai;
