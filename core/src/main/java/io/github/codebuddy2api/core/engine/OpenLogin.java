package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.login.LoginId;
import io.github.codebuddy2api.core.login.LoginProgress;
import io.github.codebuddy2api.core.login.LoginStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One login. Not thread-safe: the login service guards it. */
final class OpenLogin {
    private final LoginId id;
    private final long endsAt;
    private Phase phase;
    private boolean busy;
    private @Nullable Long lastTurn;

    /** Where it stands here. */
    sealed interface Phase {
        /** The upstream has more to say. */
        record Asking(LoginStep.Pending step) implements Phase {}

        /** The upstream has said everything; only storing is left, and there is no way back. */
        record Storing(LoginStep.Complete complete) implements Phase {}

        /** It is over since {@code since}, and nobody was told of it yet. */
        record Over(LoginProgress outcome, long since) implements Phase {
            boolean isForgotten(Duration kept, long now) {
                return now - since >= kept.toNanos();
            }
        }
    }

    OpenLogin(LoginId id, LoginStep.Pending step, long endsAt) {
        this.id = id;
        this.phase = new Phase.Asking(step);
        this.endsAt = endsAt;
    }

    LoginId id() {
        return id;
    }

    Phase phase() {
        return phase;
    }

    void enter(Phase next) {
        phase = next;
    }

    boolean isOver() {
        return phase instanceof Phase.Over;
    }

    boolean isOverFor(Duration length, long now) {
        return phase instanceof Phase.Over over && over.isForgotten(length, now);
    }

    /** When its lifetime ends. */
    long endsAt() {
        return endsAt;
    }

    boolean isOverdue(long now) {
        return now - endsAt >= 0;
    }

    /** What there is to be stored if the upstream says no more; empty as long as there are no tokens. */
    Optional<LoginStep.Complete> gain() {
        return switch (phase) {
            case Phase.Asking asking ->
                switch (asking.step()) {
                    case LoginStep.AwaitingPerson nothing -> Optional.empty();
                    case LoginStep.AwaitingAccount account ->
                        Optional.of(new LoginStep.Complete(account.tokens(), account.known(), List.of()));
                    case LoginStep.AwaitingChoices choices ->
                        Optional.of(new LoginStep.Complete(choices.tokens(), choices.account(), List.of()));
                };
            case Phase.Storing storing -> Optional.of(storing.complete());
            case Phase.Over over -> Optional.empty();
        };
    }

    /** Takes the turn to ask or to store: one at a time, and not too often. How long to wait if it cannot be had. */
    Optional<Duration> takeTurn(long now, Duration gap) {
        Duration wait = lastTurn == null ? Duration.ZERO : gap.minusNanos(now - lastTurn);
        if (busy) {
            return Optional.of(gap);
        }
        if (wait.isPositive()) {
            return Optional.of(wait);
        }
        take(now);
        return Optional.empty();
    }

    /** Whether nobody has the turn. */
    boolean isFree() {
        return !busy;
    }

    /** Takes the turn without regard to the gap, for what we do unasked. It must be free. */
    void take(long now) {
        busy = true;
        lastTurn = now;
    }

    void giveTurnBack() {
        busy = false;
    }

    /** When the turn was last taken, or would have been in the end. */
    long lastTurn() {
        return lastTurn == null ? endsAt : lastTurn;
    }
}
