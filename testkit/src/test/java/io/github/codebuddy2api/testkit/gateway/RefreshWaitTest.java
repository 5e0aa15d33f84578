package io.github.codebuddy2api.testkit.gateway;

import static io.github.codebuddy2api.testkit.gateway.RefreshBench.ended;
import static io.github.codebuddy2api.testkit.gateway.RefreshBench.ending;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayEvent.CredentialRefreshed;
import io.github.codebuddy2api.core.GatewayEvent.RefreshFailed;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.NoCredential;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable.Reason;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialState;
import io.github.codebuddy2api.core.credential.RestCause;
import io.github.codebuddy2api.core.credential.StoredRest;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.InMemoryRestStore;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedRefresher;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a request does that finds only credentials which must be refreshed first. */
class RefreshWaitTest {
    private static final int CROWD = 1_000;

    private final Gate gate = Gate.shut();
    private final long threadsBefore = backgroundThreads();

    @Test
    void a_thousand_requests_at_the_moment_of_expiry_cause_one_refresh_and_all_succeed() {
        try (RefreshBench bench = new RefreshBench(ending("a", Duration.ofDays(2)))) {
            bench.refresher.waitingAt(gate);
            bench.time.advance(Duration.ofDays(2).minus(Tokens.EXPIRY_MARGIN));

            List<OtherThread<GatewayException>> crowd = crowd(bench);
            gate.awaitArrival();
            bench.time.awaitWaiters(CROWD);
            gate.open();

            assertThat(crowd).allSatisfy(one -> assertThat(one.result()).isNull());
            assertThat(bench.refresher.calls()).hasSize(1);
            assertThat(bench.upstream.calls())
                    .extracting(call -> call.credential().accessToken())
                    .containsOnly(bench.stored("a").accessToken())
                    .hasSize(CROWD);
        }
    }

