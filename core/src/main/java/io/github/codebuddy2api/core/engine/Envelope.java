package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChunkChoice;
import io.github.codebuddy2api.core.chat.Usage;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One id, time and model for every chunk of an answer, whatever the upstream writes into them.
 *
 * @param model what the caller asked for
 */
record Envelope(String id, long created, String model) {
    private static final int RANDOM_BYTES = 12;

    static Envelope create(String model, Instant now, RandomGenerator random) {
        return new Envelope("chatcmpl-" + hex(random), now.getEpochSecond(), model);
    }

    static String hex(RandomGenerator random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    ChatChunk around(ChunkChoice choice, @Nullable String systemFingerprint) {
        return new ChatChunk(id, created, model, List.of(choice), null, systemFingerprint);
    }

    ChatChunk around(Usage usage) {
        return new ChatChunk(id, created, model, List.of(), usage, null);
    }
}
