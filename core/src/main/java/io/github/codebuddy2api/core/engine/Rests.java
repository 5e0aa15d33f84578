package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which credentials rest, for everything or for one model. Not thread-safe: the pool guards it. */
final class Rests {
    /** Model names come from callers, so there must be a limit to how many are remembered. */
    static final int MAX_REMEMBERED = 1_000;

    private record Key(CredentialId credential, @Nullable String model) {}

    private final Map<Key, Rest> rests = new LinkedHashMap<>();

    void put(CredentialId credential, @Nullable String model, Rest rest) {
        Key key = new Key(credential, model);
        rests.remove(key);
        if (rests.size() >= MAX_REMEMBERED) {
            rests.remove(rests.keySet().iterator().next());
        }
        rests.put(key, rest);
    }

    /** A success ends whatever rest it disproves. */
    void clear(CredentialId credential, String model) {
        rests.remove(new Key(credential, null));
        rests.remove(new Key(credential, model));
    }

    /** What keeps {@code credential} from serving {@code model} now; the harder of two rests. */
    Optional<Rest> of(Credential credential, String model, Instant now) {
        return Stream.of(ofAll(credential, now), current(credential, model, now))
                .flatMap(Optional::stream)
                .min((a, b) -> Boolean.compare(a.soft(), b.soft()));
    }

    /** What keeps {@code credential} from serving anything now. */
    Optional<Rest> ofAll(Credential credential, Instant now) {
        return current(credential, null, now);
    }

    private Optional<Rest> current(Credential credential, @Nullable String model, Instant now) {
        Rest rest = rests.get(new Key(credential.id(), model));
        return rest == null || rest.isOver(now) || !rest.token().equals(credential.accessToken())
                ? Optional.empty()
                : Optional.of(rest);
    }

    /** Forgets credentials that are gone, and rests whose token was replaced. */
    void retain(List<Credential> credentials) {
        Map<CredentialId, Credential> byId =
                credentials.stream().collect(Collectors.toMap(Credential::id, credential -> credential));
        rests.entrySet().removeIf(entry -> {
            Credential credential = byId.get(entry.getKey().credential());
            return credential == null || !entry.getValue().token().equals(credential.accessToken());
        });
    }
}
