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

    private final RandomGenerator random;
    private final Withheld withheldInAll;
    private final List<OpenToolCall> calls = new ArrayList<>();
    private int begunCalls;

    /**
     * @param withheld counts what all choices of the answer keep
     */
    OpenToolCalls(RandomGenerator random, Withheld withheld) {
        this.random = random;
        this.withheldInAll = withheld;
    }

    /** How much of an answer is kept back because the name of its call is still to come. Not thread-safe. */
    static final class Withheld {
        /** In characters. */
        static final int MOST = 1024 * 1024;

        private long characters;

        private void change(int by) {
            characters += by;
            if (characters > MOST) {
                throw UpstreamGarbled.tooLarge("The arguments of nameless tool calls are too long.");
            }
        }
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
        /** Null once the name is known. */
        private @Nullable StringBuilder withheld = new StringBuilder();

        private int counted;
        private @Nullable String id;
        private @Nullable String name;
        private int index;

        OpenToolCall(int upstreamIndex) {
            this.upstreamIndex = upstreamIndex;
        }

        @Nullable ToolCallDelta accept(ToolCallDelta fragment) {
            balance.add(fragment.arguments());
            if (withheld == null) {
                requireSameName(fragment.name());
                return fragment.arguments().isEmpty()
                        ? null
                        : new ToolCallDelta(index, null, null, fragment.arguments());
            }
            if (id == null) {
                id = textOrNull(fragment.id());
            }
            withheld.append(fragment.arguments());
            String itsName = textOrNull(fragment.name());
            if (itsName != null) {
                return begin(itsName, withheld.toString());
            }
            int kept = withheld.length() + (id == null ? 0 : id.length());
            withheldInAll.change(kept - counted);
            counted = kept;
            return null;
        }

        private ToolCallDelta begin(String itsName, String arguments) {
            String itsId = id == null ? "call_" + Envelope.hex(random) : id;
            withheldInAll.change(-counted);
            withheld = null;
            id = null;
            name = itsName;
            index = begunCalls++;
            return new ToolCallDelta(index, itsId, itsName, arguments);
        }

        /** A second name is half of a name, or another call whose arguments would be glued to this one's. */
        private void requireSameName(@Nullable String other) {
            if (other != null && !other.isEmpty() && !other.equals(name)) {
                throw UpstreamGarbled.malformed("The upstream gave one tool call two names.", null);
            }
        }

        String missing() {
            if (name == null) {
                throw UpstreamGarbled.malformed("The upstream sent a tool call without a name.", null);
            }
            return balance.missing();
        }

        private static @Nullable String textOrNull(@Nullable String text) {
            return text == null || text.isEmpty() ? null : text;
        }
    }
}
