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
import java.util.AbstractList;
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
    private Runnable onStoring = () -> {};
    private final List<Credential> stored = new Stored();
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

    @Test
    void a_login_whose_storing_breaks_does_not_strand_the_others() {
        LoginId first = logins.start().id();
        LoginId second = logins.start().id();
        logins.poll(first);
        logins.poll(second);
        onStoring = () -> {
            onStoring = () -> {};
            throw new IllegalStateException("a bug");
        };
        time.moveTo(END);

        logins.run();

        assertThat(stored).hasSize(1);
        assertThat(logins.poll(second)).isInstanceOf(LoginProgress.LoggedIn.class);
    }

    @Test
    void a_login_given_up_while_another_is_stored_is_not_stored() {
        LoginId first = logins.start().id();
        LoginId second = logins.start().id();
        logins.poll(first);
        logins.poll(second);
        onStoring = () -> logins.cancel(second);
        time.moveTo(END);

        logins.run();

        assertThat(stored).hasSize(1);
        assertThat(logins.poll(second)).isInstanceOf(LoginProgress.Unknown.class);
    }

    /** Something happens whenever one is added. */
    private final class Stored extends AbstractList<Credential> {
        private final List<Credential> all = new ArrayList<>();

        @Override
        public Credential get(int index) {
            return all.get(index);
        }

        @Override
        public int size() {
            return all.size();
        }

        @Override
        public void add(int index, Credential credential) {
            onStoring.run();
            all.add(index, credential);
        }
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
