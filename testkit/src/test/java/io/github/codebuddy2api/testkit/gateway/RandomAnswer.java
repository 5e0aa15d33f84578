package io.github.codebuddy2api.testkit.gateway;

import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChunkChoice;
import io.github.codebuddy2api.core.chat.Delta;
import io.github.codebuddy2api.core.chat.FinishReason;
import io.github.codebuddy2api.core.chat.Role;
import io.github.codebuddy2api.core.chat.ToolCallDelta;
import io.github.codebuddy2api.core.chat.Usage;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An answer made up from a seed, with the bad habits of real upstreams, that can be told in many different pieces. */
final class RandomAnswer {
    private static final String[] TEXTS = {"", "Seven.", "Zwölf 😀 ", "a\"b\\c\n", "{\"x\": [", "```code```"};
    private static final String[] ARGUMENTS = {"", "{}", "{\"a\":[1,{\"b\":\"}\"", "{\"a\":\"\\\"{\"}", "{\"cut\":\"of"
    };

    private record Call(@Nullable String id, String name, String arguments) {}

    private final String reasoning;
    private final String content;
    private final List<Call> calls = new ArrayList<>();
    private final FinishReason finishReason;
    private final @Nullable Usage usage;

    RandomAnswer(long seed) {
        Random random = new Random(seed);
        reasoning = oneOf(TEXTS, random) + oneOf(TEXTS, random);
        content = oneOf(TEXTS, random) + oneOf(TEXTS, random) + oneOf(TEXTS, random);
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String id = random.nextBoolean() ? "call_" + i : null;
            calls.add(new Call(id, "function_" + i, oneOf(ARGUMENTS, random)));
        }
        FinishReason[] reasons = {FinishReason.STOP, FinishReason.TOOL_CALLS, FinishReason.LENGTH};
        finishReason = reasons[random.nextInt(reasons.length)];
        usage = random.nextBoolean() ? Usage.of(random.nextInt(1000), random.nextInt(1000)) : null;
    }

    String content() {
        return content;
    }

    /** The same answer in pieces that {@code random} chooses. */
    List<ChatChunk> told(Random random) {
        List<ChatChunk> chunks = new ArrayList<>();
        cut(reasoning, random).forEach(piece -> say(chunks, Delta.ofReasoning(piece), random));
        cut(content, random).forEach(piece -> say(chunks, Delta.ofContent(piece), random));
        for (int i = 0; i < calls.size(); i++) {
            say(
                    chunks,
                    Delta.ofToolCalls(
                            new ToolCallDelta(i, calls.get(i).id(), calls.get(i).name(), "")),
                    random);
        }
        for (int i = 0; i < calls.size(); i++) {
            for (String piece : cut(calls.get(i).arguments(), random)) {
                say(chunks, Delta.ofToolCalls(new ToolCallDelta(i, null, null, piece)), random);
            }
        }
        chunks.add(Chunks.finish(finishReason));
        if (random.nextBoolean()) {
            chunks.add(Chunks.content("too late"));
            chunks.add(Chunks.stop());
        }
        if (usage != null) {
            chunks.add(ChatChunk.ofUsage(usage));
        }
        return chunks;
    }

    private static void say(List<ChatChunk> chunks, Delta delta, Random random) {
        if (random.nextInt(4) == 0) {
            chunks.add(Chunks.content(""));
        }
        Delta spoken = random.nextBoolean() ? delta.withRole(Role.ASSISTANT) : delta;
        chunks.add(ChatChunk.of(ChunkChoice.of(spoken)));
    }

    private static List<String> cut(String text, Random random) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = from + 1 + random.nextInt(text.length() - from);
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }

    private static String oneOf(String[] texts, Random random) {
        return texts[random.nextInt(texts.length)];
    }
}
