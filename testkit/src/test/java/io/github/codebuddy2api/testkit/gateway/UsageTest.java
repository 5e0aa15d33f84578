package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.chat.Usage;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.usage.UsageRecord;
import io.github.codebuddy2api.core.usage.UsageSummary;
import io.github.codebuddy2api.core.usage.UsageSummary.Counts;
import io.github.codebuddy2api.core.usage.UsageSummary.Hour;
import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.InMemoryUsageStore;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class UsageTest {
    private static final Usage SPENT = new Usage(30L, 4L, null, 20L, null, new BigDecimal("1.5"), Map.of());
    private static final Script ANSWER = Script.says(Chunks.content("Seven."), Chunks.stop(), ChatChunk.ofUsage(SPENT));

    @AutoClose
    private final Benches benches = new Benches();

    /** Regression: one damaged record kept the gateway from starting. */
    @Test
    void a_stored_wait_of_centuries_does_not_keep_the_gateway_from_starting() {
        UsageRecord damaged = new UsageRecord(
                ManualTime.START,
                Chats.MODEL,
                new CredentialId("a"),
                "a",
                1,
                null,
                1,
                1,
                0,
                0,
                Duration.ofMillis(Long.MAX_VALUE),
                Duration.ZERO);

        FullBench bench = benches.full(
                ScriptedUpstream.always(ANSWER), InMemoryCredentialStore.of(), InMemoryUsageStore.of(damaged));

        assertThat(bench.gateway.usage().summary().total().requests()).isOne();
    }

    @Test
    void an_answer_is_counted_with_what_it_cost() {
        Gate gate = Gate.shut();
        Script slow = Script.nothing()
                .thenAwaits(gate)
                .thenSays(Chunks.content("Seven."), Chunks.stop(), ChatChunk.ofUsage(SPENT));
        FullBench bench = benches.full(ScriptedUpstream.always(slow), "a");
        OtherThread<CompletionStream> call =
                OtherThread.start(() -> bench.gateway.chat().stream(Chats.request(), Chats.correlation()));
        gate.awaitArrival();
        bench.time.advance(Duration.ofSeconds(2));
        gate.open();
        try (CompletionStream stream = call.result()) {
            bench.time.advance(Duration.ofSeconds(3));
            Chunks.drain(stream);
        }

        assertThat(bench.usage.records())
                .containsExactly(new UsageRecord(
                        ManualTime.START.plusSeconds(5),
                        Chats.MODEL,
                        new CredentialId("a"),
                        "a",
                        1,
                        null,
                        30,
                        4,
                        20,
                        1.5,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5)));
        Counts counts = new Counts(1, Map.of(), 30, 4, 20, 1.5, Duration.ofSeconds(2));
        assertThat(summary(bench))
                .isEqualTo(new UsageSummary(
                        ManualTime.START,
                        counts,
                        Map.of(Chats.MODEL, counts),
                        Map.of("a", counts),
                        List.of(new Hour(ManualTime.START, counts))));
    }

    @Test
    void a_request_that_fails_over_counts_once_under_the_credential_that_answered() {
        FullBench bench = benches.full(ScriptedUpstream.of(Script.refuses(limited()), ANSWER), "a", "b");

        bench.chat(Chats.MODEL);

        assertThat(bench.usage.records()).extracting(UsageRecord::attempts).containsExactly(2);
        assertThat(summary(bench).byCredential()).containsOnlyKeys("b");
    }

    @Test
    void a_request_that_the_upstream_refuses_counts_as_a_failure() {
        FullBench bench = benches.full(ScriptedUpstream.always(Script.refuses(limited())), "a");

        assertThat(bench.chat(Chats.MODEL)).isInstanceOf(RateLimited.class);

        Counts counts = new Counts(1, Map.of("rate_limit_exceeded", 1L), 0, 0, 0, 0, null);
        assertThat(summary(bench).total()).isEqualTo(counts);
        assertThat(summary(bench).byCredential()).isEqualTo(Map.of("a", counts));
        assertThat(bench.usage.records()).extracting(UsageRecord::failure).containsExactly("rate_limit_exceeded");
    }

    @Test
    void an_answer_that_breaks_off_counts_as_a_failure_with_its_first_chunk() {
        Script broken = Script.says(Chunks.content("Se")).thenFails(FullBench.trouble());
        FullBench bench = benches.full(ScriptedUpstream.always(broken), "a");

        bench.chat(Chats.MODEL);

        assertThat(summary(bench).total())
                .isEqualTo(new Counts(1, Map.of("upstream_error", 1L), 0, 0, 0, 0, Duration.ZERO));
    }

    @Test
    void a_request_without_a_credential_counts_nowhere() {
        FullBench bench = benches.full();

        bench.chat(Chats.MODEL);

        assertThat(summary(bench))
                .isEqualTo(new UsageSummary(ManualTime.START, Counts.NONE, Map.of(), Map.of(), List.of()));
        assertThat(bench.usage.records()).isEmpty();
    }

    @Test
    void a_request_that_finds_every_credential_at_rest_counts_nowhere() {
        FullBench bench = benches.full(ScriptedUpstream.of(Script.refuses(limited())), "a");
        bench.chat(Chats.MODEL);

        assertThat(bench.chat(Chats.MODEL)).isInstanceOf(RateLimited.class);

        assertThat(summary(bench).total().requests()).isEqualTo(1);
    }

    @Test
    void what_is_stored_is_counted_before_anything_else() {
        Instant yesterday = ManualTime.START.minus(Duration.ofHours(30));
        Instant today = ManualTime.START.minus(Duration.ofHours(2)).plusSeconds(60);
        FullBench bench = storing(record(yesterday, "old", null), record(today, "glm", "upstream_error"));

        bench.chat("glm");

        UsageSummary summary = summary(bench);
        assertThat(summary.since()).isEqualTo(yesterday);
        assertThat(summary.total().requests()).isEqualTo(3);
        assertThat(summary.byModel()).containsOnlyKeys("old", "glm");
        assertThat(summary.hours())
                .extracting(Hour::start)
                .containsExactly(ManualTime.START.minus(Duration.ofHours(2)), ManualTime.START);
        assertThat(bench.usage.records()).hasSize(3);
    }

    @Test
    void an_hour_is_told_for_a_day() {
        FullBench bench = benches.full(ScriptedUpstream.always(ANSWER), "a");
        bench.chat("m");
        bench.time.advance(Duration.ofHours(23));
        bench.chat("m");
        assertThat(summary(bench).hours()).hasSize(2);

        bench.time.advance(Duration.ofHours(1));

        assertThat(summary(bench).hours())
                .extracting(Hour::start)
                .containsExactly(ManualTime.START.plus(Duration.ofHours(23)));
        assertThat(summary(bench).total().requests()).isEqualTo(2);
    }

    @Test
    void a_record_from_the_future_is_no_hour_yet() {
        FullBench bench = storing(record(ManualTime.START.plus(Duration.ofDays(400)), "m", null));

        assertThat(summary(bench).hours()).isEmpty();
        assertThat(summary(bench).total().requests()).isEqualTo(1);
    }

    @Test
    void only_so_many_names_are_told_apart() {
        FullBench bench = benches.full(ScriptedUpstream.always(ANSWER), "a");
        IntStream.range(0, 1_000).forEach(i -> bench.chat("invented-" + i));

        Map<String, Counts> byModel = summary(bench).byModel();

        assertThat(byModel).hasSize(UsageSummary.MAX_LABELS + 1).containsKey("invented-0");
        assertThat(byModel.get(UsageSummary.OTHER).requests()).isEqualTo(800);
        assertThat(summary(bench).total().requests()).isEqualTo(1_000);
    }

    @Test
    void invented_codes_in_a_store_take_no_room_either() {
        UsageRecord[] invented = IntStream.range(0, 1_000)
                .mapToObj(i -> record(ManualTime.START, "m", "code-" + i))
                .toArray(UsageRecord[]::new);

        assertThat(summary(storing(invented)).total().failures()).hasSize(101);
    }

    @Test
    void a_long_name_is_cut() {
        FullBench bench = benches.full(ScriptedUpstream.always(ANSWER), "a");

        bench.chat("m".repeat(10_000));

        assertThat(summary(bench).byModel()).containsOnlyKeys("m".repeat(UsageRecord.MAX_MODEL));
    }

    @Test
    void a_store_that_throws_breaks_no_answer_and_is_counted_all_the_same() {
        FullBench bench = benches.full(ScriptedUpstream.always(ANSWER), "a");
        bench.usage.breakDown(true);

        bench.chat(Chats.MODEL);

        assertThat(summary(bench).total().requests()).isEqualTo(1);
    }

    @Test
    void many_answers_that_end_at_once_are_all_counted() {
        FullBench bench = benches.full(ScriptedUpstream.always(ANSWER), "a", "b");
        List<OtherThread<Boolean>> callers = IntStream.range(0, 256)
                .mapToObj(i -> OtherThread.start(() -> {
                    bench.chat("m" + i % 7);
                    return true;
                }))
                .toList();

        assertThat(callers).allSatisfy(caller -> assertThat(caller.result()).isTrue());

        UsageSummary summary = summary(bench);
        assertThat(summary.total().requests()).isEqualTo(256);
        assertThat(summary.total().credit()).isEqualTo(256 * 1.5);
        assertThat(summary.byModel().values().stream()
                        .mapToLong(Counts::requests)
                        .sum())
                .isEqualTo(256);
        assertThat(bench.usage.records()).hasSize(256);
    }

    @Test
    void a_request_that_is_wrong_is_counted_once_it_reached_a_credential() {
        FullBench bench = benches.full(
                ScriptedUpstream.always(Script.refuses(InvalidRequest.value("temperature", "Too hot."))), "a");

        bench.chat(Chats.MODEL);

        assertThat(summary(bench).total().failures()).isEqualTo(Map.of("invalid_value", 1L));
    }

    private static RateLimited limited() {
        return new RateLimited(LimitScope.CREDENTIAL, Duration.ofMinutes(1), "Wait.");
    }

    private static UsageSummary summary(FullBench bench) {
        return bench.gateway.usage().summary();
    }

    private FullBench storing(UsageRecord... records) {
        return benches.full(
                ScriptedUpstream.always(ANSWER),
                InMemoryCredentialStore.of(Credentials.named("a")),
                InMemoryUsageStore.of(records));
    }

    private static UsageRecord record(Instant end, String model, @Nullable String failure) {
        CredentialId id = new CredentialId("gone");
        return new UsageRecord(end, model, id, "gone.json", 1, failure, 1, 2, 0, 0, null, Duration.ofSeconds(1));
    }
}
