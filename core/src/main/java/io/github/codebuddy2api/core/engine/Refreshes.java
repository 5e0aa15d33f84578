package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialView.Refresh;
import io.github.codebuddy2api.core.engine.RefreshStanding.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How the refresh of each credential stands. Not thread-safe: the refresher guards it. */
final class Refreshes {
    /**
     * A credential that has a refresh token.
     *
     * @param enabled whether its owner lets it be used; if not, it is not refreshed unasked
     */
    record Refreshable(Credential credential, boolean enabled) {}

    private final Map<CredentialId, RefreshStanding> standings = new HashMap<>();
    private final Set<CredentialId> unfinished;

    /**
     * @param unfinished those of which an earlier run of the program did not learn how they went
     */
    Refreshes(Set<CredentialId> unfinished) {
        this.unfinished = new HashSet<>(unfinished);
    }

    /** The standing of {@code credential}, whose tokens may have been changed by others since. */
    RefreshStanding of(Credential credential) {
        RefreshStanding standing = standings.computeIfAbsent(
                credential.id(), id -> new RefreshStanding(credential, unfinished.remove(id)));
        standing.see(credential);
        return standing;
    }

    /** Forgets credentials that are gone. */
    void retain(List<Refreshable> known) {
        Set<CredentialId> ids =
                known.stream().map(candidate -> candidate.credential().id()).collect(Collectors.toSet());
        standings
                .entrySet()
                .removeIf(entry ->
                        !ids.contains(entry.getKey()) && !entry.getValue().isPending());
    }

    boolean isPending(CredentialId id) {
        RefreshStanding standing = standings.get(id);
        return standing != null && standing.isPending();
    }

    /**
     * When the next thing is to be done for a credential unasked.
     *
     * @param before how long before its end an access token is refreshed
     */
    Instant nextAt(Refreshable candidate, Duration before) {
        RefreshStanding standing = of(candidate.credential());
        if (standing.isPending()) {
            return Instant.MAX;
        }
        Instant ask = askAt(candidate, standing, before);
        Instant store = standing.storeAt();
        return store.isBefore(ask) ? store : ask;
    }

    /** What is to be done for a credential unasked at {@code now}. */
    Job due(Refreshable candidate, Duration before, Instant now) {
        RefreshStanding standing = of(candidate.credential());
        if (standing.isPending()) {
            return Job.NONE;
        }
        if (!askAt(candidate, standing, before).isAfter(now)) {
            return Job.REFRESH;
        }
        return standing.storeAt().isAfter(now) ? Job.NONE : Job.STORE;
    }

    private static Instant askAt(Refreshable candidate, RefreshStanding standing, Duration before) {
        return candidate.enabled() ? standing.askAt(before) : Instant.MAX;
    }

    /** Whether a request may have {@code credential} refreshed now. */
    boolean mayAsk(Credential credential, Instant now) {
        return of(credential).mayAsk(now);
    }

    /** Whether a refused access token of {@code credential} may be an old one. */
    boolean maySuspect(Credential credential, Instant now) {
        RefreshStanding standing = of(credential);
        return !standing.isFresh(now) && standing.mayAsk(now);
    }

    /** What there is to show; what is missing is fine. */
    Map<CredentialId, Refresh> shown() {
        Map<CredentialId, Refresh> shown = new HashMap<>();
        unfinished.forEach(id -> shown.put(id, Refresh.OUTCOME_UNKNOWN));
        standings.forEach((id, standing) -> shown.put(id, standing.shown()));
        return shown;
    }
}
