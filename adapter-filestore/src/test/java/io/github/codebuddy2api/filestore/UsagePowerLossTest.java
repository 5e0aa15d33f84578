package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.usage.UsageRecord;
import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The power is lost, in thought, while the file of the day's use is written. */
final class UsagePowerLossTest {
    private static final int MOST_RECORDS = 20;

    @TempDir
    Path home;

    private final ManualTime time = new ManualTime();

    @Test
    @Tag("trust")
    @Tag("P2")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void what_was_forced_of_the_use_is_there_and_what_was_torn_is_passed_over() throws Exception {
        Proof proof = Proof.of(Promise.P2, "power-losses-of-usage")
                .without("the use of the last minutes, which is not forced record by record on purpose");
        int losses = proof.amount(50, 2_000, 20_000);
        proof.show(() -> {
            Random random = new Random(proof.seed());
            List<UsageRecord> written = IntStream.range(0, MOST_RECORDS)
                    .mapToObj(SavingProgram::record)
                    .toList();
            append(written);
            Path day = day();
            byte[] whole = Files.readAllBytes(day);
            long lost = 0;
            for (int loss = 0; loss < losses; loss++) {
                int forced = random.nextInt(MOST_RECORDS);
                Files.write(day, ruined(whole, forced, random));
                append(List.of(SavingProgram.record(MOST_RECORDS)));
                lost += MOST_RECORDS + 1 - kept(written, forced).size();
            }
            return "%,d simulated power losses while usage is written: 0 forced records lost, 0 made up; %,d not yet forced ones lost"
                    .formatted(losses, lost);
        });
    }

    /** What is forced stays, of the rest anything may be there. */
    private static byte[] ruined(byte[] whole, int forced, Random random) {
        int from = 0;
        for (int line = 0; line < forced; from++) {
            line += whole[from] == '\n' ? 1 : 0;
        }
        byte[] torn = CrashHistory.torn(Arrays.copyOfRange(whole, from, whole.length), random);
        byte[] ruined = Arrays.copyOf(whole, from + torn.length);
        System.arraycopy(torn, 0, ruined, from, torn.length);
        return ruined;
    }

    private List<UsageRecord> kept(List<UsageRecord> written, int forced) {
        List<UsageRecord> kept = new ArrayList<>();
        try (UsageFile store = store()) {
            store.replay(kept::add);
            assertThat(store.trouble()).isEmpty();
        }
        assertThat(kept).containsAll(written.subList(0, forced)).endsWith(SavingProgram.record(MOST_RECORDS));
        assertThat(written).containsAll(kept.subList(0, kept.size() - 1));
        return kept;
    }

    private void append(List<UsageRecord> records) {
        try (UsageFile store = store()) {
            records.forEach(store::append);
        }
    }

    private UsageFile store() {
        return new UsageFile(home.resolve("usage"), () -> Duration.ofDays(30), time);
    }

    private Path day() throws IOException {
        try (var files = Files.list(home.resolve("usage"))) {
            return files.findFirst().orElseThrow();
        }
    }
}
