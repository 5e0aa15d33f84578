package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.credential.CredentialId;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which credential each conversation belongs to. It forgets those of which nothing was heard for long, and of too many
 * the one that is silent longest. Not thread-safe: the pool guards it.
 */
final class Homes {
    /** So many conversations are remembered. */
    static final int MOST = 10_000;

    /** A conversation that was silent for so long has nothing left in a cache that would be worth going back for. */
    static final Duration IDLE = Duration.ofHours(1);

    /** The one that is silent longest comes first. */
    private final Map<String, Home> homes = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Where a conversation belongs.
     *
     * @param proven whether an answer has come from there; until then another one may take its place at once
     * @param heard when the conversation was heard of last
     */
    record Home(CredentialId credential, boolean proven, Instant heard) {}

    /** Where {@code conversation} belongs, if it belongs anywhere yet. */
    Optional<Home> of(Conversation conversation, Instant now) {
        return Optional.ofNullable(homes.get(conversation.digest())).filter(home -> !isForgotten(home, now));
    }

    /** It goes on where it is. */
    void heard(Conversation conversation, Instant now) {
        homes.computeIfPresent(
                conversation.digest(), (digest, home) -> new Home(home.credential(), home.proven(), now));
    }

    /** From now on it belongs to {@code credential}, if an answer comes from there. */
    void settle(Conversation conversation, CredentialId credential, Instant now) {
        homes.put(conversation.digest(), new Home(credential, false, now));
        Iterator<Home> silent = homes.values().iterator();
        Home longest = silent.next();
        if (homes.size() > MOST || isForgotten(longest, now)) {
            silent.remove();
        }
    }

    /** An answer has come from {@code credential}. */
    void prove(Conversation conversation, CredentialId credential, Instant now) {
        homes.computeIfPresent(
                conversation.digest(),
                (digest, home) -> home.credential().equals(credential) ? new Home(credential, true, now) : home);
    }

    int size() {
        return homes.size();
    }

    private static boolean isForgotten(Home home, Instant now) {
        return home.heard().plus(IDLE).isBefore(now);
    }
}