    @Test
    void the_same_without_a_gate_whoever_comes_first() {
        for (int round = 0; round < 20; round++) {
            try (RefreshBench bench = new RefreshBench(ending("a", Duration.ofDays(2)))) {
                List<OtherThread<GatewayException>> crowd = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    crowd.add(OtherThread.start(bench::chat));
                }
                bench.time.advance(Duration.ofDays(2));
                for (int i = 0; i < 100; i++) {
                    crowd.add(OtherThread.start(bench::chat));
                }

                assertThat(crowd).allSatisfy(one -> assertThat(one.result()).isNull());
                bench.listener.await(CredentialRefreshed.class, 1);
                assertThat(bench.refresher.calls()).hasSize(1);
            }
        }
    }

    /** Regression: only an end of the token was a reason to refresh it, so such a request was refused at once. */
    @Test
    void a_token_that_was_not_accepted_is_refreshed_by_the_request_that_needs_it() {
        ManualTime time = new ManualTime();
        Credential rejected = ending("a", Duration.ofDays(2));
        InMemoryRestStore rests = new InMemoryRestStore();
        rests.save(List.of(new StoredRest(
                rejected.id(),
                null,
                RestCause.REJECTED,
                "invalid_credential",
                new StoredRest.Term(time.instant(), time.instant().plus(Duration.ofMinutes(5)), false, 1),
                rejected.accessToken().fingerprint())));
        ScriptedUpstream upstream = ScriptedUpstream.always(Script.text("Seven."));

        try (Gateway gateway = Gateway.builder()
                .upstream(upstream)
                .credentials(InMemoryCredentialStore.of(rejected))
                .refresher(ScriptedRefresher.lasting(Duration.ofDays(3), time))
                .rests(rests)
                .time(time)
                .build()) {
            gateway.complete(Chats.request());
        }

        assertThat(upstream.calls())
                .extracting(call -> call.credential().accessToken())
                .hasSize(1)
                .doesNotContain(rejected.accessToken());
    }

    @Test
    void with_another_good_credential_nobody_waits() {
        try (RefreshBench bench =
                new RefreshBench(with -> with.refresher.waitingAt(gate), ended("a"), Credentials.of("b"))) {
            gate.awaitArrival();

            List<OtherThread<GatewayException>> crowd = crowd(bench);

            assertThat(crowd).allSatisfy(one -> assertThat(one.result()).isNull());
            assertThat(bench.upstream.credentialsUsed()).containsOnly("b");
            gate.open();
        }
    }

    @Test
    void after_ten_seconds_a_request_gives_up_and_the_refresh_goes_on() {
        try (RefreshBench bench = new RefreshBench(with -> with.refresher.waitingAt(gate), ended("a"))) {
            gate.awaitArrival();
            OtherThread<GatewayException> caller = OtherThread.start(bench::chat);
            bench.time.awaitWaiters(2);

            bench.time.advance(Duration.ofSeconds(9));
            bench.time.awaitWaiters(2);
            bench.time.advance(Duration.ofSeconds(1));

            assertThat(caller.result()).isInstanceOfSatisfying(NoCredential.class, refusal -> {
                assertThat(refusal.code()).isEqualTo("no_usable_credentials");
                assertThat(refusal.retryAfter()).isEmpty();
            });
            gate.open();
            bench.listener.await(CredentialRefreshed.class, 1);
            assertThat(bench.chat()).isNull();
            assertThat(bench.refresher.calls()).hasSize(1);
        }
    }

    @Test
    void a_refresh_that_fails_ends_the_wait_and_the_refusal_says_when_it_is_tried_again() {
        try (RefreshBench bench = new RefreshBench(with -> with.refresher.waitingAt(gate), ended("a"))) {
            gate.awaitArrival();
            OtherThread<GatewayException> caller = OtherThread.start(bench::chat);
            bench.time.awaitWaiters(2);

            bench.refresher.fails(trouble());
            gate.open();

            GatewayException refusal = caller.result();
            RefreshFailed failed = bench.listener.await(RefreshFailed.class, 1);
            Duration wait = Duration.between(bench.now(), failed.retryAt());
            assertThat(((NoCredential) refusal).retryAfter()).contains(wait);
            assertThat(((NoCredential) bench.chat()).retryAfter()).contains(wait);
            assertThat(bench.refresher.calls()).hasSize(1);
        }
    }

    @Test
    void a_refused_refresh_ends_the_wait_and_only_a_login_helps() {
        try (RefreshBench bench = new RefreshBench(with -> with.refresher.waitingAt(gate), ended("a"))) {
            gate.awaitArrival();
            OtherThread<GatewayException> caller = OtherThread.start(bench::chat);
            bench.time.awaitWaiters(2);

            bench.refresher.fails(new CredentialRejected(true, "Log in again."));
            gate.open();

            assertThat(((NoCredential) caller.result()).retryAfter()).isEmpty();
            assertThat(bench.chat()).hasMessageContaining("Log in again");
            assertThat(bench.view("a").state()).isEqualTo(new CredentialState.NeedsLogin());
        }
    }

    @Test
    void the_first_of_several_that_is_fresh_is_enough() {
        try (RefreshBench bench = new RefreshBench(
                with -> with.refresher.doing(credential -> {
                    if (credential.id().value().equals("a")) {
                        ScriptedRefresher.await(gate);
                    }
                }),
                ended("a"),
                ended("b"))) {
            gate.awaitArrival();

            assertThat(bench.chat()).isNull();

            assertThat(bench.upstream.credentialsUsed()).containsExactly("b");
            gate.open();
        }
    }

    @Test
    void a_limited_credential_is_no_reason_not_to_wait_for_another_one() {
        ScriptedUpstream upstream =
                ScriptedUpstream.choosing(call -> call.credential().id().value().equals("b")
                        ? Script.refuses(new RateLimited(LimitScope.CREDENTIAL, Duration.ofHours(1), "Too many."))
                        : Script.text("Seven."));
        try (RefreshBench bench = new RefreshBench(upstream, ending("a", Duration.ofDays(2)), Credentials.of("b"))) {
            bench.refresher.waitingAt(gate);
            bench.time.advance(Duration.ofDays(2));
            gate.awaitArrival();
            OtherThread<GatewayException> caller = OtherThread.start(bench::chat);
            bench.time.awaitWaiters(2);

            gate.open();

            assertThat(caller.result()).isNull();
            assertThat(bench.upstream.credentialsUsed()).containsExactly("b", "a");
        }
    }

    @Test
    void a_pinned_one_at_rest_does_not_make_requests_wait_for_others() {
        RateLimited limited = new RateLimited(LimitScope.CREDENTIAL, Duration.ofHours(1), "Too many.");
        try (RefreshBench bench = new RefreshBench(
                ScriptedUpstream.always(Script.refuses(limited)),
                ending("a", Duration.ofDays(2)),
                Credentials.of("b"))) {
            bench.refresher.waitingAt(gate);
            bench.gateway.credentials().pin(Credentials.of("b").id());
            bench.time.advance(Duration.ofDays(2));
            gate.awaitArrival();

            assertThat(bench.chat()).hasMessageContaining("to which all requests are sent");
            gate.open();
        }
    }

    @Test
    void a_caller_who_is_interrupted_leaves_and_the_refresh_goes_on() {
        try (RefreshBench bench = new RefreshBench(with -> with.refresher.waitingAt(gate), ended("a"))) {
            gate.awaitArrival();
            OtherThread<GatewayException> caller = OtherThread.start(bench::chat);
            bench.time.awaitWaiters(2);

            caller.interrupt();

            assertThat(caller.result()).isInstanceOf(Cancelled.class);
            assertThat(caller.endedInterrupted()).isTrue();
            gate.open();
            bench.listener.await(CredentialRefreshed.class, 1);
        }
    }

    @Test
    void closing_ends_the_wait_lets_a_quick_refresh_finish_and_leaves_no_thread() {
        RefreshBench bench = new RefreshBench(with -> with.refresher.waitingAt(gate), ended("a"));
        gate.awaitArrival();
        OtherThread<GatewayException> caller = OtherThread.start(bench::chat);
        bench.time.awaitWaiters(2);

        OtherThread<Boolean> closer = OtherThread.start(() -> {
            bench.close();
            return true;
        });
        assertThat(caller.result()).isInstanceOf(ShuttingDown.class);
        gate.open();

        assertThat(closer.result()).isTrue();
        assertThat(bench.stored("a").accessToken().reveal()).startsWith("not-a-token-1");
        assertThat(bench.store.unfinishedRefreshes()).isEmpty();
        assertThat(backgroundThreads()).isEqualTo(threadsBefore);
    }

    @Test
    void closing_interrupts_a_refresh_that_hangs_and_the_next_run_is_told() {
        RefreshBench bench = new RefreshBench(with -> with.refresher.waitingAt(gate), ended("a"));
        gate.awaitArrival();
        OtherThread<Boolean> closer = OtherThread.start(() -> {
            bench.close();
            return true;
        });
        bench.time.awaitWaiters(2);

        bench.time.advance(Duration.ofSeconds(3));

        assertThat(closer.result()).isTrue();
        assertThat(bench.stored("a")).isEqualTo(ended("a"));
        assertThat(bench.store.unfinishedRefreshes()).containsExactly(ended("a").id());
        assertThat(bench.listener.events(RefreshFailed.class)).isEmpty();
        assertThat(backgroundThreads()).isEqualTo(threadsBefore);
    }

    @Test
    void a_token_that_the_upstream_refuses_for_now_is_refreshed_and_the_request_tries_the_new_one() {
        ScriptedUpstream upstream = ScriptedUpstream.choosing(
                call -> call.credential().accessToken().equals(ended("a").accessToken())
                        ? Script.refuses(new CredentialRejected(false, "Not now."))
                        : Script.text("Seven."));
        try (RefreshBench bench = new RefreshBench(upstream, ending("a", Duration.ofDays(90)))) {
            bench.refresher.waitingAt(gate);
            OtherThread<GatewayException> first = OtherThread.start(bench::chat);
            gate.awaitArrival();
            OtherThread<GatewayException> next = OtherThread.start(bench::chat);
            bench.time.awaitWaiters(3);

            gate.open();

            assertThat(first.result()).isNull();
            assertThat(next.result()).isNull();
            assertThat(bench.refresher.calls()).hasSize(1);
            assertThat(bench.upstream.calls()).hasSize(3);
        }
    }

    @Test
    void an_upstream_that_refuses_fresh_tokens_too_does_not_cause_refresh_after_refresh() {
        ScriptedUpstream upstream = ScriptedUpstream.always(Script.refuses(new CredentialRejected(false, "Not now.")));
        try (RefreshBench bench = new RefreshBench(upstream, ending("a", Duration.ofDays(90)))) {
            for (int i = 0; i < 10; i++) {
                assertThat(bench.chat()).isInstanceOf(NoCredential.class);
                bench.listener.await(CredentialRefreshed.class, 1);
                bench.advance(Duration.ofMinutes(1));
            }

            assertThat(bench.refresher.calls()).hasSize(1);
        }
    }

    private static List<OtherThread<GatewayException>> crowd(RefreshBench bench) {
        return IntStream.range(0, CROWD)
                .mapToObj(i -> OtherThread.start(bench::chat))
                .toList();
    }

    private static long backgroundThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("gateway-background"))
                .count();
    }

    private static GatewayException trouble() {
        return new UpstreamUnavailable(Reason.ERROR, null, "Trouble.", null);
    }
}
