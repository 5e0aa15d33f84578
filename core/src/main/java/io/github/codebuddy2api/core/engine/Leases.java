package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.NoCredential;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Considered;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.engine.CredentialPool.Look;
import io.github.codebuddy2api.core.spi.Time;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lends credentials to requests; where only a refresh can help, a request waits for it. Thread-safe. */
final class Leases {
    private final CredentialPool pool;
    private final Roster roster;
    private final @Nullable CredentialRefresher refresher;
    private final Time time;

    /**
     * @param refresher null if nobody refreshes tokens
     */
    Leases(CredentialPool pool, Roster roster, @Nullable CredentialRefresher refresher, Time time) {
        this.pool = pool;
        this.roster = roster;
        this.refresher = refresher;
        this.time = time;
    }

    /**
     * The credential to use next for {@code model}. It blocks only if nothing else can serve and new tokens may come.
     *
     * @param tried the access tokens this request has tried already
     * @param told hears once why each credential was or was not chosen
     * @throws GatewayException if none can be used, saying why and for how long
     */
    Lease acquire(String model, Set<Secret> tried, Consumer<List<Considered>> told) {
        roster.adoptUnlessBusy();
        Look look = pool.lease(model, tried);
        if (look.lease().isEmpty() && refresher != null) {
            look = afterRefresh(refresher, model, tried);
        }
        told.accept(look.considered());
        return look.lease().orElseThrow(() -> refusal(model));
    }

    private Look afterRefresh(CredentialRefresher refreshing, String model, Set<Secret> tried) {
        long until = time.nanoTime() + CredentialRefresher.REQUEST_PATIENCE.toNanos();
        Look look;
        boolean again;
        do {
            List<Credential> wanting = pool.wanting();
            again = !wanting.isEmpty() && refreshing.awaitOne(wanting, until);
            look = pool.lease(model, tried); // In any case: a refresh may have ended between the two looks at the pool.
        } while (look.lease().isEmpty() && again);
        return look;
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
