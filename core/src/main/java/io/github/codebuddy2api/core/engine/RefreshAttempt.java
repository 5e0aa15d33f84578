package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.spi.Time;
import java.util.function.UnaryOperator;

/** One try to refresh a credential, or to store what an earlier one gave. Stateless; blocks its thread. */
final class RefreshAttempt {
    private final TokenExchange exchange;
    private final Roster roster;
    private final Time time;

    RefreshAttempt(TokenExchange exchange, Roster roster, Time time) {
        this.exchange = exchange;
        this.roster = roster;
        this.time = time;
    }

    /** How a try went. */
    sealed interface Result {
        /** There are new tokens. */
        record Refreshed(boolean stored) implements Result {}

        /** There was nothing to do: it is gone, or somebody else gave it other tokens. */
        record Settled() implements Result {}

        /** Only a new login helps. */
        record Refused(CredentialRejected failure) implements Result {}

        /** It may go better later. */
        record Failed(GatewayException failure) implements Result {}

        /** What could not be stored before is stored now, or still is not. */
        record Stored(boolean done) implements Result {}
    }

    /**
     * Refreshes {@code wanted}, if its tokens are still the ones in use.
     *
     * @param upstream asks for new tokens
     */
    Result refresh(Credential wanted, UnaryOperator<Credential> upstream) {
        try (TokenExchange.Ongoing ongoing = exchange.begin(wanted.id())) {
            adoptOtherPrograms();
            if (!isInUse(wanted, ongoing)) {
                return new Result.Settled();
            }
            return refresh(wanted, upstream, ongoing);
        } catch (GatewayException failure) {
            return new Result.Failed(failure);
        }
    }

    private Result refresh(Credential wanted, UnaryOperator<Credential> upstream, TokenExchange.Ongoing ongoing) {
        boolean lastHope = wanted.isExpired(time.instant());
        try {
            return switch (ongoing.exchange(wanted, upstream, lastHope)) {
                case STORED -> new Result.Refreshed(true);
                case NOT_STORED -> new Result.Refreshed(false);
            };
        } catch (CredentialRejected failure) {
            if (!failure.needsLogin()) {
                return new Result.Failed(failure);
            }
            adoptOtherPrograms(); // Another program that shares the login may have used the refresh token just before
            // us.
            return isInUse(wanted, ongoing) ? new Result.Refused(failure) : new Result.Settled();
        }
    }

    private static boolean isInUse(Credential wanted, TokenExchange.Ongoing ongoing) {
        return ongoing.current()
                .filter(now -> now.tokens().equals(wanted.tokens()))
                .isPresent();
    }

    private void adoptOtherPrograms() {
        try {
            roster.adoptNow();
        } catch (StoreFailed ignored) {
            // What is known must do.
        }
    }

    /** Stores the tokens of {@code id} that could not be stored before. */
    Result.Stored store(CredentialId id) {
        try (TokenExchange.Ongoing ongoing = exchange.begin(id)) {
            return new Result.Stored(ongoing.storeAgain());
        } catch (GatewayException failure) {
            return new Result.Stored(false);
        }
    }
}
