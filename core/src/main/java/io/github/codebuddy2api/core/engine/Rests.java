package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import java.time.Instant;
import java.util.HashMap;
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
    static final int MAX_MODELS = 1_000;
    /** No model has a longer name, so a longer one is not worth the memory. */
    static final int MAX_MODEL_LENGTH = 256;

    private record Key(CredentialId credential, String model) {}

    private final Map<CredentialId, Rest> forAll = new HashMap<>();
    private final Map<Key, Rest> forModel = new LinkedHashMap<>();

    /**
     * Sends a credential to rest, unless it rests harder or longer already: requests run side by side, and their
     * failures arrive in any order.
     *
     * @param model the model of the request that failed
     * @return whether anything has changed
     */
    boolean put(CredentialId credential, String model, Rest rest, Instant now) {
        return rest.forModelAlone() ? putForModel(new Key(credential, model), rest, now) : put(credential, rest, now);
    }

    private boolean put(CredentialId credential, Rest rest, Instant now) {
        boolean stronger = isStronger(rest, forAll.get(credential), now);
        if (stronger) {
            forAll.put(credential, rest);
        }
        return stronger;
    }

    private boolean putForModel(Key key, Rest rest, Instant now) {
        if (key.model().length() > MAX_MODEL_LENGTH || !isStronger(rest, forModel.get(key), now)) {
            return false;
        }
        forModel.remove(key);
        if (forModel.size() >= MAX_MODELS) {
            forModel.remove(forModel.keySet().iterator().next());
        }
        forModel.put(key, rest);
        return true;
    }

    private static boolean isStronger(Rest rest, @Nullable Rest known, Instant now) {
        return known == null || known.isOver(now) || !known.token().equals(rest.token()) || rest.isHarderThan(known);
    }

    /**
     * A success ends a soft rest. It disproves no hard one: nothing is sent during that, so the success belongs to a
     * request that was under way before.
     */
    void easeAfterSuccess(CredentialId credential) {
        forAll.computeIfPresent(credential, (id, rest) -> rest.soft() ? null : rest);
    }

    /** What keeps {@code credential} from serving {@code model} now; the harder of two rests. */
    Optional<Rest> of(Credential credential, String model, Instant now) {
        return Stream.of(
                        ofAll(credential, now), current(forModel.get(new Key(credential.id(), model)), credential, now))
                .flatMap(Optional::stream)
                .reduce((a, b) -> b.isHarderThan(a) ? b : a);
    }

    /** What keeps {@code credential} from serving anything now. */
    Optional<Rest> ofAll(Credential credential, Instant now) {
        return current(forAll.get(credential.id()), credential, now);
    }

    private static Optional<Rest> current(@Nullable Rest rest, Credential credential, Instant now) {
        return rest == null || rest.isOver(now) || !rest.token().equals(credential.accessToken())
                ? Optional.empty()
                : Optional.of(rest);
    }

    /** Forgets credentials that are gone, and rests whose token was replaced. */
    void retain(List<Credential> credentials) {
        Map<CredentialId, Credential> byId =
                credentials.stream().collect(Collectors.toMap(Credential::id, credential -> credential));
        forAll.entrySet().removeIf(entry -> isStale(entry.getValue(), byId.get(entry.getKey())));
        forModel.entrySet()
                .removeIf(entry ->
                        isStale(entry.getValue(), byId.get(entry.getKey().credential())));
    }

    private static boolean isStale(Rest rest, @Nullable Credential credential) {
        return credential == null || !rest.token().equals(credential.accessToken());
    }
}
