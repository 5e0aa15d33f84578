package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which credentials there are, and which of them their owner lets serve. Not thread-safe: the pool's lock guards it. */
final class Eligibility {
    private List<Credential> known = List.of();
    private @Nullable CredentialId pinned;
    private Set<CredentialId> disabled = Set.of();

    /** From now on these are the credentials. */
    void take(List<Credential> all) {
        known = all;
    }

    /** The owner has chosen. */
    void choose(@Nullable CredentialId nowPinned, Set<CredentialId> nowDisabled) {
        pinned = nowPinned;
        disabled = nowDisabled;
    }

    List<Credential> known() {
        return known;
    }

    @Nullable CredentialId pinned() {
        return pinned;
    }

    Set<CredentialId> disabled() {
        return disabled;
    }

    Optional<Credential> find(CredentialId id) {
        return known.stream().filter(credential -> credential.id().equals(id)).findFirst();
    }

    boolean isEnabled(Credential credential) {
        return !disabled.contains(credential.id());
    }

    /** Those that are switched on and not expired, whatever is pinned. */
    List<Credential> usable(Instant now) {
        return known.stream()
                .filter(credential -> isEnabled(credential) && !credential.isExpired(now))
                .toList();
    }

    /**
     * The credentials that are switched on and not expired; only the pinned one, if it is among them. While a pinned one
     * waits for new tokens, or is missing from the store for now, the others serve; if it cannot have any, it is pinned no
     * more.
     */
    List<Credential> valid(Instant now) {
        List<Credential> valid = usable(now);
        if (pinned == null) {
            return valid;
        }
        boolean isOver = find(pinned)
                .filter(it -> !it.isRefreshable() && it.isExpired(now))
                .isPresent();
        if (isOver) {
            pinned = null;
            return valid;
        }
        List<Credential> only = valid.stream()
                .filter(credential -> credential.id().equals(pinned))
                .toList();
        return only.isEmpty() ? valid : only;
    }

    /** Whether the pin is what chose {@code valid}. */
    boolean isPinned(List<Credential> valid) {
        return pinned != null && valid.size() == 1 && valid.get(0).id().equals(pinned);
    }

    /** Those of which new tokens may be hoped for by a request: switched on, and with a refresh token. */
    List<Credential> renewable(Instant now) {
        boolean onlyPinned = isPinned(valid(now));
        return known.stream()
                .filter(this::isEnabled)
                .filter(credential -> !onlyPinned || credential.id().equals(pinned))
                .filter(Credential::isRefreshable)
                .toList();
    }

    /** Whether it still has the very token that was used: a newer one is not to blame. */
    boolean isUsedNow(Credential used) {
        return find(used.id())
                .filter(credential -> credential.accessToken().equals(used.accessToken()))
                .isPresent();
    }
}
