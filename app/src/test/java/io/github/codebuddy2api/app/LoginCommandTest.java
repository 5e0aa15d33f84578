package io.github.codebuddy2api.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.api.Logins;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.login.LoginId;
import io.github.codebuddy2api.core.login.LoginProgress;
import io.github.codebuddy2api.core.login.LoginProgress.AwaitingPerson;
import io.github.codebuddy2api.core.login.LoginProgress.Disturbed;
import io.github.codebuddy2api.core.login.LoginProgress.LoggedIn;
import io.github.codebuddy2api.core.login.LoginProgress.PreparingAccount;
import io.github.codebuddy2api.core.login.LoginProgress.Refused;
import io.github.codebuddy2api.core.login.LoginProgress.TimedOut;
import io.github.codebuddy2api.core.login.LoginProgress.TooSoon;
import io.github.codebuddy2api.core.login.LoginProgress.Unknown;
import io.github.codebuddy2api.core.login.LoginRefusal;
import io.github.codebuddy2api.core.login.StartedLogin;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoginCommandTest {
    private static final CredentialId ID = new CredentialId("c1");
    private static final Account MINE = account("u1", "Li", null, null);
    private static final Account WORK = account("u1", "Li", "e1", "Fake\u001b[31m Works");

    private final List<Duration> waits = new ArrayList<>();
    private final OneCredential stored = new OneCredential(ID, "codebuddy_li_1.json", MINE);
    private ScriptedTerminal terminal = new ScriptedTerminal();
    private Steps steps;

    @Test
    void it_shows_the_link_waits_and_tells_what_was_stored() throws Exception {
        assertThat(run(new AwaitingPerson(), new AwaitingPerson(), new PreparingAccount(), loggedIn(MINE)))
                .isTrue();

        assertThat(terminal.shown())
                .contains("  https://sign.example/in?state=1")
                .containsOnlyOnce("Waiting for you to sign in")
                .containsOnlyOnce("You have signed in")
                .contains("Logged in. Stored as codebuddy_li_1.json: personal account (Li), good until ")
                .contains(" and renewed by itself.");
        assertThat(waits).hasSize(4).containsOnly(Duration.ofSeconds(5));
        assertThat(steps.cancelled).isFalse();
    }

    @Test
    void it_waits_as_long_as_it_is_told_to() throws Exception {
        run(new TooSoon(Duration.ofSeconds(2)), loggedIn(MINE));

        assertThat(waits).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(2));
    }

    @Test
    void it_goes_on_through_troubles_and_tells_each_once() throws Exception {
        assertThat(run(
                        new Disturbed("CodeBuddy cannot be reached."),
                        new Disturbed("CodeBuddy cannot be reached."),
                        null,
                        loggedIn(MINE)))
                .isTrue();

        assertThat(terminal.shown())
                .containsOnlyOnce("CodeBuddy cannot be reached. Trying on...")
                .contains("The disk is full. Trying on...");
    }

    @Test
    void every_end_without_an_account_is_told_in_words() throws Exception {
        assertThat(run(new Refused(LoginRefusal.NO_FREE_SEAT))).isFalse();
        assertThat(terminal.shown()).contains("Not logged in: Your enterprise has no free seat");

        assertThat(run(new TimedOut())).isFalse();
        assertThat(terminal.shown()).contains("Not logged in: Nobody signed in in time.");

        assertThat(run(new Unknown())).isFalse();
        assertThat(terminal.shown()).contains("Not logged in: This login is over already.");
    }

    @Test
    void among_several_accounts_the_person_chooses() throws Exception {
        terminal = new ScriptedTerminal("7", "two", "2");

        assertThat(run(loggedIn(MINE, MINE, WORK))).isTrue();

        assertThat(terminal.shown())
                .contains("  1  personal account (Li) (in use)")
                .contains("  2  enterprise account (Li, Fake\\u001b[31m Works)")
                .contains("Stored as codebuddy_li_1.json: enterprise account");
        assertThat(stored.switchedTo()).isEqualTo(WORK);
    }

    @Test
    void without_a_person_or_a_choice_the_account_in_use_stays() throws Exception {
        assertThat(run(loggedIn(MINE, MINE, WORK))).isTrue();
        assertThat(terminal.shown()).contains("Nobody is here to choose: the one in use stays.");

        terminal = new ScriptedTerminal("");
        assertThat(run(loggedIn(MINE, MINE, WORK))).isTrue();

        terminal = new ScriptedTerminal("1");
        assertThat(run(loggedIn(MINE, MINE, WORK))).isTrue();

        terminal = new ScriptedTerminal("9", "9", "9");
        assertThat(run(loggedIn(MINE, MINE, WORK))).isTrue();
        assertThat(stored.switchedTo()).isNull();
    }

    @Test
    void a_choice_that_is_refused_is_a_failure_though_the_account_is_stored() throws Exception {
        stored.refuseSwitches();
        terminal = new ScriptedTerminal("2");

        assertThat(run(loggedIn(MINE, MINE, WORK))).isFalse();

        assertThat(terminal.shown())
                .contains("The account could not be changed: No. The one in use stays.")
                .contains("Logged in. Stored as codebuddy_li_1.json: personal account");
    }

    @Test
    void who_gives_up_leaves_no_login_behind() {
        steps = new Steps(new AwaitingPerson());
        LoginCommand command = new LoginCommand(steps, stored.accounts(), stored.credentials(), terminal, length -> {
            throw new InterruptedException();
        });

        assertThatThrownBy(command::run).isInstanceOf(InterruptedException.class);
        assertThat(steps.cancelled).isTrue();
    }

    private boolean run(LoginProgress... progress) throws InterruptedException {
        steps = new Steps(progress);
        return new LoginCommand(steps, stored.accounts(), stored.credentials(), terminal, waits::add).run();
    }

    private static LoggedIn loggedIn(Account account, Account... choices) {
        return new LoggedIn(ID, account, List.of(choices));
    }

    private static Account account(String uid, String name, String enterprise, String enterpriseName) {
        return new Account(uid, null, null, name, null, enterprise, enterpriseName, null);
    }

    /** Logins that take these steps; a null is a full disk. */
    private static final class Steps implements Logins {
        private final Deque<List<LoginProgress>> left = new ArrayDeque<>();
        private boolean cancelled;

        Steps(LoginProgress... progress) {
            for (LoginProgress step : progress) {
                left.add(step == null ? List.of() : List.of(step));
            }
        }

        @Override
        public StartedLogin start() {
            return new StartedLogin(
                    new LoginId("l1"),
                    URI.create("https://sign.example/in?state=1"),
                    Instant.EPOCH,
                    Duration.ofSeconds(5));
        }

        @Override
        public LoginProgress poll(LoginId id) {
            List<LoginProgress> next = left.remove();
            if (next.isEmpty()) {
                throw new GatewayException.StoreFailed(
                        GatewayException.StoreFailed.Obstacle.FULL, "The disk is full.", null);
            }
            return next.getFirst();
        }

        @Override
        public boolean cancel(LoginId id) {
            cancelled = true;
            return true;
        }
    }
}
