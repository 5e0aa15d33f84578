package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.login.LoginStep;
import io.github.codebuddy2api.core.spi.LoginProvider;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Logins that go as a test says, and remember what they were asked. What is told to happen next happens in that order to
 * whoever asks; after that every login stays where it is. Thread-safe.
 */
public final class ScriptedLogins implements LoginProvider {
    private final Queue<UnaryOperator<LoginStep>> next = new ConcurrentLinkedQueue<>();
    private final List<LoginStep.Pending> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger starts = new AtomicInteger();
    private volatile @Nullable Gate startGate;
    private volatile @Nullable GatewayException startFailure;

    /** Logins of which nobody signs in. */
    public ScriptedLogins() {}

    /** Then {@code step} is reached. */
    public ScriptedLogins then(LoginStep step) {
        next.add(before -> step);
        return this;
    }

    /** Then {@code step} is reached once {@code gate} is open. */
    public ScriptedLogins thenAt(Gate gate, LoginStep step) {
        next.add(before -> {
            gate.pass();
            return step;
        });
        return this;
    }

    /** Then nothing has changed. */
    public ScriptedLogins thenStays() {
        next.add(before -> before);
        return this;
    }

    /** Then the upstream cannot be asked. */
    public ScriptedLogins thenFails(RuntimeException failure) {
        next.add(before -> {
            throw failure;
        });
        return this;
    }

    /** From now on no login begins; with null they do again. */
    public void startsFail(@Nullable GatewayException failure) {
        startFailure = failure;
    }

    /** From now on a login begins once {@code gate} is open. */
    public void startsWaitAt(Gate gate) {
        startGate = gate;
    }

    @Override
    public LoginStep.AwaitingPerson start() {
        int number = starts.incrementAndGet();
        Gate gate = startGate;
        if (gate != null) {
            gate.pass();
        }
        GatewayException failure = startFailure;
        if (failure != null) {
            throw failure;
        }
        return new LoginStep.AwaitingPerson(
                Secret.of("not-a-state-" + number), URI.create("https://login.example/?number=" + number));
    }

    @Override
    public LoginStep advance(LoginStep.Pending step) {
        asked.add(step);
        UnaryOperator<LoginStep> now = next.poll();
        return now == null ? step : now.apply(step);
    }

    /** How often a login was begun, with or without success. */
    public int starts() {
        return starts.get();
    }

    /** The steps from which it was asked to lead on, in order. */
    public List<LoginStep.Pending> asked() {
        return List.copyOf(asked);
    }
}
