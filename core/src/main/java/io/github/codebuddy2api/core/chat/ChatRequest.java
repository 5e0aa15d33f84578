package io.github.codebuddy2api.core.chat;

import io.github.codebuddy2api.core.RawJson;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a caller asks. Typed where the gateway decides, opaque where it only carries: tools, response formats and next
 * year's parameters pass through {@code rest} untouched. Whether the answer is streamed is no part of it, since
 * {@code Chat} has one method for each.
 *
 * @param model the model's id, as the caller wrote it; never blank
 * @param messages the conversation so far, at least one message
 * @param rest all other members of the body in their order; never {@code model}, {@code messages}, {@code stream} or
 *     {@code stream_options}
 */
public record ChatRequest(String model, List<ChatMessage> messages, Map<String, RawJson> rest) {
    public ChatRequest {
        if (Objects.requireNonNull(model, "model").isBlank()) {
            throw new IllegalArgumentException("model must not be blank");
        }
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("messages must not be empty");
        }
        rest = Members.copyOf(rest);
    }

    /** A request with nothing but a model and messages. */
    public static ChatRequest of(String model, ChatMessage... messages) {
        return new ChatRequest(model, List.of(messages), Map.of());
    }

    /** The same for another model. */
    public ChatRequest with(String otherModel) {
        return otherModel.equals(model) ? this : new ChatRequest(otherModel, messages, rest);
    }

    @Override
    public String toString() {
        return "ChatRequest[" + messages.size() + " messages, " + rest.size() + " more members]";
    }
}
