package io.github.codebuddy2api.acceptance;

import static io.github.codebuddy2api.proofs.Promise.P11;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Input of every door, far larger than the heap; each is survived, and the next caller is served. */
final class HugeInputTest {
    private static final String HEAP = "-Xmx256m";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long MEBIBYTE = 1L << 20;

    @Test
    @Tag("trust")
    @Tag("P11")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void no_request_however_large_fills_the_heap() throws Exception {
        Proof proof = Proof.of(P11, "huge-requests");
        int megabytes = proof.amount(32, 1024, 1024);
        int count = proof.amount(50_000, 1_000_000, 1_000_000);
        proof.show(() -> {
            try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
                    MeasuredService measured = MeasuredService.start(Setup.with(simulator.uri()), HEAP)) {
                Map<String, Integer> outcomes = new TreeMap<>();
                List<HugeRequests.Huge> streamed = HugeRequests.ofBytes(megabytes * MEBIBYTE);
                for (HugeRequests.Huge huge : streamed) {
                    outcomes.merge(sent(huge, measured), 1, Integer::sum);
                }
                List<HugeRequests.Huge> structured = HugeRequests.ofStructure(count);
                for (HugeRequests.Huge huge : structured) {
                    outcomes.merge(sent(huge, measured), 1, Integer::sum);
                }
                return "%d requests of up to %d MiB and %d of %d levels, keys, items or digits under %s: %s; %s"
                        .formatted(
                                streamed.size(),
                                megabytes,
                                structured.size(),
                                count,
                                HEAP,
                                outcomes,
                                survived(measured));
            }
        });
    }

    @Test
    @Tag("trust")
    @Tag("P11")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void no_answer_of_the_upstream_however_large_fills_the_heap() throws Exception {
        Proof proof = Proof.of(P11, "huge-answers");
        int megabytes = proof.amount(8, 256, 1024);
        int count = proof.amount(50_000, 1_000_000, 1_000_000);
        proof.show(() -> {
            try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
                    MeasuredService measured =
                            MeasuredService.start(Setup.with(simulator.uri()).withManyTokens(), HEAP)) {
                Map<Integer, Integer> outcomes = new TreeMap<>();
                List<String> models = HugeAnswers.teach(simulator, megabytes, count);
                for (String model : models) {
                    outcomes.merge(asked(measured, model, false), 1, Integer::sum);
                }
                // One that is read to its end may be as long as it is.
                List<String> streamed = models.stream()
                        .filter(name -> !name.equals("huge-answer") && !name.equals("huge-tool-call"))
                        .toList();
                for (String model : streamed) {
                    asked(measured, model, true);
                }
                return "%d answers of %d MiB or %d levels, keys or digits under %s, as a whole: %s; %d of them as a stream; %s"
                        .formatted(
                                models.size(), megabytes, count, HEAP, outcomes, streamed.size(), survived(measured));
            }
        });
    }

    @Test
    @Tag("trust")
    @Tag("P11")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void no_number_of_names_fills_the_heap() throws Exception {
        Proof proof = Proof.of(P11, "many-names");
        int names = proof.amount(200, 5_000, 100_000);
        proof.show(() -> {
            try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
                    MeasuredService measured =
                            MeasuredService.start(Setup.with(simulator.uri()).withManyTokens(), HEAP)) {
                Map<Integer, AtomicInteger> statuses = new TreeMap<>();
                askForModels(measured.service(), 0, names / 2, statuses);
                MeasuredService.Held middle = measured.held();
                askForModels(measured.service(), names / 2, names, statuses);
                MeasuredService.Held end = measured.held();
                int stats =
                        Calls.to(measured.service()).get("/api/stats").text().length();
                assertThat(stats).isLessThan((int) MEBIBYTE);
                return "%d different model names: %s; heap %d KiB after half of them, %d after all; statistics of %d KiB; %s"
                        .formatted(
                                names,
                                statuses,
                                middle.heapKilobytes(),
                                end.heapKilobytes(),
                                stats / 1024,
                                survived(measured));
            }
        });
    }

    @Test
    @Tag("trust")
    @Tag("P11")
    void no_file_however_large_fills_the_heap() throws Exception {
        Proof proof = Proof.of(P11, "huge-files");
        int megabytes = proof.amount(256, 1024, 1024);
        proof.show(() -> {
            try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
                    MeasuredService measured = MeasuredService.start(Setup.with(simulator.uri()), HEAP)) {
                AppHome home = measured.service().home();
                String good = Files.readString(home.configFile());
                int files = 0;
                for (String bad : List.of(good + bomb(), good + "# " + "x".repeat(8 << 20), good + deep())) {
                    isNamedInLog(measured, () -> home.config(bad));
                    serves(measured);
                    files++;
                }
                isNamedInLog(measured, () -> sparse(home.configFile(), megabytes));
                sparse(home.folder().resolve(".codebuddy_creds/codebuddy_token_9.json"), megabytes);
                home.credential("codebuddy_token_8.json", "{\"bearer_token\": " + "[".repeat(900_000));
                files += 3;
                serves(measured);
                home.config(good);
                assertThat(Calls.to(measured.service())
                                .get("/codebuddy/v1/credentials")
                                .status())
                        .isEqualTo(200);
                int boots = bootsWithHugeFiles(simulator, megabytes);
                return "%d huge files put into a running service and %d homes with them at boot, of up to %d MiB, bomb of aliases included; %s"
                        .formatted(files, boots, megabytes, survived(measured));
            }
        });
    }

    private interface Writing {
        void write() throws IOException;
    }

    private static void isNamedInLog(MeasuredService measured, Writing writing) throws Exception {
        long before = namings(measured);
        writing.write();
        Eventually.get("the log names the file", LIMIT, () -> namings(measured), namings -> namings > before);
    }

    private static long namings(MeasuredService measured) {
        return measured.service()
                .process()
                .output()
                .lines()
                .filter(line -> line.contains("config.yaml cannot be used"))
                .count();
    }

    /** Whoever starts so says what is wrong and stops in order. */
    private static int bootsWithHugeFiles(SimulatedCodeBuddy simulator, int megabytes) throws Exception {
        String good = Setup.with(simulator.uri()).yaml(ServiceUnderTest.freePort());
        List<String> configs = List.of(good + bomb(), good + deep(), "");
        for (String config : configs) {
            try (AppHome home = AppHome.empty()) {
                home.config(config);
                if (config.isEmpty()) {
                    sparse(home.configFile(), megabytes);
                }
                List<String> command = new ArrayList<>(
                        Packaged.command("serve", "--home", home.folder().toString()));
                command.add(command.indexOf("--module-path"), HEAP);
                try (ServiceProcess process = ServiceProcess.start(home, List.of(), command)) {
                    assertThat(process.awaitExit(LIMIT)).isPositive();
                    assertThat(process.output()).contains("config.yaml").doesNotContain("OutOfMemory", "StackOverflow");
                }
            }
        }
        return configs.size();
    }

    private static String bomb() {
        StringBuilder bomb = new StringBuilder("aliases:\n  a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (char name = 'b'; name <= 'z'; name++) {
            String former = "*" + (char) (name - 1);
            bomb.append("  ").append(name).append(": &").append(name).append(" [");
            bomb.append(String.join(", ", List.of(former, former, former, former, former, former, former, former)));
            bomb.append("]\n");
        }
        return bomb.toString();
    }

    private static String deep() {
        return "deep: " + "[".repeat(100_000) + "\n";
    }

    private static void sparse(Path file, int megabytes) throws IOException {
        try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
            random.setLength(megabytes * MEBIBYTE);
        }
    }

    private static String sent(HugeRequests.Huge huge, MeasuredService measured) throws IOException {
        String outcome = huge.send(measured.service().port());
        assertThat(outcome).as(huge.name()).isIn("200", "400", "408", "411", "413", "414", "431", "503", "closed");
        try {
            serves(measured);
        } catch (AssertionError dead) {
            throw new AssertionError("after " + huge + ": " + dead.getMessage(), dead);
        }
        return outcome;
    }

    private static int asked(MeasuredService measured, String model, boolean stream) throws IOException {
        RawResponse response = Asked.chat(measured.service(), model, stream);
        serves(measured);
        return response.status();
    }

    private static void askForModels(ServiceUnderTest service, int from, int to, Map<Integer, AtomicInteger> statuses)
            throws IOException {
        RawConnection connection = service.connect();
        try {
            for (int number = from; number < to; number++) {
                connection.send(Asked.request(Asked.body("invented-" + number, false)));
                RawResponse response = connection.read();
                statuses.computeIfAbsent(response.status(), status -> new AtomicInteger())
                        .incrementAndGet();
                if (response.header("connection").orElse("").equals("close")) {
                    connection.close();
                    connection = service.connect();
                }
            }
        } finally {
            connection.close();
        }
    }

    private static void serves(MeasuredService measured) throws IOException {
        RawResponse response;
        try {
            response = Asked.chat(measured.service(), "hy3", false);
        } catch (IOException dead) {
            throw new AssertionError(
                    "it serves nobody: " + measured.service().process().output(), dead);
        }
        assertThat(response.status()).as("%s", response).isEqualTo(200);
    }

    private static String survived(MeasuredService measured) throws Exception {
        serves(measured);
        assertThat(measured.service().process().isAlive()).isTrue();
        assertThat(measured.service().process().output()).doesNotContain("OutOfMemory", "StackOverflow");
        return "0 out of memory, peak heap %d MiB, RSS at most %d MiB"
                .formatted(measured.peakHeap(), measured.peakRss());
    }
}
