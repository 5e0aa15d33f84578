package io.github.codebuddy2api.testkit.gateway;

import static io.github.codebuddy2api.proofs.Promise.P7;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.QuotaExhausted;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.GatewayException.UpstreamIncomplete;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout.Deadline;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable.Reason;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the upstream counts while it fails at every stage: nothing is asked once more that may have been answered. */
class ReplayTest {
    private static final String[] NAMES = {"a", "b", "c", "d", "e"};
    private static final int MOST_ATTEMPTS = 4;

    private final List<Stage> stages = new ArrayList<>();
    private int faults;
    private int calls;
    private int withinAnswers;
    private int onceMore;

    private enum Stage {
        REFUSED,
        CONNECTION_LOST,
        BEFORE_FIRST_CHUNK,
        WITHIN_ANSWER,
        WHOLE
    }

    @Test
    @Tag("trust")
    @Tag("P7")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void nothing_is_asked_twice_once_its_answer_has_begun() throws Exception {
        Proof proof = Proof.of(P7, "faults-at-every-stage")
                .without("one more try after a connection that was lost before any answer (gateway.retry_ambiguous):"
                        + " what was asked over it may have been generated");
        int wanted = proof.amount(2_000, 20_000, 100_000);
        Random random = new Random(proof.seed());
        proof.show(() -> {
            int requests = 0;
            while (faults < wanted) {
                request(random, "seed %d, request %d".formatted(proof.seed(), requests++));
            }
            return "%,d faults in %,d requests, %,d calls: 0 asked again after the first event (%,d faults after the first event, each without another call), %s"
                    .formatted(
                            faults,
                            requests,
                            calls,
                            withinAnswers,
                            "no account asked twice but for %,d connections lost before any answer"
                                    .formatted(onceMore));
        });
    }

    private void request(Random random, String which) {
        stages.clear();
        int attempts = 1 + random.nextInt(MOST_ATTEMPTS);
        int credentials = 1 + random.nextInt(NAMES.length);
        ScriptedUpstream upstream = ScriptedUpstream.choosing(call -> next(random));
        try (Bench bench = new Bench(upstream, Arrays.copyOf(NAMES, credentials)).trying(attempts)) {
            boolean whole = random.nextBoolean() ? bench.failure() == null : completes(bench);

            List<String> used = upstream.credentialsUsed();
            assertThat(used).as(which).hasSizeBetween(1, attempts);
            assertThat(stages).as(which).hasSize(used.size());
            assertThat(stages.subList(0, used.size() - 1)).as(which).doesNotContain(Stage.WITHIN_ANSWER, Stage.WHOLE);
            assertThat(whole).as(which).isEqualTo(stages.getLast() == Stage.WHOLE);
            assertThat(upstream.unclosed()).as(which).isZero();
            countRepeats(used, which);
            calls += used.size();
        }
    }

    /** Only a connection that was lost before an answer may lead to the same account again, and only once. */
    private void countRepeats(List<String> used, String which) {
        long lost = Collections.frequency(stages, Stage.CONNECTION_LOST);
        long repeats = used.size() - used.stream().distinct().count();
        assertThat(repeats).as(which).isLessThanOrEqualTo(Math.min(lost, 1));
        onceMore += (int) repeats;
    }

    private static boolean completes(Bench bench) {
        try {
            bench.gateway.chat().complete(Chats.request(), Chats.correlation());
            return true;
        } catch (GatewayException failed) {
            return false;
        }
    }

    private Script next(Random random) {
        Stage stage = Stage.values()[random.nextInt(Stage.values().length)];
        stages.add(stage);
        faults += stage == Stage.WHOLE ? 0 : 1;
        withinAnswers += stage == Stage.WITHIN_ANSWER ? 1 : 0;
        return switch (stage) {
            case REFUSED -> Script.refuses(failure(random));
            case CONNECTION_LOST -> random.nextBoolean() ? Script.refuses(lost(random)) : Script.fails(lost(random));
            case BEFORE_FIRST_CHUNK -> random.nextInt(4) == 0 ? Script.nothing() : Script.fails(failure(random));
            case WITHIN_ANSWER -> {
                Script begun = Script.says(Chunks.content("Se"));
                for (int more = random.nextInt(4); more > 0; more--) {
                    begun = begun.thenSays(Chunks.content("ven "));
                }
                int end = random.nextInt(3);
                yield end == 0 ? begun : begun.thenFails(end == 1 ? lost(random) : failure(random));
            }
            case WHOLE -> Script.text("Seven.");
        };
    }

    private static GatewayException lost(Random random) {
        Reason reason = random.nextBoolean() ? Reason.UNREACHABLE : Reason.BROKEN;
        return new UpstreamUnavailable(reason, null, "Gone.", null);
    }

    private static GatewayException failure(Random random) {
        return List.of(
                        new QuotaExhausted("Used up."),
                        new RateLimited(LimitScope.CREDENTIAL, Duration.ofSeconds(30), "Too many."),
                        new UpstreamUnavailable(Reason.ERROR, null, "Trouble.", null),
                        new CredentialRejected(true, "No."),
                        new CredentialRejected(false, "No."),
                        new UpstreamTimeout(Deadline.FIRST_EVENT, "Silence."),
                        UpstreamGarbled.malformed("No.", null),
                        new UpstreamIncomplete(null),
                        InvalidRequest.value("messages", "No."))
                .get(random.nextInt(9));
    }
}
