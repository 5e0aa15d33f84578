package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged service, started in every way that leaves it without a usable password. */
final class BootMatrixTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What the password opens; how this is complete, the table's own test in the module of the endpoint shows. */
    private static final List<String> GUARDED = List.of(
            "POST /v1/chat/completions",
            "POST /codebuddy/v1/chat/completions",
            "GET /v1/models",
            "GET /codebuddy/v1/models",
            "GET /v1/models/hy3",
            "GET /api/models",
            "POST /api/models/refresh",
            "GET /codebuddy/v1/credentials",
            "POST /codebuddy/v1/credentials",
            "POST /codebuddy/v1/credentials/delete",
            "POST /codebuddy/v1/credentials/select",
            "POST /codebuddy/v1/credentials/auto",
            "POST /codebuddy/v1/credentials/import",
            "POST /codebuddy/v1/credentials/test",
            "GET /codebuddy/v1/credentials/current",
            "GET /codebuddy/v1/credentials/quota?index=0",
            "GET /api/settings",
            "POST /api/settings",
            "GET /api/settings/history",
            "POST /api/settings/restore",
            "POST /api/keywords/preview",
            "GET /api/stats",
            "GET /api/status",
            "GET /api/requests",
            "GET /api/events",
            "POST /codebuddy/auth/cancel");

    /** What stands in the place of the line of the password, or of the whole file. */
    private enum Start {
        NO_LINE(""),
        PLACEHOLDER("  password: your_secret_password\n"),
        NO_YAML("  password: \"never ends\n"),
        NULL("  password:\n"),
        TILDE("  password: ~\n"),
        EMPTY("  password: \"\"\n"),
        BLANK("  password: \"   \"\n"),
        LIST("  password: [a, b]\n"),
        MAP("  password: {a: b}\n"),
        CHANGE_ME("  password: changeme\n"),
        HASH_CUT_OFF("  password: $pbkdf2-sha256$i=600000$\n"),
        WRONG_NAME("  pasword: correct-horse-battery\n"),
        NO_UTF8("  password: \u0000\n");

        private final String line;

        Start(String line) {
            this.line = line;
        }

        void write(AppHome home, int port) throws IOException {
            home.config("server:\n  host: 127.0.0.1\n  port: " + port + "\n" + line);
        }
    }

    /** What came of it. */
    private static final class Count {
        private int served;
        private int refusedToStart;
        private int asked;
        private final List<String> open = new ArrayList<>();
    }

    @Test
    @Tag("trust")
    @Tag("P17")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void nothing_is_open_however_the_service_starts() throws Exception {
        Proof proof = Proof.of(Promise.P17, "starts-without-a-password");
        int starts = proof.amount(1, Start.values().length, Start.values().length);
        proof.show(() -> {
            Count count = new Count();
            for (Start start : List.of(Start.values()).subList(0, starts)) {
                try (AppHome home = AppHome.empty()) {
                    int port = ServiceUnderTest.freePort();
                    start.write(home, port);
                    tryAll(start.name(), home, port, count);
                }
            }
            if (starts > 1) {
                try (AppHome home = AppHome.empty()) {
                    Files.createDirectories(home.configFile());
                    tryAll("A_FOLDER", home, 8001, count);
                }
            }
            assertThat(count.open).isEmpty();
            assertThat(count.served).isPositive();
            return count.served + count.refusedToStart + " starts without a usable password: " + count.refusedToStart
                    + " refused to start, " + count.served + " locked × " + GUARDED.size() + " guarded routes, "
                    + count.asked + " requests: " + count.open.size() + " let in";
        });
    }

    private static void tryAll(String start, AppHome home, int port, Count count) throws Exception {
        try (ServiceProcess process = ServiceProcess.start(
                home, List.of(), "serve", "--home", home.folder().toString())) {
            try {
                process.awaitLine("it listens on " + port, line -> line.contains(":" + port), LIMIT);
            } catch (ServiceProcess.Ended didNotStart) {
                assertThat(process.awaitExit(LIMIT)).isNotZero();
                count.refusedToStart++;
                return;
            }
            count.served++;
            for (String token : List.of("", "null", "x", "your_secret_password", "changeme", AppHome.PASSWORD)) {
                Calls calls = new Calls(port, token.isEmpty() ? "" : "Bearer " + token);
                for (String line : GUARDED) {
                    String[] route = line.split(" ", 2);
                    boolean posts = route[0].equals("POST");
                    int status = posts
                            ? calls.post(route[1], "{}").status()
                            : calls.get(route[1]).status();
                    count.asked++;
                    if (status != 500 && status != 401) {
                        count.open.add(start + " " + line + " " + status);
                    }
                }
            }
        }
    }
}
