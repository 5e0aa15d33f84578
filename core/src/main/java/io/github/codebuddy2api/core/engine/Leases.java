package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.NoCredential;
import io.github.codebuddy2api.core.credential.Considered;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.Time;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lends credentials to requests; where only a refresh can help, a request waits for it. Thread-safe. */
final class Leases {
    private final CredentialPool pool;
    private final Line line;
    private final Roster roster;
    private final @Nullable CredentialRefresher refresher;
    private final Time time;

    /**
     * @param refresher null if nobody refreshes tokens
     */
    Leases(CredentialPool pool, Line line, Roster roster, @Nullable CredentialRefresher refresher, Time time) {
        this.pool = pool;
        this.line = line;
        this.roster = roster;
        this.refresher = refresher;
        this.time = time;
    }

    /**
     * The credential to use next. It blocks only if nothing else can serve and new tokens may come, or if all that may
     * serve are in full use.
     *
     * @param told hears why each credential was or was not chosen: when the request has to wait, and at the end
     * @throws GatewayException if none can be used, saying why and for how long
     */
    Lease acquire(Wish wish, Consumer<List<Considered>> told) {
        roster.adoptUnlessBusy();
        Consumer<Look> queued = look -> told.accept(look.considered());
        Look look = line.look(wish, queued);
        if (look.lease().isEmpty() && refresher != null) {
            look = afterRefresh(refresher, wish, queued);
        }
        try {
            told.accept(look.considered());
        } catch (RuntimeException | Error bug) {
            look.lease().ifPresent(lease -> pool.release(lease, Verdict.ABANDONED));
            throw bug;
        }
        return look.lease().orElseThrow(() -> refusal(wish.model()));
    }

    private Look afterRefresh(CredentialRefresher refreshing, Wish wish, Consumer<Look> queued) {
        long until = time.nanoTime() + CredentialRefresher.REQUEST_PATIENCE.toNanos();
        Look look;
        boolean again;
        do {
            List<Credential> wanting = pool.wanting();
            again = !wanting.isEmpty() && refreshing.awaitOne(wanting, until);
            look = line.look(wish, queued); // In any case: a refresh may have ended between the two looks at the pool.
        } while (look.lease().isEmpty() && again);
        return look;
    }

    /** Sends all away who wait for a credential to be free. */
    void close() {
        line.close();
    }

    private GatewayException refusal(String model) {
        GatewayException refusal = pool.refusal(model);
        if (refresher == null || !(refusal instanceof NoCredential)) {
            return refusal;
        }
        Optional<NoCredential> hope = refresher.refusal(pool.wanting());
        return hope.isPresent() ? hope.get() : refusal;
    }

    /** What a caller is told when the failure of the last attempt was about its credential. */
    GatewayException refusalFor(String model, GatewayException lastFailure) {
        return pool.refusalFor(model, lastFailure);
    }

    /**
     * The first chunk of an answer is there.
     *
     * @return the rests that have ended by it
     */
    List<Rest> answered(Lease lease) {
        return pool.answered(lease);
    }

    /**
     * Takes a lease back.
     *
     * @return the rest its credential was sent to, if it was
     */
    Optional<Rest> release(Lease lease, Verdict verdict) {
        Optional<Rest> rest = pool.release(lease, verdict);
        boolean mayBeOld = verdict instanceof Verdict.Failed failed
                && failed.failure() instanceof CredentialRejected rejected
                && !rejected.needsLogin()
                && lease.credential().isRefreshable();
        if (mayBeOld && rest.isPresent() && refresher != null) {
            refresher.suspect(lease.credential());
        }
        return rest;
    }
}
