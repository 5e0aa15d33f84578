package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.chat.ChatMessage;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.Role;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tells conversations apart: by the caller's own name for one, else by his {@code prompt_cache_key}, else by how it
 * began. It keeps no text, only digests under a key of this run. Thread-safe.
 */
final class Conversations {
    private static final String ALGORITHM = "SHA-256";
    private static final int KEY_BYTES = 32;
    private static final int DIGEST_BYTES = 16;
    private static final String CACHE_KEY = "prompt_cache_key";

    private final byte[] key = new byte[KEY_BYTES];

    Conversations(RandomGenerator random) {
        random.nextBytes(key);
    }

    /** The conversation of {@code request}; null if nothing tells it from others. */
    @Nullable Conversation of(ChatRequest request, Correlation correlation) {
        String name = correlation.conversation();
        if (name != null) {
            return new Conversation(digest("name", List.of(RawJson.string(name))), true);
        }
        RawJson cacheKey = request.rest().get(CACHE_KEY);
        if (cacheKey != null && isName(cacheKey)) {
            return new Conversation(digest(CACHE_KEY, List.of(cacheKey)), true);
        }
        return ofBeginning(request.messages());
    }

    private static boolean isName(RawJson value) {
        String text = value.text();
        return text.startsWith("\"") && text.length() > 2;
    }

    /** All up to the first thing that a person says: later turns repeat it, and other conversations seldom do. */
    private @Nullable Conversation ofBeginning(List<ChatMessage> messages) {
        int first = 0;
        while (first < messages.size() && !messages.get(first).role().equals(Role.USER)) {
            first++;
        }
        if (first == messages.size()) {
            return null;
        }
        List<RawJson> beginning = messages.subList(0, first + 1).stream()
                .map(message -> message.content() == null ? RawJson.of("null") : message.content())
                .toList();
        boolean underWay = messages.stream().anyMatch(message -> message.role().equals(Role.ASSISTANT));
        return new Conversation(digest("beginning", beginning), underWay);
    }

    /** The key goes in twice, around the first digest: who does not know it cannot try out texts. */
    private String digest(String kind, List<RawJson> parts) {
        try (DigestOutputStream inner = keyed()) {
            inner.write(kind.getBytes(StandardCharsets.UTF_8));
            for (RawJson part : parts) {
                inner.write(("\n" + part.length() + "\n").getBytes(StandardCharsets.UTF_8));
                part.writeTo(inner);
            }
            try (DigestOutputStream outer = keyed()) {
                outer.write(inner.getMessageDigest().digest());
                return HexFormat.of().formatHex(outer.getMessageDigest().digest(), 0, DIGEST_BYTES);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private DigestOutputStream keyed() throws IOException {
        try {
            MessageDigest sha256 = MessageDigest.getInstance(ALGORITHM);
            DigestOutputStream keyed = new DigestOutputStream(OutputStream.nullOutputStream(), sha256);
            keyed.write(key);
            return keyed;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }
}
