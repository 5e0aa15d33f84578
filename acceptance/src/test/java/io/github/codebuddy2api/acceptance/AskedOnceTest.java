package io.github.codebuddy2api.acceptance;

import static io.github.codebuddy2api.proofs.Promise.P7;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.simulator.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often the packaged service asks its upstream, and what it advises its caller about asking again. */
@Tag("trust")
@Tag("P7")
final class AskedOnceTest {
    /** What is answered before the first event, and what breaks off after it. */
    private static final List<String> BEFORE =
            List.of("sim-garbage-first", "sim-close-before-headers", "sim-reset-before-headers", "sim-empty-stream");

    private static final List<String> WITHIN = List.of("cut-by-fin", "cut-by-reset", "sim-garbage", "sim-bad-utf8");
    private static final int MOST_CALLS = 3;
    private static final int LONGEST_ADVICE = 60;

    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        simulator.script("cut-by-fin", Streams.brokenOff("t1", 400, new Step.Close()));
        simulator.script("cut-by-reset", Streams.brokenOff("t1", 400, new Step.Reset()));
        service = ServiceUnderTest.start(Setup.with(simulator.uri()).withManyTokens());
    }

    @AfterAll
    static void stop() {
        service.close();
        simulator.close();
    }

    @Test
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void the_upstream_is_asked_once_after_the_first_event_and_once_per_account_before() throws Exception {
        Proof proof = Proof.of(P7, "faults-of-the-packaged-service");
        int requests = proof.amount(8, 60, 2_000);
        Random random = new Random(proof.seed());
        proof.show(() -> {
            int calls = 0;
            for (int i = 0; i < requests; i++) {
                boolean begun = random.nextBoolean();
                List<String> models = begun ? WITHIN : BEFORE;
                String model = models.get(random.nextInt(models.size()));
                simulator.journal().clear();
                RawResponse response = Asked.chat(service, model, random.nextBoolean());

                List<Exchange> asked = simulator.journal().requests("/v2/chat/completions");
                assertThat(asked).as(model).hasSizeBetween(1, begun ? 1 : MOST_CALLS);
                assertThat(asked.stream().map(call -> call.header("Authorization")))
                        .as(model)
                        .doesNotHaveDuplicates();
                assertThat(response.text()).as(model).contains("\"error\"").doesNotContain("[DONE]");
                if (response.status() != 200) {
                    assertThat(response.header("x-should-retry")).as(model).contains("false");
                }
                calls += asked.size();
            }
            return "%,d faulty answers, %,d calls: one each after the first event, else at most %d, never two with one account; x-should-retry: false with every error status"
                    .formatted(requests, calls, MOST_CALLS);
        });
    }

    @Test
    void the_advice_to_wait_is_exact_to_the_second_up_to_a_minute() throws Exception {
        Proof proof = Proof.of(P7, "advised-seconds");
        Random random = new Random(proof.seed());
        List<Integer> seconds = new ArrayList<>(List.of(1, LONGEST_ADVICE, LONGEST_ADVICE + 1));
        IntStream.range(0, proof.amount(3, 30, 60)).forEach(i -> seconds.add(2 + random.nextInt(2 * LONGEST_ADVICE)));
        proof.show(() -> {
            for (int wait : seconds) {
                RawResponse response = Asked.chat(service, "sim-retry-after-" + wait, random.nextBoolean());

                assertThat(response.status()).isEqualTo(429);
                boolean told = wait <= LONGEST_ADVICE;
                assertThat(response.header("Retry-After").orElse("none"))
                        .as("%d s", wait)
                        .isEqualTo(told ? Integer.toString(wait) : "none");
                assertThat(response.header("x-should-retry").orElse("none"))
                        .as("%d s", wait)
                        .isEqualTo(told ? "none" : "false");
            }
            return "%d limits of 1 to %d s: Retry-After exact to the second up to %d s, none above, with x-should-retry: false"
                    .formatted(seconds.size(), 2 * LONGEST_ADVICE + 1, LONGEST_ADVICE);
        });
    }
}
