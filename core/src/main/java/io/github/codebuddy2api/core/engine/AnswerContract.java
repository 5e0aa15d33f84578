package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.GatewayException.UpstreamIncomplete;
import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChunkChoice;
import io.github.codebuddy2api.core.chat.Delta;
import io.github.codebuddy2api.core.chat.FinishReason;
import io.github.codebuddy2api.core.chat.Role;
import io.github.codebuddy2api.core.chat.ToolCallDelta;
import io.github.codebuddy2api.core.chat.Usage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The state machine that makes every answer well-formed: one envelope; the role once, with the first words; no empty
 * deltas; reasoning before content; whole tool calls; one finish reason per choice and nothing after it; the usage once,
 * last. Where keywords are replaced, this happens on the way in. Chunks go in with {@link #accept}, well-formed ones come out of {@link #poll}. Not thread-safe.
 */
final class AnswerContract {
    /** More alternatives than this in one answer is not an answer. */
    static final int MAX_CHOICES = 128;

    private final Envelope envelope;
    private final RandomGenerator random;
    private final @Nullable KeywordRules keywords;
    private final Queue<ChatChunk> out = new ArrayDeque<>();
    private final Map<Integer, OpenChoice> choices = new TreeMap<>();
    private final OpenToolCalls.Withheld withheld = new OpenToolCalls.Withheld();
    private @Nullable Usage usage;

    AnswerContract(Envelope envelope, RandomGenerator random) {
        this(envelope, random, null);
    }

    /** The answer keeps its words if {@code keywords} is null. */
    AnswerContract(Envelope envelope, RandomGenerator random, @Nullable KeywordRules keywords) {
        this.envelope = envelope;
        this.random = random;
        this.keywords = keywords;
    }

    /** The next well-formed chunk, or null if more must be accepted first. */
    @Nullable ChatChunk poll() {
        return out.poll();
    }

    boolean hasNext() {
        return !out.isEmpty();
    }

    /** Whether every choice has finished, so that the answer is whole even if the upstream says no more. */
    boolean isFinished() {
        return !choices.isEmpty() && choices.values().stream().allMatch(choice -> choice.finished);
    }

    /** The token counts, as far as they are known. */
    @Nullable Usage usage() {
        return usage;
    }

    void accept(ChatChunk chunk) {
        if (chunk.usage() != null) {
            usage = chunk.usage();
        }
        for (ChunkChoice choice : chunk.choices()) {
            choiceAt(choice.index()).accept(choice, chunk.systemFingerprint());
        }
    }

    /**
     * The upstream is done.
     *
     * @throws UpstreamIncomplete if the answer is not
     */
    void end() {
        if (!isFinished()) {
            throw new UpstreamIncomplete(null);
        }
        if (usage != null) {
            out.add(envelope.around(usage));
        }
    }

    /** The answer broke off: what was said and kept back is handed out. Whether there was anything. */
    boolean breakOff() {
        boolean said = false;
        for (OpenChoice choice : choices.values()) {
            said |= choice.breakOff();
        }
        return said;
    }

    private OpenChoice choiceAt(int index) {
        OpenChoice known = choices.get(index);
        if (known != null) {
            return known;
        }
        if (choices.size() == MAX_CHOICES) {
            throw UpstreamGarbled.tooLarge("The answer has more than " + MAX_CHOICES + " choices.");
        }
        OpenChoice choice = new OpenChoice(index);
        choices.put(index, choice);
        return choice;
    }

    private final class OpenChoice {
        private final int index;
        private final OpenToolCalls toolCalls = new OpenToolCalls(random, withheld);
        private final @Nullable KeywordChoice replaced = keywords == null ? null : new KeywordChoice(keywords);
        private boolean begun;
        private boolean finished;

        OpenChoice(int index) {
            this.index = index;
        }

        void accept(ChunkChoice choice, @Nullable String fingerprint) {
            if (finished) {
                return;
            }
            Delta delta = choice.delta();
            if (replaced != null) {
                emitUnlessEmpty(replaced.endBefore(delta), null, fingerprint);
                delta = replaced.accept(delta, choice.finishReason() != null);
            }
            List<ToolCallDelta> calls = toolCalls.accept(delta.toolCalls());
            Delta rest = new Delta(null, delta.content(), null, delta.refusal(), calls);
            if (delta.reasoningContent() != null && !rest.isEmpty()) {
                emit(Delta.ofReasoning(delta.reasoningContent()), null, null, fingerprint);
            } else if (delta.reasoningContent() != null) {
                rest = Delta.ofReasoning(delta.reasoningContent());
            }
            if (choice.finishReason() == null) {
                emitUnlessEmpty(rest, choice.logprobs(), fingerprint);
            } else {
                finish(rest, choice, choice.finishReason(), fingerprint);
            }
        }

        private void finish(Delta rest, ChunkChoice choice, FinishReason reason, @Nullable String fingerprint) {
            emitUnlessEmpty(rest, choice.logprobs(), fingerprint);
            FinishReason told = reason;
            if (!toolCalls.isEmpty() && (reason.equals(FinishReason.STOP) || reason.equals(FinishReason.TOOL_CALLS))) {
                told = FinishReason.TOOL_CALLS;
                Delta missing = new Delta(null, null, null, null, toolCalls.complete());
                emitUnlessEmpty(missing, null, fingerprint);
            }
            emit(Delta.EMPTY, told, null, fingerprint);
            finished = true;
        }

        boolean breakOff() {
            Delta rest = replaced == null || finished ? Delta.EMPTY : replaced.end();
            emitUnlessEmpty(rest, null, null);
            return !rest.isEmpty();
        }

        private void emitUnlessEmpty(Delta delta, @Nullable RawJson logprobs, @Nullable String fingerprint) {
            if (!delta.isEmpty() || logprobs != null) {
                emit(delta, null, logprobs, fingerprint);
            }
        }

        private void emit(
                Delta delta, @Nullable FinishReason reason, @Nullable RawJson logprobs, @Nullable String fingerprint) {
            Delta spoken = begun ? delta : delta.withRole(Role.ASSISTANT);
            begun = true;
            out.add(envelope.around(new ChunkChoice(index, spoken, reason, logprobs), fingerprint));
        }
    }
}
