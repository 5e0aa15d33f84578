package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.github.codebuddy2api.filestore.Config;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogControlTest {
    private final ManualTime time = new ManualTime();
    private final LoggerContext context = new LoggerContext();
    private final Logger ours = context.getLogger("io.github.codebuddy2api.app.Thing");
    private final Logger helidon = context.getLogger("io.helidon.webserver.Thing");
    private final Logger jdk = context.getLogger("jdk.internal.httpclient.debug");

    @TempDir
    Path home;

    private LogControl log;

    @BeforeEach
    void start() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        log = LogControl.start(context, home, time, ZoneOffset.UTC);
    }

    @AfterEach
    void stop() {
        log.close();
        context.stop();
    }

    @Test
    void there_is_no_file_before_somebody_has_said_what_it_is_like() {
        ours.info("early");

        assertThat(home.resolve("logs")).doesNotExist();
    }

    @Test
    void debug_lines_appear_without_a_restart() throws IOException {
        apply("INFO", null, null, null);
        ours.debug("unseen");
        apply("DEBUG", null, null, null);
        ours.debug("seen");

        assertThat(content()).contains("DEBUG    Thing - seen").doesNotContain("unseen");
    }

    @ParameterizedTest
    @CsvSource({
        "TRACE, trace debug info warn error critical foreign-warn foreign-error helidon-error",
        "DEBUG, debug info warn error critical foreign-warn foreign-error helidon-error",
        "INFO, info warn error critical foreign-warn foreign-error helidon-error",
        "SUCCESS, info warn error critical foreign-warn foreign-error helidon-error",
        "WARNING, warn error critical foreign-warn foreign-error helidon-error",
        "ERROR, error critical foreign-error helidon-error",
        "CRITICAL, critical",
        "60, ''"
    })
    void a_level_opens_our_own_loggers_and_never_the_depths_of_libraries(String level, String seen) throws IOException {
        apply(level, null, null, null);
        ours.trace("trace");
        ours.debug("debug");
        ours.info("info");
        ours.warn("warn");
        ours.error("error");
        ours.error(LogLine.CRITICAL, "critical");
        jdk.trace("foreign-trace");
        jdk.info("foreign-info");
        jdk.warn("foreign-warn");
        jdk.error("foreign-error");
        helidon.trace("helidon-trace");
        helidon.warn("helidon-warn");
        helidon.error("helidon-error");

        assertThat(content().lines().map(line -> line.substring(line.lastIndexOf(' ') + 1)))
                .containsExactly(seen.isEmpty() ? new String[0] : seen.split(" "));
    }

    @Test
    void small_files_packed_and_two_of_them_kept() throws IOException {
        apply("INFO", "1 KB", "2", "gz");
        for (int i = 0; i < 100; i++) {
            ours.info("{}", "x".repeat(60));
        }
        log.close();

        assertThat(names())
                .hasSize(3)
                .contains("codebuddy2api.log")
                .filteredOn(name -> name.endsWith(".gz"))
                .hasSize(2);
        assertThat(Files.size(home.resolve("logs/codebuddy2api.log"))).isLessThanOrEqualTo(1_000);
    }

    @Test
    void a_log_that_cannot_be_written_stops_nobody() throws IOException {
        Files.writeString(home.resolve("logs"), "in the way");
        apply("INFO", "10 MB", "7 days", "zip");
        for (int i = 0; i < 10; i++) {
            ours.info("line");
        }

        // The line that tells of the trouble is one of those that only the console shows.
        assertThat(log.dropped()).isEqualTo(10 + 1);
    }

    @Test
    void closing_ends_the_thread_and_the_file_and_can_be_repeated() throws IOException {
        apply("INFO", null, null, null);
        ours.info("before");
        log.close();
        log.close();
        log.apply(LogSettings.read(new Config.Logging("TRACE", null, null, null)));
        ours.info("after");

        assertThat(content()).contains("before").doesNotContain("after");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("log-archivist");
    }

    private void apply(String level, String rotation, String retention, String compression) {
        log.apply(LogSettings.read(new Config.Logging(level, rotation, retention, compression)));
    }

    private String content() throws IOException {
        Path file = home.resolve("logs/codebuddy2api.log");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("logs"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
