package io.github.codebuddy2api.testkit.gateway;

import static io.github.codebuddy2api.testkit.gateway.FullBench.PERSONAL;
import static io.github.codebuddy2api.testkit.gateway.FullBench.account;
import static io.github.codebuddy2api.testkit.gateway.FullBench.credential;
import static io.github.codebuddy2api.testkit.gateway.FullBench.tokens;
import static io.github.codebuddy2api.testkit.gateway.FullBench.trouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialLabel;
import io.github.codebuddy2api.core.credential.Tokens;
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
import io.github.codebuddy2api.core.login.LoginStep;
import io.github.codebuddy2api.core.login.StartedLogin;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fixture.Chats;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LoginsTest {
    private static final Duration GAP = Duration.ofSeconds(1);
    private static final Secret STATE = Secret.of("not-a-state");
    private static final LoginStep.AwaitingAccount ACCOUNT =
            new LoginStep.AwaitingAccount(STATE, tokens("new"), account("uid-1", null));
    private static final LoginStep.AwaitingChoices CHOICES = new LoginStep.AwaitingChoices(tokens("new"), PERSONAL);
    private static final LoginStep.Complete COMPLETE =
            new LoginStep.Complete(tokens("new"), PERSONAL, List.of(PERSONAL, account("uid-1", "e")));

    @AutoClose
    private final Benches benches = new Benches();

    private final FullBench bench = benches.full();

    @Test
    void a_login_begins_with_an_id_of_ours_and_the_upstreams_page() {
        StartedLogin started = bench.gateway.logins().start();

        assertThat(started.id().value()).hasSize(64).doesNotContain("not-a-state");
        assertThat(started.page()).hasHost("login.example");
        assertThat(started.expiresAt()).isEqualTo(ManualTime.START.plus(Duration.ofMinutes(10)));
        assertThat(started.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(bench.gateway.logins().start().id()).isNotEqualTo(started.id());
    }

    @Test
    void a_login_leads_over_its_steps_to_a_stored_credential() {
        bench.logins
                .thenStays()
                .then(ACCOUNT)
                .thenStays()
                .then(CHOICES)
                .thenStays()
                .then(COMPLETE);
        LoginId id = start();

        assertThat(poll(id)).isEqualTo(new AwaitingPerson());
        assertThat(poll(id)).isEqualTo(new PreparingAccount());
        assertThat(poll(id)).isEqualTo(new PreparingAccount());
        LoggedIn outcome = (LoggedIn) poll(id);

        Credential stored = onlyStored();
        assertThat(outcome).isEqualTo(new LoggedIn(stored.id(), PERSONAL, COMPLETE.choices()));
        assertThat(stored.tokens()).isEqualTo(tokens("new"));
        assertThat(bench.listener.events(GatewayEvent.LoggedIn.class))
                .containsExactly(new GatewayEvent.LoggedIn(stored.id()));
        bench.gateway.complete(Chats.request());
        assertThat(bench.upstream.credentialsUsed()).containsExactly(stored.id().value());
    }

    @Test
    void a_step_that_leads_on_is_followed_at_once() {
        bench.logins.then(ACCOUNT).then(CHOICES).then(COMPLETE);
        LoginId id = start();

        assertThat(poll(id)).isInstanceOf(LoggedIn.class);
        assertThat(bench.logins.asked())
                .extracting(step -> step.getClass().getSimpleName())
                .containsExactly("AwaitingPerson", "AwaitingAccount", "AwaitingChoices");
    }

    @Test
    void an_outcome_is_told_once() {
        bench.logins.then(COMPLETE).then(new LoginStep.Refused(LoginRefusal.NO_FREE_SEAT));
        LoginId good = start();
        LoginId bad = start();

        assertThat(poll(good)).isInstanceOf(LoggedIn.class);
        assertThat(poll(bad)).isEqualTo(new Refused(LoginRefusal.NO_FREE_SEAT));

        assertThat(poll(good)).isEqualTo(new Unknown());
        assertThat(poll(bad)).isEqualTo(new Unknown());
        assertThat(bench.logins.asked()).hasSize(2);
    }

    @Test
    void an_id_that_was_never_given_out_is_unknown_and_nobody_is_asked() {
        start();

        assertThat(poll(new LoginId("guessed"))).isEqualTo(new Unknown());
        assertThat(bench.logins.asked()).isEmpty();
    }

    @Test
    void who_asks_too_soon_is_told_to_wait_and_nobody_is_asked() {
        LoginId id = start();
        bench.gateway.logins().poll(id);
        bench.time.advance(Duration.ofMillis(400));

        assertThat(bench.gateway.logins().poll(id)).isEqualTo(new TooSoon(Duration.ofMillis(600)));
        bench.time.advance(Duration.ofMillis(600));
        assertThat(bench.gateway.logins().poll(id)).isEqualTo(new AwaitingPerson());
        assertThat(bench.logins.asked()).hasSize(2);
    }

    @Test
    void a_disturbed_login_goes_on_from_where_it_was() {
        bench.logins.then(ACCOUNT).thenFails(trouble()).then(COMPLETE);
        LoginId id = start();

        assertThat(poll(id)).isEqualTo(new Disturbed("The upstream is in trouble."));
        assertThat(poll(id)).isInstanceOf(LoggedIn.class);

        assertThat(bench.logins.asked())
                .filteredOn(LoginStep.AwaitingPerson.class::isInstance)
                .hasSize(1);
    }

    @Test
    void a_bug_of_the_provider_does_not_lock_the_login() {
        bench.logins.thenFails(new IllegalStateException("a bug")).then(COMPLETE);
        LoginId id = start();

        assertThatThrownBy(() -> poll(id)).isInstanceOf(IllegalStateException.class);

        assertThat(poll(id)).isInstanceOf(LoggedIn.class);
    }

    @Test
    void a_credential_that_cannot_be_stored_is_kept_and_the_upstream_not_asked_again() {
        bench.logins.then(COMPLETE);
        LoginId id = start();
        bench.store.breakDown(true);

        assertThatThrownBy(() -> poll(id)).isInstanceOf(StoreFailed.class);
        assertThatThrownBy(() -> poll(id)).isInstanceOf(StoreFailed.class);
        bench.time.advance(Duration.ofHours(1));
        bench.store.breakDown(false);

        assertThat(poll(id)).isInstanceOf(LoggedIn.class);
        assertThat(bench.logins.asked()).hasSize(1);
        assertThat(bench.store.all()).hasSize(1);
    }

    @Test
    void a_login_of_which_nobody_signs_in_times_out_once() {
        LoginId id = start();
        bench.time.advance(Duration.ofMinutes(10));

        assertThat(poll(id)).isEqualTo(new TimedOut());
        assertThat(poll(id)).isEqualTo(new Unknown());
        assertThat(bench.logins.asked()).isEmpty();
    }

    @Test
    void a_login_that_timed_out_unseen_is_still_told_of_for_a_while() {
        LoginId asked = start();
        LoginId forgotten = start();
        bench.time.advance(Duration.ofMinutes(15));
        start();

        assertThat(poll(asked)).isEqualTo(new TimedOut());
        bench.time.advance(Duration.ofMinutes(15));
        assertThat(poll(forgotten)).isEqualTo(new Unknown());
    }

    @Test
    void tokens_are_stored_when_the_time_is_over_before_the_account_is_ready() {
        bench.logins.then(ACCOUNT);
        LoginId id = start();
        poll(id);
        bench.time.advance(Duration.ofMinutes(10));

        assertThat(poll(id)).isEqualTo(new LoggedIn(onlyStored().id(), ACCOUNT.known(), List.of()));
        assertThat(onlyStored().tokens()).isEqualTo(tokens("new"));
    }

    @Test
    void tokens_are_stored_even_if_nobody_asks_any_more() {
        bench.logins.then(CHOICES);
        LoginId id = start();
        poll(id);
        bench.time.advance(Duration.ofMinutes(10));

        start();

        assertThat(onlyStored().account()).isEqualTo(PERSONAL);
        assertThat(poll(id)).isEqualTo(new LoggedIn(onlyStored().id(), PERSONAL, List.of()));
        assertThat(poll(id)).isEqualTo(new Unknown());
    }

    @Test
    void tokens_are_stored_at_the_end_of_the_gateway() {
        bench.logins.then(ACCOUNT);
        poll(start());

        bench.gateway.close();

        assertThat(onlyStored().tokens()).isEqualTo(tokens("new"));
        assertThatThrownBy(this::start).isInstanceOf(ShuttingDown.class);
    }

    @Test
    void an_account_that_logs_in_again_keeps_its_credential_and_gets_new_tokens() {
        Account enterprise = account("uid-1", "e");
        bench.store.replace(credential("mine", PERSONAL), credential("works", enterprise));
        bench.logins.then(new LoginStep.Complete(tokens("new"), enterprise, List.of()));

        assertThat(poll(start())).isEqualTo(new LoggedIn(new CredentialId("works"), enterprise, List.of()));

        assertThat(bench.store.all()).extracting(stored -> stored.id().value()).containsExactly("mine", "works");
        assertThat(bench.store.all().get(1).tokens()).isEqualTo(tokens("new"));
        assertThat(bench.store.all().get(0).tokens()).isNotEqualTo(tokens("new"));
    }

    @Test
    void an_account_that_logs_in_again_keeps_its_label() {
        CredentialLabel label = new CredentialLabel("Work");
        bench.store.replace(new Credential[] {credential("mine", PERSONAL)});
        bench.gateway.credentials().rename(new CredentialId("mine"), label);
        bench.logins.then(new LoginStep.Complete(tokens("new"), PERSONAL, List.of()));

        poll(start());

        assertThat(onlyStored().tokens()).isEqualTo(tokens("new"));
        assertThat(onlyStored().label()).isEqualTo(label);
        assertThat(bench.gateway.credentials().list().getFirst().label()).isEqualTo(label);
    }

    @Test
    void an_account_without_a_uid_is_no_other_ones() {
        Account nameless = new Account(null, "someone", null, null, null, null, null, null);
        bench.store.replace(credential("a", nameless), credential("b", nameless));
        bench.logins.then(new LoginStep.Complete(tokens("new"), nameless, List.of()));

        poll(start());

        assertThat(bench.store.all()).hasSize(3);
    }

    @Test
    void a_login_tells_nothing_that_is_secret_or_personal() {
        String marker = "canary-in-the-coal-mine";
        Account account = new Account(marker, marker, marker, marker, marker, null, marker, marker);
        Tokens tokens = tokens(marker).refreshedBy(Secret.of(marker));
        bench.logins
                .then(new LoginStep.AwaitingAccount(Secret.of(marker), tokens, account))
                .thenStays()
                .then(new LoginStep.Complete(tokens, account, List.of(account)));
        StringWriter printed = new StringWriter();

        StartedLogin started = bench.gateway.logins().start();
        printed.append(started.toString()).append(poll(started.id()).toString());
        bench.store.breakDown(true);
        Throwable failure = catchThrowable(() -> poll(started.id()));
        failure.printStackTrace(new PrintWriter(printed, true));
        bench.store.breakDown(false);
        printed.append(poll(started.id()).toString())
                .append(bench.listener.events().toString());

        assertThat(printed.toString())
                .contains("LoggedIn")
                .doesNotContain(marker)
                .doesNotContain("not-a-state");
    }

    private LoginId start() {
        return bench.gateway.logins().start().id();
    }

    /** Asks after the least time to wait. */
    private LoginProgress poll(LoginId id) {
        bench.time.advance(GAP);
        return bench.gateway.logins().poll(id);
    }

    private Credential onlyStored() {
        assertThat(bench.store.all()).hasSize(1);
        return bench.store.all().get(0);
    }
}
