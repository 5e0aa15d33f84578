package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayEvent.AttemptFailed;
import io.github.codebuddy2api.core.GatewayEvent.CredentialsConsidered;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.Overloaded;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.Sharing;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A credential serves so many requests at once; those beyond wait in line, not for ever. */
class QueueTest {
    private final Bench bench = new Bench(ScriptedUpstream.always(Script.text("Seven.")), "a");

    QueueTest() {
        limited(1, 1);
    }

    private void limited(int perCredential, int queue) {
        bench.settings = GatewaySettings.DEFAULT.with(new Sharing(true, perCredential, queue, Duration.ofSeconds(5)));
    }

    private OtherThread<CompletionStream> waiting() {
        OtherThread<CompletionStream> waiting = OtherThread.start(bench::stream);
        bench.time.awaitWaiters(1);
        return waiting;
    }

    @Test
    void who_waits_is_served_as_soon_as_one_is_free() {
        CompletionStream first = bench.stream();
        OtherThread<CompletionStream> second = waiting();

        first.close();

        second.result().close();
        assertThat(bench.used()).isEqualTo("aa");
        assertThat(bench.upstream.unclosed()).isZero();
    }

    @Test
    void the_wait_is_told_with_its_reason() {
        CompletionStream first = bench.stream();
        OtherThread<CompletionStream> second = waiting();
        first.close();
        second.result().close();

        assertThat(bench.listener.events(CredentialsConsidered.class))
                .extracting(
                        look -> look.attempt() + " " + look.considered().get(0).standing())
                .containsExactly("1 CHOSEN", "1 BUSY", "1 CHOSEN");
    }

    @Test
    void who_finds_no_place_to_wait_is_told_at_once() {
        CompletionStream first = bench.stream();
        OtherThread<CompletionStream> second = waiting();

        assertThat(bench.failure())
                .isInstanceOfSatisfying(
                        Overloaded.class, it -> assertThat(it.retryAfter()).isEqualTo(Duration.ofSeconds(5)));
        second.interrupt();
        assertThat(second.failure()).isInstanceOf(Cancelled.class);
        first.close();
    }

    @Test
    void nobody_waits_for_ever() {
        CompletionStream first = bench.stream();
        OtherThread<CompletionStream> second = waiting();

        bench.time.advance(Duration.ofSeconds(5));

        assertThat(second.failure()).isInstanceOf(Overloaded.class);
        first.close();
        bench.chat();
    }

    @Test
    void who_leaves_while_he_waits_gives_his_place_to_others_and_is_charged_to_nobody() {
        CompletionStream first = bench.stream();
        OtherThread<CompletionStream> second = waiting();

        second.interrupt();

        assertThat(second.failure()).isInstanceOf(Cancelled.class);
        OtherThread<CompletionStream> third = waiting();
        first.close();
        third.result().close();
        assertThat(bench.used()).isEqualTo("aa");
        assertThat(bench.resting()).isEmpty();
        assertThat(bench.listener.events(AttemptFailed.class)).isEmpty();
    }

    @Test
    void a_credential_that_comes_serves_who_waits() {
        CompletionStream first = bench.stream();
        OtherThread<CompletionStream> second = waiting();

        bench.store.replace(Credentials.named("a", "b"));
        bench.gateway.credentials().list();

        second.result().close();
        first.close();
        assertThat(bench.used()).isEqualTo("ab");
    }

    @Test
    void a_gateway_that_closes_sends_away_who_waits() {
        CompletionStream first = bench.stream();
        OtherThread<CompletionStream> second = waiting();

        bench.gateway.close();

        assertThat(second.failure()).isInstanceOf(ShuttingDown.class);
        first.close();
    }

    @Test
    void without_a_limit_nobody_waits() {
        limited(0, 0);

        CompletionStream first = bench.stream();
        CompletionStream second = bench.stream();
        assertThat(bench.used()).isEqualTo("aa");
        first.close();
        second.close();
    }

    @Test
    void an_upstream_that_breaks_our_rules_keeps_no_place() {
        Bench broken = new Bench(
                ScriptedUpstream.of(Script.says().thenFails(new IllegalStateException("a bug")), Script.text("Seven.")),
                "a");
        broken.settings = bench.settings;
        OtherThread<CompletionStream> bug = OtherThread.start(broken::stream);
        assertThat(bug.failure()).isInstanceOf(IllegalStateException.class);

        broken.chat();

        assertThat(broken.used()).isEqualTo("aa");
    }
}
