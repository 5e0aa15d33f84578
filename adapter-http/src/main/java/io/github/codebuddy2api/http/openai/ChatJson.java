package io.github.codebuddy2api.http.openai;

import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.chat.AssistantMessage;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChatCompletion;
import io.github.codebuddy2api.core.chat.Choice;
import io.github.codebuddy2api.core.chat.ChunkChoice;
import io.github.codebuddy2api.core.chat.Delta;
import io.github.codebuddy2api.core.chat.FinishReason;
import io.github.codebuddy2api.core.chat.ToolCall;
import io.github.codebuddy2api.core.chat.ToolCallDelta;
import io.github.codebuddy2api.core.chat.Usage;
import io.github.codebuddy2api.http.json.JsonBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes answers as OpenAI's JSON, compact and in OpenAI's order. */
final class ChatJson {
    private final JsonBuffer json;

    ChatJson(JsonBuffer json) {
        this.json = json;
    }

    /** One {@code chat.completion.chunk}. */
    void chunk(ChatChunk chunk) {
        envelope(chunk.id(), "chat.completion.chunk", chunk.created(), chunk.model());
        json.ascii(",\"choices\":[");
        List<ChunkChoice> choices = chunk.choices();
        for (int i = 0; i < choices.size(); i++) {
            separate(i);
            choice(choices.get(i));
        }
        json.ascii("]");
        end(chunk.usage(), chunk.systemFingerprint());
    }

    /** One {@code chat.completion}. */
    void completion(ChatCompletion completion) {
        envelope(completion.id(), "chat.completion", completion.created(), completion.model());
        json.ascii(",\"choices\":[");
        List<Choice> choices = completion.choices();
        for (int i = 0; i < choices.size(); i++) {
            separate(i);
            choice(choices.get(i));
        }
        json.ascii("]");
        end(completion.usage(), completion.systemFingerprint());
    }

    private void envelope(String id, String object, long created, String model) {
        json.ascii("{\"id\":").string(id).ascii(",\"object\":\"").ascii(object);
        json.ascii("\",\"created\":").number(created).ascii(",\"model\":").string(model);
    }

    private void end(@Nullable Usage usage, @Nullable String systemFingerprint) {
        if (usage != null) {
            json.ascii(",\"usage\":");
            usage(usage);
        }
        member(",\"system_fingerprint\":", systemFingerprint);
        json.ascii("}");
    }

    // ---- chunks

    private void choice(ChunkChoice choice) {
        json.ascii("{\"index\":").number(choice.index()).ascii(",\"delta\":");
        delta(choice.delta());
        RawJson logprobs = choice.logprobs();
        if (logprobs != null) {
            json.ascii(",\"logprobs\":").raw(logprobs);
        }
        json.ascii(",\"finish_reason\":");
        FinishReason reason = choice.finishReason();
        if (reason == null) {
            json.ascii("null}");
        } else {
            json.string(reason.value()).ascii("}");
        }
    }

    private void delta(Delta delta) {
        int start = json.size();
        if (delta.role() != null) {
            member(",\"role\":", delta.role().value());
        }
        member(",\"content\":", delta.content());
        member(",\"reasoning_content\":", delta.reasoningContent());
        member(",\"refusal\":", delta.refusal());
        List<ToolCallDelta> calls = delta.toolCalls();
        if (!calls.isEmpty()) {
            json.ascii(",\"tool_calls\":[");
            for (int i = 0; i < calls.size(); i++) {
                separate(i);
                toolCall(calls.get(i));
            }
            json.ascii("]");
        }
        json.beginObjectAt(start);
    }

    private void toolCall(ToolCallDelta call) {
        json.ascii("{\"index\":").number(call.index());
        if (call.id() != null) {
            json.ascii(",\"id\":").string(call.id()).ascii(",\"type\":\"function\"");
        }
        json.ascii(",\"function\":{");
        if (call.name() != null) {
            json.ascii("\"name\":").string(call.name()).ascii(",");
        }
        json.ascii("\"arguments\":").string(call.arguments()).ascii("}}");
    }

    // ---- whole answers

    private void choice(Choice choice) {
        json.ascii("{\"index\":").number(choice.index()).ascii(",\"message\":");
        message(choice.message());
        json.ascii(",\"logprobs\":");
        if (choice.logprobs() == null) {
            json.ascii("null");
        } else {
            json.raw(choice.logprobs());
        }
        json.ascii(",\"finish_reason\":").string(choice.finishReason().value()).ascii("}");
    }

    private void message(AssistantMessage message) {
        json.ascii("{\"role\":\"assistant\",\"content\":").string(message.content());
        member(",\"reasoning_content\":", message.reasoningContent());
        if (message.refusal() == null) {
            json.ascii(",\"refusal\":null");
        } else {
            member(",\"refusal\":", message.refusal());
        }
        List<ToolCall> calls = message.toolCalls();
        if (!calls.isEmpty()) {
            json.ascii(",\"tool_calls\":[");
            for (int i = 0; i < calls.size(); i++) {
                separate(i);
                toolCall(calls.get(i));
            }
            json.ascii("]");
        }
        json.ascii("}");
    }

    private void toolCall(ToolCall call) {
        json.ascii("{\"id\":").string(call.id()).ascii(",\"type\":\"function\",\"function\":{\"name\":");
        json.string(call.name())
                .ascii(",\"arguments\":")
                .string(call.arguments())
                .ascii("}}");
    }

    // ---- both

    private void usage(Usage usage) {
        int start = json.size();
        count(",\"prompt_tokens\":", usage.promptTokens());
        count(",\"completion_tokens\":", usage.completionTokens());
        count(",\"total_tokens\":", usage.totalTokens());
        for (Map.Entry<String, RawJson> member : usage.rest().entrySet()) {
            json.ascii(",").string(member.getKey()).ascii(":").raw(member.getValue());
        }
        json.beginObjectAt(start);
    }

    private void count(String name, @Nullable Long count) {
        if (count != null) {
            json.ascii(name).number(count);
        }
    }

    private void member(String name, @Nullable String value) {
        if (value != null) {
            json.ascii(name).string(value);
        }
    }

    private void separate(int index) {
        if (index > 0) {
            json.ascii(",");
        }
    }
}
