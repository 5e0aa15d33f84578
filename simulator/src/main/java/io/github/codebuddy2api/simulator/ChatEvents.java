package io.github.codebuddy2api.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of an answer in the form the real service gives them, oddities included. */
final class ChatEvents {
    private static final long CREATED = 1_785_000_600;

    private ChatEvents() {}

    /** An event with a piece of text. */
    static Bytes text(String model, String text) {
        return event(model, Json.object("role", "assistant", "content", text), null, null);
    }

    /** An event with a piece of reasoning. */
    static Bytes reasoning(String model, String text) {
        return event(model, Json.object("role", "assistant", "content", "", "reasoning_content", text), null, null);
    }

    /** An event with a fragment of a tool call; the index is always 0, as the real service does it. */
    static Bytes toolCall(String model, String id, String name, String arguments) {
        Json call = Json.object(
                "index",
                0,
                "id",
                id,
                "type",
                "function",
                "function",
                Json.object("name", name, "arguments", arguments));
        return event(model, Json.object("role", "", "content", null, "tool_calls", List.of(call)), null, null);
    }

    /** The event with the reason of the end. */
    static Bytes finish(String model, String reason) {
        return event(model, Json.object("role", "", "content", "", "function_call", null), reason, null);
    }

    /** The event that carries nothing but the usage. */
    static Bytes usage(String model, Json usage) {
        return data(envelope(model, List.of(), usage));
    }

    /** The mark at the end. */
    static Bytes done() {
        return Bytes.utf8("data: [DONE]\n\n");
    }

    /** A usage with these counts. */
    static Json usageOf(int prompt, int completion, int reasoning, double credit) {
        return Json.object(
                "prompt_tokens", prompt,
                "completion_tokens", completion,
                "total_tokens", prompt + completion,
                "prompt_tokens_details", Json.object("cached_tokens", 0),
                "completion_tokens_details", Json.object("reasoning_tokens", reasoning),
                "completion_thinking_tokens", reasoning,
                "prompt_cache_hit_tokens", 0,
                "prompt_cache_miss_tokens", prompt,
                "credit", credit);
    }

    private static Bytes event(String model, Json delta, @Nullable String finish, @Nullable Json usage) {
        Json choice = Json.object("index", 0, "delta", delta, "logprobs", null, "finish_reason", finish);
        return data(envelope(model, List.of(choice), usage));
    }

    private static Json envelope(String model, List<Json> choices, @Nullable Json usage) {
        return Json.object(
                "id", "5151" + Integer.toHexString(model.hashCode()),
                "object", "chat.completion.chunk",
                "created", CREATED,
                "model", model,
                "choices", choices,
                "usage", usage);
    }

    private static Bytes data(Json json) {
        return Bytes.utf8("data: " + json.write() + "\n\n");
    }
}
