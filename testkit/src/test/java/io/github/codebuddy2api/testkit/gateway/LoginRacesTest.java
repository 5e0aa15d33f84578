package io.github.codebuddy2api.testkit.gateway;

import static io.github.codebuddy2api.testkit.gateway.FullBench.PERSONAL;
import static io.github.codebuddy2api.testkit.gateway.FullBench.account;
import static io.github.codebuddy2api.testkit.gateway.FullBench.tokens;
import static io.github.codebuddy2api.testkit.gateway.FullBench.trouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.TooManyLogins;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.login.LoginId;
import io.github.codebuddy2api.core.login.LoginProgress;
import io.github.codebuddy2api.core.login.LoginProgress.LoggedIn;
import io.github.codebuddy2api.core.login.LoginProgress.PreparingAccount;
import io.github.codebuddy2api.core.login.LoginProgress.TooSoon;
import io.github.codebuddy2api.core.login.LoginProgress.Unknown;
import io.github.codebuddy2api.core.login.LoginRefusal;
import io.github.codebuddy2api.core.login.LoginStep;
import io.github.codebuddy2api.core.login.StartedLogin;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.LoginLimits;
import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Logins of which several go on at once. */
class LoginRacesTest {
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
    void ten_who_ask_at_once_make_one_question_and_one_credential() {
        Gate gate = Gate.shut();
        bench.logins.thenAt(gate, ACCOUNT).then(CHOICES).then(COMPLETE);
        LoginId id = start();
        OtherThread<LoginProgress> first =
                OtherThread.start(() -> bench.gateway.logins().poll(id));
        gate.awaitArrival();

        bench.time.advance(Duration.ofMinutes(1));
        List<OtherThread<LoginProgress>> others = new ArrayList<>();
        IntStream.range(0, 9)
                .forEach(i -> others.add(
                        OtherThread.start(() -> bench.gateway.logins().poll(id))));

        assertThat(others).extracting(OtherThread::result).containsOnly(new TooSoon(GAP));
        gate.open();
        assertThat(first.result()).isInstanceOf(LoggedIn.class);
        assertThat(bench.store.all()).hasSize(1);
        assertThat(bench.logins.asked())
                .filteredOn(LoginStep.AwaitingPerson.class::isInstance)
                .hasSize(1);
    }

    @Test
    void tokens_that_arrive_while_the_gateway_closes_are_stored() {
        Gate gate = Gate.shut();
        bench.logins.thenAt(gate, ACCOUNT);
        LoginId id = start();
        OtherThread<LoginProgress> poll =
                OtherThread.start(() -> bench.gateway.logins().poll(id));
        gate.awaitArrival();
        bench.gateway.close();

        gate.open();

        assertThat(poll.result()).isEqualTo(new PreparingAccount());
        assertThat(onlyStored().tokens()).isEqualTo(tokens("new"));
    }

    @Test
    void only_so_many_logins_are_under_way_and_those_that_begin_count() {
        limit(2);
        start();
        Gate gate = Gate.shut();
        bench.logins.startsWaitAt(gate);
        bench.time.advance(Duration.ofMinutes(1));
        OtherThread<StartedLogin> beginning =
                OtherThread.start(() -> bench.gateway.logins().start());
        gate.awaitArrival();

        assertThatThrownBy(this::start)
                .isInstanceOfSatisfying(
                        TooManyLogins.class,
                        failure -> assertThat(failure.retryAfter()).isEqualTo(Duration.ofMinutes(9)));

        gate.open();
        beginning.result();
        assertThat(bench.logins.starts()).isEqualTo(2);
    }

    @Test
    void a_hundred_who_start_at_once_get_as_many_logins_as_are_allowed() {
        List<OtherThread<Boolean>> callers = IntStream.range(0, 100)
                .mapToObj(i -> OtherThread.start(this::startIfAllowed))
                .toList();

        assertThat(callers).filteredOn(OtherThread::result).hasSize(10);
        assertThat(bench.logins.starts()).isEqualTo(10);
    }

    private boolean startIfAllowed() {
        try {
            start();
            return true;
        } catch (TooManyLogins full) {
            return false;
        }
    }

    @Test
    void a_login_that_cannot_begin_takes_no_place() {
        limit(1);
        GatewayException failure = trouble();
        bench.logins.startsFail(failure);

        assertThatThrownBy(this::start).isEqualTo(failure);

        bench.logins.startsFail(null);
        assertThat(start()).isNotNull();
    }

    @Test
    void a_login_that_is_over_makes_room() {
        limit(1);
        bench.logins.then(new LoginStep.Refused(LoginRefusal.UNKNOWN));
        poll(start());
        LoginId given = start();
        assertThat(bench.gateway.logins().cancel(given)).isTrue();
        start();
        bench.time.advance(Duration.ofMinutes(10));

        start();

        assertThat(bench.logins.starts()).isEqualTo(4);
    }

    @Test
    void a_login_that_was_given_up_leaves_nothing() {
        Gate gate = Gate.shut();
        bench.logins.thenAt(gate, COMPLETE);
        LoginId id = start();
        OtherThread<LoginProgress> poll =
                OtherThread.start(() -> bench.gateway.logins().poll(id));
        gate.awaitArrival();

        assertThat(bench.gateway.logins().cancel(id)).isTrue();
        assertThat(bench.gateway.logins().cancel(id)).isFalse();
        gate.open();

        assertThat(poll.result()).isEqualTo(new Unknown());
        assertThat(bench.store.all()).isEmpty();
        assertThat(bench.listener.events()).isEmpty();
    }

    @Test
    void two_logins_of_one_account_make_one_credential() {
        bench.logins.then(COMPLETE).then(COMPLETE);
        LoginId one = start();
        LoginId two = start();
        OtherThread<LoginProgress> first =
                OtherThread.start(() -> bench.gateway.logins().poll(one));
        OtherThread<LoginProgress> second =
                OtherThread.start(() -> bench.gateway.logins().poll(two));

        assertThat(first.result()).isEqualTo(second.result());
        assertThat(bench.store.all()).hasSize(1);
    }

    @Test
    void a_login_is_given_up_or_stored_but_never_both() {
        for (int i = 0; i < 200; i++) {
            FullBench one = benches.full();
            one.logins.then(COMPLETE);
            LoginId id = one.gateway.logins().start().id();
            OtherThread<LoginProgress> poll =
                    OtherThread.start(() -> one.gateway.logins().poll(id));

            boolean givenUp = one.gateway.logins().cancel(id);

            assertThat(poll.result()).isInstanceOf(givenUp ? Unknown.class : LoggedIn.class);
            assertThat(one.store.all()).hasSize(givenUp ? 0 : 1);
            one.gateway.close();
        }
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

    private void limit(int pending) {
        bench.settings = GatewaySettings.DEFAULT.with(new LoginLimits(pending, Duration.ofMinutes(10)));
    }
}
