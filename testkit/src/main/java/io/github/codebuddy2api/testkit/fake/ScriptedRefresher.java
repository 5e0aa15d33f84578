package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.core.spi.TokenRefresher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A refresher that gives new tokens, or fails as it is told, and remembers every call. Thread-safe. */
public final class ScriptedRefresher implements TokenRefresher {
    private final Time time;
    private final Duration lifetime;
    private final List<Credential> calls = new CopyOnWriteArrayList<>();
    private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger given = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    private volatile Consumer<Credential> before = credential -> {};
    private volatile @Nullable GatewayException everyTime;

    private ScriptedRefresher(Time time, Duration lifetime) {
        this.time = time;
        this.lifetime = lifetime;
    }

    /** Its access tokens live as long as {@code lifetime}. */
    public static ScriptedRefresher lasting(Duration lifetime, Time time) {
        return new ScriptedRefresher(time, lifetime);
    }

    /** The next call fails once; several of these follow each other. */
    public ScriptedRefresher failsOnce(RuntimeException failure) {
        failures.add(failure);
        return this;
    }

    /** Every call fails from now on; none does if it is null. */
    public ScriptedRefresher fails(@Nullable GatewayException failure) {
        everyTime = failure;
        return this;
    }

    /** What happens at the beginning of each call from now on. */
    public ScriptedRefresher doing(Consumer<Credential> action) {
        before = action;
        return this;
    }

    /** Each call waits at {@code gate} from now on; an interrupt cancels it. */
    public ScriptedRefresher waitingAt(Gate gate) {
        return doing(credential -> await(gate));
    }

    @Override
    public Credential refresh(Credential credential) {
        calls.add(credential);
        int now = busy.incrementAndGet();
        mostAtOnce.accumulateAndGet(now, Math::max);
        try {
            before.accept(credential);
            failIfTold();
            return fresh(credential);
        } finally {
            busy.decrementAndGet();
        }
    }

    /** Stands at {@code gate} as a refresh would. */
    public static void await(Gate gate) {
        try {
            gate.arrive().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled();
        } catch (ExecutionException e) {
            throw new AssertionError("a gate cannot fail", e);
        }
    }

    private void failIfTold() {
        RuntimeException once = failures.poll();
        if (once != null) {
            throw once;
        }
        GatewayException always = everyTime;
        if (always != null) {
            throw always;
        }
    }

    private Credential fresh(Credential credential) {
        int number = given.incrementAndGet();
        Tokens old = credential.tokens();
        Instant now = time.instant();
        return credential.with(new Tokens(
                Secret.of("not-a-token-" + number + "-of-" + credential.id()),
                Secret.of("not-a-refresh-token-" + number + "-of-" + credential.id()),
                now,
                now.plus(lifetime),
                old.refreshExpiresAt(),
                old.type(),
                old.scope(),
                old.sessionState()));
    }

    /** The credentials it was called with, in order. */
    public List<Credential> calls() {
        return List.copyOf(calls);
    }

    /** Their ids. */
    public List<String> called() {
        return calls.stream().map(credential -> credential.id().value()).toList();
    }

    /** How many calls there were side by side at most. */
    public int mostAtOnce() {
        return mostAtOnce.get();
    }
}
