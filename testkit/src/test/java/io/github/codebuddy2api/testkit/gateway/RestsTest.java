package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayEvent.CredentialRecovered;
import io.github.codebuddy2api.core.GatewayEvent.CredentialRested;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.credential.StoredRest;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.InMemoryRestStore;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fake.RecordingListener;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rests end when a real request finds that they are over, and survive a restart. */
class RestsTest {
    private static final Script ANSWER = Script.text("Seven.");
    private static final Script LIMITED =
            Script.refuses(new RateLimited(LimitScope.CREDENTIAL, null, "Too many requests."));

    private final ManualTime time = new ManualTime();
    private final RecordingListener listener = new RecordingListener();
    private final InMemoryRestStore rests = new InMemoryRestStore();

    private Gateway gateway(ScriptedUpstream upstream) {
        return Gateway.builder()
                .upstream(upstream)
                .credentials(InMemoryCredentialStore.of(Credentials.named("a")))
                .rests(rests)
                .listener(listener)
                .time(time)
                .random(new Random(1))
                .build();
    }

    @Test
    void a_request_that_nobody_else_could_serve_finds_out_early_and_its_first_chunk_tells_everybody() {
        try (Gateway gateway = gateway(ScriptedUpstream.of(LIMITED, ANSWER, ANSWER))) {
            assertThat(failure(gateway)).isInstanceOf(RateLimited.class);
            assertThat(failure(gateway)).isInstanceOf(RateLimited.class);
            time.advance(Duration.ofSeconds(30));

            try (CompletionStream finding = gateway.chat().stream(Chats.request(), Chats.correlation())) {
                assertThat(listener.events(CredentialRecovered.class))
                        .extracting(CredentialRecovered::code)
                        .containsExactly("rate_limit_exceeded");
                assertThat(failure(gateway)).isNull();
                Chunks.drain(finding);
            }
        }
    }

    @Test
    void a_rest_survives_a_restart_and_no_request_has_to_find_it_out_again() {
        try (Gateway first = gateway(ScriptedUpstream.of(LIMITED))) {
            assertThat(failure(first)).isNotNull();
        }
        assertThat(rests.load()).extracting(StoredRest::code).containsExactly("rate_limit_exceeded");
        time.advance(Duration.ofSeconds(10));

        ScriptedUpstream upstream = ScriptedUpstream.always(ANSWER);
        try (Gateway second = gateway(upstream)) {
            assertThat(failure(second))
                    .isInstanceOfSatisfying(
                            RateLimited.class,
                            limited -> assertThat(limited.retryAfter()).contains(Duration.ofSeconds(50)));
            assertThat(upstream.credentialsUsed()).isEmpty();
        }
        assertThat(listener.events(CredentialRested.class)).hasSize(1);
    }

    @Test
    void a_rest_is_stored_by_the_background_while_the_gateway_runs() {
        try (Gateway gateway = gateway(ScriptedUpstream.of(LIMITED))) {
            time.awaitWaiters(1);
            long seen = time.arrivals();

            assertThat(failure(gateway)).isNotNull();

            time.awaitArrivalAfter(seen);
            assertThat(rests.saves()).isEqualTo(1);
        }
    }

    @Test
    void a_store_that_is_broken_breaks_no_request() {
        rests.breakDown(true);
        try (Gateway gateway = gateway(ScriptedUpstream.of(LIMITED, ANSWER))) {
            assertThat(failure(gateway)).isNotNull();
            time.advance(Duration.ofMinutes(1));
            assertThat(failure(gateway)).isNull();
        }
        assertThat(rests.load()).isEmpty();
    }

    private static @Nullable GatewayException failure(Gateway gateway) {
        try (CompletionStream stream = gateway.chat().stream(Chats.request(), Chats.correlation())) {
            Chunks.drain(stream);
            return null;
        } catch (GatewayException failure) {
            return failure;
        }
    }
}
