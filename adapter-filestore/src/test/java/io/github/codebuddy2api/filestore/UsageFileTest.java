package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.usage.UsageRecord;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class UsageFileTest {
    private static final Duration MONTH = Duration.ofDays(30);

    @TempDir
    Path home;

    private final ManualTime time = new ManualTime();

    private UsageFile store() {
        return new UsageFile(home.resolve("logs/usage"), () -> MONTH, time);
    }

    private Path day(String date) {
        return home.resolve("logs/usage/usage." + date + ".jsonl");
    }

    private static UsageRecord use(Instant at, String model) {
        return new UsageRecord(
                at,
                model,
                new CredentialId("0123456789abcdef"),
                "codebuddy_li.json",
                2,
                model.equals("bad") ? "rate_limited" : null,
                11,
                22,
                7,
                0.25,
                model.equals("bad") ? null : Duration.ofMillis(345),
                Duration.ofMillis(6_789));
    }

    private List<UsageRecord> kept() {
        try (UsageFile store = store()) {
            List<UsageRecord> records = new ArrayList<>();
            store.replay(records::add);
            return records;
        }
    }

    @Test
    void what_was_appended_is_there_after_a_restart_in_order_and_for_the_owner_alone() throws IOException {
        List<UsageRecord> uses = List.of(
                use(ManualTime.START.minus(Duration.ofDays(1)), "глм \"quoted\"\n"),
                use(ManualTime.START, "bad"),
                use(ManualTime.START.plusMillis(1), "glm-5.2"));
        try (UsageFile store = store()) {
            uses.forEach(store::append);
        }

        assertThat(kept()).isEqualTo(uses);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(day("2026-11-22"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("logs/usage"))))
                .isEqualTo("rwx------");
        assertThat(Files.readAllLines(day("2026-11-22"))).hasSize(2).allMatch(line -> line.length() < 250);
    }

    @Test
    void a_restart_appends() {
        for (String model : List.of("a", "b", "c")) {
            try (UsageFile store = store()) {
                store.append(use(ManualTime.START, model));
            }
        }

        assertThat(kept()).extracting(UsageRecord::model).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"v\":1,\"t\":17",
                "{\"v\":2}",
                "not json",
                "[]",
                "\0\0\0\0",
                "{\"v\":1}",
                "{\"v\":1,\"t\":1,\"m\":\"x\",\"c\":\"\"}",
                "{\"v\":1,\"t\":1,\"m\":\"x\",\"c\":\"c\",\"p\":-1}",
                "{\"v\":1,\"t\":9e99,\"m\":7,\"c\":\"c\"}",
                "{\"v\":1,\"t\":1,\"m\":\"x\",\"c\":\"c\",\"a\":\"x\"}",
                ""
            })
    void a_torn_or_foreign_line_is_passed_over_and_the_next_one_stands_by_itself(String torn) throws IOException {
        try (UsageFile store = store()) {
            store.append(use(ManualTime.START, "a"));
        }
        Files.writeString(day("2026-11-22"), torn, StandardOpenOption.APPEND);

        try (UsageFile store = store()) {
            store.append(use(ManualTime.START, "b"));
        }

        assertThat(kept()).extracting(UsageRecord::model).contains("a", "b").hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void the_file_cut_at_any_place_loses_only_what_was_cut() throws IOException {
        try (UsageFile store = store()) {
            store.append(use(ManualTime.START, "a"));
            store.append(use(ManualTime.START, "b"));
        }
        byte[] whole = Files.readAllBytes(day("2026-11-22"));
        int line = whole.length / 2;

        for (int length = 0; length <= whole.length; length++) {
            Files.write(day("2026-11-22"), java.util.Arrays.copyOf(whole, length));
            int lines = length < line - 1 ? 0 : length < whole.length - 1 ? 1 : 2;
            assertThat(kept()).as("cut at " + length).hasSize(lines);
        }
    }

    @Test
    void days_beyond_the_retention_are_removed_and_foreign_files_stay() throws IOException {
        Files.createDirectories(home.resolve("logs/usage"));
        Files.writeString(day("2026-10-22"), "");
        Files.writeString(day("2026-10-23"), "");
        Files.writeString(day("no-day"), "");
        Files.writeString(home.resolve("logs/usage/mine.txt"), "");

        try (UsageFile store = store()) {
            store.append(use(ManualTime.START, "a"));
        }

        assertThat(day("2026-10-22")).doesNotExist();
        assertThat(day("2026-10-23")).exists();
        assertThat(day("no-day")).exists();
        assertThat(home.resolve("logs/usage/mine.txt")).exists();
    }

    @Test
    void a_day_and_all_days_together_are_bounded() throws IOException {
        Files.createDirectories(home.resolve("logs/usage"));
        Files.writeString(day("2026-11-19"), "x".repeat(900));
        Files.writeString(day("2026-11-20"), "x".repeat(900));
        UsageDays days = new UsageDays(home.resolve("logs/usage"), 1_000);
        UsageFile store = new UsageFile(days, () -> MONTH, time, 1_000);

        IntStream.range(0, 50).forEach(i -> store.append(use(ManualTime.START, "a")));
        store.close();

        assertThat(Files.size(day("2026-11-22"))).isBetween(500L, 1_000L);
        assertThat(store.dropped()).isBetween(40L, 49L);
        assertThat(day("2026-11-19")).doesNotExist();
        assertThat(day("2026-11-20")).exists();
    }

    @Test
    void a_disk_that_refuses_costs_records_and_nothing_else() throws IOException {
        UsageFile store = store();
        Files.createDirectories(day("2026-11-22"));

        store.append(use(ManualTime.START, "a"));
        store.append(use(ManualTime.START, "b"));
        store.close();

        assertThat(store.dropped()).isEqualTo(2);
        assertThat(store.trouble()).isPresent();
        Files.delete(day("2026-11-22"));
        try (UsageFile next = store()) {
            next.append(use(ManualTime.START, "c"));
        }
        assertThat(kept()).extracting(UsageRecord::model).containsExactly("c");
    }

    @Test
    void a_closed_store_takes_nothing_more_and_closes_again() {
        UsageFile store = store();
        store.close();
        store.close();

        store.append(use(ManualTime.START, "a"));

        assertThat(store.dropped()).isEqualTo(1);
    }

    @Test
    void every_record_is_kept_or_counted() {
        int many = 20_000;
        UsageFile store = store();

        for (int i = 0; i < many; i++) {
            store.append(use(ManualTime.START, "m"));
        }
        store.close();

        assertThat(kept().size() + store.dropped()).isEqualTo(many);
    }

    @Test
    void a_file_in_place_of_the_directory_is_said_plainly() throws IOException {
        Files.writeString(home.resolve("logs"), "x");

        assertThatThrownBy(this::store).isInstanceOf(StoreFailed.class).hasMessageContaining("statistics");
    }

    @Test
    void a_sweep_that_fails_unexpectedly_costs_no_record_and_not_the_thread() {
        Supplier<Duration> broken = () -> {
            throw new IllegalStateException("no settings");
        };
        UsageFile store = new UsageFile(home.resolve("logs/usage"), broken, time);

        store.append(use(ManualTime.START, "a"));
        store.append(use(ManualTime.START, "b"));
        store.close();

        assertThat(store.dropped()).isZero();
        assertThat(kept()).extracting(UsageRecord::model).containsExactly("a", "b");
    }
}
