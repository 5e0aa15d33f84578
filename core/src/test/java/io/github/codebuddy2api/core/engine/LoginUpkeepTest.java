package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.core.login.LoginId;
import io.github.codebuddy2api.core.login.LoginProgress;
import io.github.codebuddy2api.core.login.LoginStep;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.spi.LoginProvider;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What the background thread does for logins. */
class LoginUpkeepTest {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant END = START.plus(Duration.ofMinutes(10));
    private static final Secret STATE = Secret.of("not-a-state");
    private static final Tokens TOKENS = Tokens.of(Secret.of("not-a-token"));

    private final MovedTime time = new MovedTime(START);
    private final List<Credential> stored = new ArrayList<>();
    private final AtomicBoolean full = new AtomicBoolean();
    private LoginStep next = new LoginStep.AwaitingAccount(STATE, TOKENS, Account.UNKNOWN);
    private final LoginService logins = new LoginService(
            new Provider(),
            new FixedShelf(stored, full),
            () -> GatewaySettings.DEFAULT,
            new Engine.Surroundings(event -> {}, time, new Random(1)));

    @Test
    void without_tokens_there_is_nothing_to_do() {
        logins.start();

        assertThat(logins.nextDue()).isEqualTo(Chore.NEVER);
        time.moveTo(END);
        logins.run();
        assertThat(logins.nextDue()).isEqualTo(Chore.NEVER);
    }

    @Test
    void tokens_are_stored_at_the_end_of_the_lifetime_and_told_of() {
        LoginId id = logins.start().id();
        logins.poll(id);
        assertThat(logins.nextDue()).isEqualTo(END);
        logins.run();
        assertThat(stored).isEmpty();

        time.moveTo(END);
        logins.run();

        assertThat(stored).extracting(Credential::tokens).containsExactly(TOKENS);
        assertThat(logins.nextDue()).isEqualTo(Chore.NEVER);
        assertThat(logins.poll(id)).isInstanceOf(LoginProgress.LoggedIn.class);
    }

    @Test
    void what_cannot_be_stored_is_tried_again_after_a_minute_and_never_dropped() {
        next = new LoginStep.Complete(TOKENS, Account.UNKNOWN, List.of());
        full.set(true);
        LoginId id = logins.start().id();
        assertThatThrownBy(() -> logins.poll(id)).isInstanceOf(StoreFailed.class);
        time.moveTo(END);
        logins.run();
        assertThat(logins.nextDue()).isEqualTo(END.plus(Duration.ofMinutes(1)));
        logins.run();

        time.moveTo(END.plus(Duration.ofHours(1)));
        logins.start();
        full.set(false);
        logins.run();

        assertThat(stored).isEmpty(); // The start has just tried.
        time.advance(Duration.ofMinutes(1));
        logins.run();
        assertThat(stored).hasSize(1);
    }

    private final class Provider implements LoginProvider {
        @Override
        public LoginStep.AwaitingPerson start() {
            return new LoginStep.AwaitingPerson(STATE, URI.create("https://login.example/"));
        }

        @Override
        public LoginStep advance(LoginStep.Pending step) {
            return step instanceof LoginStep.AwaitingPerson ? next : step;
        }
    }
}
