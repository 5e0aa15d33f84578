package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.NoCredential;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialView.Refresh;
import io.github.codebuddy2api.core.engine.RefreshAttempt.Result;
import io.github.codebuddy2api.core.engine.RefreshStanding.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** How the refresh of each credential stands. Not thread-safe: the refresher guards it. */
final class Refreshes {
    /**
     * A credential that has a refresh token.
     *
     * @param enabled whether its owner lets it be used; if not, it is not refreshed unasked
     */
    record Refreshable(Credential credential, boolean enabled) {}

    /** A job that is to be done. */
    record Due(RefreshStanding standing, Job job) {}

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
     * When the next thing is to be done unasked; {@link Instant#MAX} if nothing is.
     *
     * @param before how long before its end an access token is refreshed
     */
    Instant nextAt(List<Refreshable> candidates, Duration before, Instant now) {
        return candidates.stream()
                .map(candidate -> nextAt(candidate, before, now))
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private Instant nextAt(Refreshable candidate, Duration before, Instant now) {
        RefreshStanding standing = of(candidate.credential());
        if (standing.isPending()) {
            return Instant.MAX;
        }
        Instant ask = askAt(candidate, standing, before, now);
        Instant store = standing.storeAt(now);
        return store.isBefore(ask) ? store : ask;
    }

    /** What is to be done unasked at {@code now}. */
    List<Due> due(List<Refreshable> candidates, Duration before, Instant now) {
        return candidates.stream()
                .map(candidate ->
                        new Due(of(candidate.credential()), job(candidate, of(candidate.credential()), before, now)))
                .filter(due -> due.job() != Job.NONE)
                .toList();
    }

    private static Job job(Refreshable candidate, RefreshStanding standing, Duration before, Instant now) {
        if (standing.isPending()) {
            return Job.NONE;
        }
        if (!askAt(candidate, standing, before, now).isAfter(now)) {
            return Job.REFRESH;
        }
        return standing.storeAt(now).isAfter(now) ? Job.NONE : Job.STORE;
    }

    private static Instant askAt(Refreshable candidate, RefreshStanding standing, Duration before, Instant now) {
        return candidate.enabled() ? standing.askAt(before, now) : Instant.MAX;
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

    /** What to tell a request that found only {@code wanting}; empty if there is no hope for any of them. */
    Optional<NoCredential> refusal(List<Credential> wanting, Instant now) {
        List<RefreshStanding> hopeful = wanting.stream()
                .map(this::of)
                .filter(standing -> !standing.isRefused())
                .toList();
        Optional<Duration> wait = hopeful.stream()
                .flatMap(standing -> Optional.ofNullable(standing.retryAt(now)).stream())
                .min(Instant::compareTo)
                .map(retryAt -> Duration.between(now, retryAt));
        return hopeful.isEmpty() ? Optional.empty() : Optional.of(NoCredential.noneRefreshed(wait.orElse(null)));
    }

    /** Learns how a job went; answers what there is to report. */
    Optional<GatewayEvent> take(RefreshStanding standing, Result result, Instant now, RandomGenerator random) {
        CredentialId id = standing.credential().id();
        return switch (result) {
            case Result.Refreshed refreshed -> {
                standing.refreshed(now);
                if (!refreshed.stored()) {
                    standing.notStored(now, random);
                }
                yield Optional.of(new GatewayEvent.CredentialRefreshed(id, refreshed.stored()));
            }
            case Result.Settled settled -> {
                standing.settled();
                yield Optional.empty();
            }
            case Result.Refused refused -> {
                standing.refused(refused.failure());
                yield Optional.of(new GatewayEvent.RefreshFailed(
                        id, null, refused.failure().code()));
            }
            case Result.Failed failed -> {
                GatewayException failure = failed.failure();
                Instant again = standing.failed(failure, now, random);
                yield Optional.of(new GatewayEvent.RefreshFailed(id, again, failure.code()));
            }
            case Result.Stored stored
            when stored.done() -> {
                standing.stored();
                yield Optional.of(new GatewayEvent.CredentialRefreshed(id, true));
            }
            case Result.Stored stored -> {
                standing.notStored(now, random);
                yield Optional.empty();
            }
        };
    }

    /** How it stands with each, for the owner. */
    Map<CredentialId, Refresh> shown(List<Refreshable> candidates) {
        return candidates.stream()
                .map(Refreshable::credential)
                .collect(Collectors.toMap(
                        Credential::id, credential -> of(credential).shown()));
    }
}
