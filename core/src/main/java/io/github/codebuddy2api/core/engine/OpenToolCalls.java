package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.chat.ToolCallDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls of one choice while they come in. Guarantees indexes from 0 in the order in which names appear, and id and name on
 * a call's first fragment and nowhere else.
 */
final class OpenToolCalls {
    /** More calls than this in one answer is not an answer. */
    static final int MAX_CALLS = 256;
    /** How much of one call's arguments is kept while its name is still to come, in characters. */
    static final int MAX_WITHHELD = 1024 * 1024;

    private final RandomGenerator random;
    private final List<OpenToolCall> calls = new ArrayList<>();
    private int begunCalls;

    OpenToolCalls(RandomGenerator random) {
        this.random = random;
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** The fragments to hand on; those of a call without a name are kept until the name is known. */
    List<ToolCallDelta> accept(List<ToolCallDelta> fragments) {
        if (fragments.isEmpty()) {
            return fragments;
        }
        List<ToolCallDelta> out = new ArrayList<>(fragments.size());
        for (ToolCallDelta fragment : fragments) {
            ToolCallDelta next = callAt(fragment.index()).accept(fragment);
            if (next != null) {
                out.add(next);
            }
        }
        return out;
    }

    /** What is missing at the end of complete calls. */
    List<ToolCallDelta> complete() {
        List<ToolCallDelta> out = new ArrayList<>();
        for (OpenToolCall call : calls) {
            String missing = call.missing();
            if (!missing.isEmpty()) {
                out.add(new ToolCallDelta(call.index, null, null, missing));
            }
        }
        return out;
    }

    private OpenToolCall callAt(int upstreamIndex) {
        for (OpenToolCall call : calls) {
            if (call.upstreamIndex == upstreamIndex) {
                return call;
            }
        }
        if (calls.size() == MAX_CALLS) {
            throw UpstreamGarbled.tooLarge("The answer calls more than " + MAX_CALLS + " tools.");
        }
        OpenToolCall call = new OpenToolCall(upstreamIndex);
        calls.add(call);
        return call;
    }

    private final class OpenToolCall {
        private final int upstreamIndex;
        private final ArgumentsBalance balance = new ArgumentsBalance();
        private final StringBuilder withheld = new StringBuilder();
        private @Nullable String id;
        private boolean begun;
        private int index;

        OpenToolCall(int upstreamIndex) {
            this.upstreamIndex = upstreamIndex;
        }

        @Nullable ToolCallDelta accept(ToolCallDelta fragment) {
            balance.add(fragment.arguments());
            if (begun) {
                return fragment.arguments().isEmpty()
                        ? null
                        : new ToolCallDelta(index, null, null, fragment.arguments());
            }
            if (id == null && isText(fragment.id())) {
                id = fragment.id();
            }
            withheld.append(fragment.arguments());
            if (!isText(fragment.name())) {
                return withholdAll();
            }
            begun = true;
            index = begunCalls++;
            return new ToolCallDelta(
                    index, id == null ? "call_" + Envelope.hex(random) : id, fragment.name(), withheld.toString());
        }

        private @Nullable ToolCallDelta withholdAll() {
            if (withheld.length() > MAX_WITHHELD) {
                throw UpstreamGarbled.tooLarge("The arguments of a nameless tool call are too long.");
            }
            return null;
        }

        String missing() {
            if (!begun) {
                throw UpstreamGarbled.malformed("The upstream sent a tool call without a name.", null);
            }
            return balance.missing();
        }

        private static boolean isText(@Nullable String text) {
            return text != null && !text.isEmpty();
        }
    }
}
