package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialView.Refresh;
import io.github.codebuddy2api.core.credential.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How the refresh of one credential stands. What was learnt of tokens is forgotten with them. Not thread-safe. */
final class RefreshStanding {
    /** Tokens that are bad at once must not be exchanged again and again. */
    static final Duration PAUSE = Duration.ofSeconds(30);
    /** So long after a refresh the upstream's refusal of an access token says nothing of its age. */
    static final Duration TRUSTED = Duration.ofMinutes(10);

    private Credential credential;
    private Job job = Job.NONE;
    private boolean running;
    /** Whether the outcome is not known yet. */
    private boolean open;

    private boolean refused;
    private boolean unknown;
    private boolean unstored;
    private Backoff asking = Backoff.NONE;
    private Backoff storing = Backoff.NONE;
    private @Nullable Instant refreshedAt;
    private @Nullable GatewayException failure;
    private long rounds;

    /** What is to be done for a credential. */
    enum Job {
        NONE,
        STORE,
        REFRESH
    }

    /**
     * @param unknown whether an earlier run of the program did not learn how its refresh went
     */
    RefreshStanding(Credential credential, boolean unknown) {
        this.credential = credential;
        this.unknown = unknown;
    }

    /** The credential as it is now; others may have changed its tokens. */
    void see(Credential now) {
        if (running) {
            return;
        }
        if (!credential.tokens().equals(now.tokens())) {
            settled();
        }
        credential = now;
    }

    /** The credential the job is for. */
    Credential credential() {
        return credential;
    }

    /** What waits for its turn, or is being done. */
    Job job() {
        return job;
    }

    boolean isPending() {
        return job != Job.NONE;
    }

    boolean isRunning() {
        return running;
    }

    boolean isRefused() {
        return refused;
    }

    /** How many jobs have ended. */
    long rounds() {
        return rounds;
    }

    /** Why the last refresh failed; null if it did not. */
    @Nullable GatewayException failure() {
        return failure;
    }

    /** When it is asked for again after a failure; null if that is not in the way. */
    @Nullable Instant retryAt(Instant now) {
        return asking.isOver(now) ? null : asking.until();
    }

    /** When it is to be refreshed unasked, {@code before} its end. */
    Instant askAt(Duration before, Instant now) {
        if (refused) {
            return Instant.MAX;
        }
        Tokens tokens = credential.tokens();
        Instant begun = tokens.issuedAt() == null ? refreshedAt : tokens.issuedAt();
        Instant due = unknown ? Instant.MIN : RefreshPolicy.due(tokens, begun, before);
        Instant allowed = allowedAt(now);
        return due.isBefore(allowed) ? allowed : due;
    }

    /** When new tokens are to be stored that could not be. */
    Instant storeAt(Instant now) {
        if (!unstored) {
            return Instant.MAX;
        }
        return storing.isOver(now) ? Instant.MIN : storing.until();
    }

    /** Whether a request may have it refreshed now. */
    boolean mayAsk(Instant now) {
        return !refused && asking.isOver(now) && !isPaused(now);
    }

    /** A pause that ends later than it can means that the clock was set back. */
    private boolean isPaused(Instant now) {
        return refreshedAt != null
                && !refreshedAt.isAfter(now)
                && refreshedAt.plus(PAUSE).isAfter(now);
    }

    private Instant allowedAt(Instant now) {
        Instant paused = refreshedAt == null || !isPaused(now) ? Instant.MIN : refreshedAt.plus(PAUSE);
        Instant asked = asking.isOver(now) ? Instant.MIN : asking.until();
        return paused.isBefore(asked) ? asked : paused;
    }

    /** Whether its tokens are so new that nobody need suspect their age. */
    boolean isFresh(Instant now) {
        return refreshedAt != null
                && !refreshedAt.isAfter(now)
                && refreshedAt.plus(TRUSTED).isAfter(now);
    }

    /** Waits for its turn from now on. */
    void enqueue(Job wanted) {
        job = wanted;
    }

    void begin() {
        running = true;
        open = true;
    }

    void end() {
        running = false;
        open = false;
        job = Job.NONE;
        rounds++;
    }

    /** New tokens are in use. */
    void refreshed(Instant now) {
        settled();
        refreshedAt = now;
        stored();
    }

    /** There was nothing to do. */
    void settled() {
        open = false;
        asking = Backoff.NONE;
        failure = null;
        refused = false;
        unknown = false;
    }

    void refused(GatewayException why) {
        settled();
        refused = true;
        failure = why;
    }

    /** It failed for a reason that may pass; answers when it is asked for again. */
    Instant failed(GatewayException why, Instant now, RandomGenerator random) {
        open = false;
        failure = why;
        asking = asking.next(now, RefreshPolicy.wait(why), random);
        return asking.until();
    }

    void stored() {
        unstored = false;
        storing = Backoff.NONE;
    }

    /** The tokens in use are in memory alone; storing them is tried again. */
    void notStored(Instant now, RandomGenerator random) {
        unstored = true;
        storing = storing.next(now, Duration.ZERO, random);
    }

    Refresh shown() {
        if (open && job == Job.REFRESH) {
            return Refresh.RUNNING;
        }
        if (refused) {
            return Refresh.REFUSED;
        }
        if (unstored) {
            return Refresh.NOT_STORED;
        }
        if (unknown) {
            return Refresh.OUTCOME_UNKNOWN;
        }
        return asking.failures() > 0 ? Refresh.WAITING : Refresh.FINE;
    }
}
