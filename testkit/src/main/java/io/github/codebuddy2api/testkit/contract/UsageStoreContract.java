package io.github.codebuddy2api.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.spi.UsageStore;
import io.github.codebuddy2api.core.usage.UsageRecord;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a {@link UsageStore} that survives a restart promises. */
public interface UsageStoreContract {
    /**
     * A store over what the one before it in this test was given, which is closed in order if it can be; the first one
     * is empty.
     */
    UsageStore restarted();

    /** A moment of which the store still keeps records. */
    Instant kept();

    @Test
    default void a_new_store_holds_nothing() {
        assertThat(replayed(restarted())).isEmpty();
    }

    @Test
    default void every_record_comes_back_whole_and_in_order() {
        UsageRecord whole = new UsageRecord(
                kept(),
                "a \"model\"\\\n中",
                new CredentialId("credential-1"),
                "codebuddy 中 1.json",
                3,
                "upstream_error",
                1L << 40,
                2,
                3,
                0.25,
                Duration.ofMillis(1_234),
                Duration.ofMillis(5_678));
        List<UsageRecord> records = List.of(whole, record(1, null), record(2, "client_closed"));
        UsageStore store = restarted();
        assertThat(replayed(store)).isEmpty();

        records.forEach(store::append);

        assertThat(replayed(restarted())).isEqualTo(records);
        UsageStore third = restarted();
        assertThat(replayed(third)).isEqualTo(records);
        third.append(record(3, null));
        assertThat(replayed(restarted())).hasSize(4).endsWith(record(3, null));
    }

    @Test
    default void records_that_come_at_once_are_all_kept() {
        UsageStore store = restarted();
        assertThat(replayed(store)).isEmpty();
        List<OtherThread<Boolean>> callers = IntStream.range(0, 64)
                .mapToObj(i -> OtherThread.start(() -> {
                    store.append(record(i, null));
                    return true;
                }))
                .toList();
        assertThat(callers).extracting(OtherThread::result).containsOnly(true);

        List<UsageRecord> expected =
                IntStream.range(0, 64).mapToObj(i -> record(i, null)).toList();
        assertThat(replayed(restarted())).containsExactlyInAnyOrderElementsOf(expected);
    }

    private UsageRecord record(int number, @Nullable String failure) {
        CredentialId id = new CredentialId("credential-1");
        Instant end = kept().plusMillis(number);
        return new UsageRecord(end, "glm-5.2", id, "1.json", 1, failure, number, 0, 0, 0, null, Duration.ZERO);
    }

    private static List<UsageRecord> replayed(UsageStore store) {
        List<UsageRecord> records = new ArrayList<>();
        store.replay(records::add);
        return records;
    }
}
