package io.github.codebuddy2api.core.chat;

import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.GatewayException.UpstreamIncomplete;
import io.github.codebuddy2api.core.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Folds the chunks of a well-formed stream into the completion a non-streaming call would have given. Not thread-safe;
 * one aggregator for one answer.
 */
public final class CompletionAggregator {
    /** How much text one answer may hold, in characters of content, reasoning and arguments together. */
    public static final int DEFAULT_MAX_CHARACTERS = 8 * 1024 * 1024;

    private final int maxCharacters;
    private final Map<Integer, OpenChoice> choices = new TreeMap<>();
    private long characters;
    private @Nullable ChatChunk last;
    private @Nullable Usage usage;
    private @Nullable String systemFingerprint;

    public CompletionAggregator() {
        this(DEFAULT_MAX_CHARACTERS);
    }

    /** An aggregator that gives up beyond {@code maxCharacters}. */
    public CompletionAggregator(int maxCharacters) {
        this.maxCharacters = maxCharacters;
    }

    /**
     * Reads {@code stream} to its end and folds it, up to the usual length. Does not close it.
     *
     * @throws io.github.codebuddy2api.core.GatewayException if the stream breaks off or grows too large
     */
    public static ChatCompletion aggregate(CompletionStream stream) {
        return aggregate(stream, DEFAULT_MAX_CHARACTERS);
    }

    /** The same, up to {@code maxCharacters}. */
    public static ChatCompletion aggregate(CompletionStream stream, int maxCharacters) {
        CompletionAggregator aggregator = new CompletionAggregator(maxCharacters);
        for (Optional<ChatChunk> chunk = stream.next(); chunk.isPresent(); chunk = stream.next()) {
            aggregator.add(chunk.get());
        }
        return aggregator.completion();
    }

    /** Adds the next chunk. */
    public void add(ChatChunk chunk) {
        last = chunk;
        if (chunk.usage() != null) {
            usage = chunk.usage();
        }
        if (chunk.systemFingerprint() != null) {
            systemFingerprint = chunk.systemFingerprint();
        }
        for (ChunkChoice choice : chunk.choices()) {
            choices.computeIfAbsent(choice.index(), OpenChoice::new).add(choice);
        }
    }

    /**
     * The whole answer.
     *
     * @throws UpstreamIncomplete if no choice came, or one of them has no finish reason
     */
    public ChatCompletion completion() {
        if (last == null || choices.isEmpty()) {
            throw new UpstreamIncomplete(null);
        }
        List<Choice> whole = choices.values().stream().map(OpenChoice::close).toList();
        return new ChatCompletion(last.id(), last.created(), last.model(), whole, usage, systemFingerprint);
    }

    private void count(@Nullable String text) {
        characters += text == null ? 0 : text.length();
        if (characters > maxCharacters) {
            throw UpstreamGarbled.tooLarge("The answer is larger than " + maxCharacters + " characters.");
        }
    }

    private final class OpenChoice {
        private final int index;
        private final StringBuilder content = new StringBuilder();
        private final StringBuilder reasoning = new StringBuilder();
        private final StringBuilder refusal = new StringBuilder();
        private final Map<Integer, OpenToolCall> toolCalls = new TreeMap<>();
        private @Nullable FinishReason finishReason;
        private @Nullable RawJson logprobs;

        OpenChoice(int index) {
            this.index = index;
        }

        void add(ChunkChoice choice) {
            Delta delta = choice.delta();
            append(content, delta.content());
            append(reasoning, delta.reasoningContent());
            append(refusal, delta.refusal());
            for (ToolCallDelta call : delta.toolCalls()) {
                toolCalls.computeIfAbsent(call.index(), i -> new OpenToolCall()).add(call);
            }
            if (choice.finishReason() != null) {
                finishReason = choice.finishReason();
            }
            if (choice.logprobs() != null) {
                logprobs = choice.logprobs();
            }
        }

        private void append(StringBuilder text, @Nullable String more) {
            if (more != null) {
                count(more);
                text.append(more);
            }
        }

        Choice close() {
            if (finishReason == null) {
                throw new UpstreamIncomplete(null);
            }
            List<ToolCall> calls = new ArrayList<>();
            toolCalls.values().forEach(call -> calls.add(call.close()));
            AssistantMessage message =
                    new AssistantMessage(content.toString(), textOrNull(reasoning), textOrNull(refusal), calls);
            return new Choice(index, message, finishReason, logprobs);
        }

        private static @Nullable String textOrNull(StringBuilder text) {
            return text.isEmpty() ? null : text.toString();
        }
    }

    private final class OpenToolCall {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();

        void add(ToolCallDelta call) {
            id = call.id() == null ? id : call.id();
            name = call.name() == null ? name : call.name();
            count(call.arguments());
            arguments.append(call.arguments());
        }

        ToolCall close() {
            return new ToolCall(id, name, arguments.toString());
        }
    }
}
