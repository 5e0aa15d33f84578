package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.simulator.LoginOutcome;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Marks are planted in every secret and in all that is said, and everything that leaves the packaged program at its most
 * talkative level is searched for them: answers, log, both outputs, threads, command line, files.
 */
final class CanaryTest {
    /** In each stored token; its view shows only how it begins and ends. */
    private static final String TOKEN = "kumquat";

    /** In what callers say and are called. Chat answers and the list of the accounts may have it. */
    private static final String SAID = "persimmon";

    /** An account's name, which stands in the name of its file: its owner sees that, and statistics count by it. */
    private static final String NAME = "pomelo";

    private static final String NEW_PASSWORD = "tangelo-battery-staple";
    private static final String ACCOUNTS = "/codebuddy/v1/credentials";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String CHATS = "chat answers";
    private static final String STATISTICS = "lines of statistics";
    private static final String ANSWERS = "other answers";
    private static final String KEPT = "files of settings and choices";

    /** One that is used, was deleted, or cannot be used. */
    private static final Pattern CREDENTIAL =
            Pattern.compile("\\.codebuddy_creds/(\\.trash/|\\.quarantine/)?(?!manager_state)[^/]*\\.json");

    private static final String LISTS = "lists of accounts and settings";

    private final Outputs outputs = new Outputs();
    private final List<String> secrets =
            new ArrayList<>(List.of(TOKEN, AppHome.PASSWORD, NEW_PASSWORD, "wrong-grapefruit"));

    @Test
    @Tag("trust")
    @Tag("P16")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void no_output_has_a_secret_in_it() throws Exception {
        Proof proof = Proof.of(Promise.P16, "canaries");
        int rounds = proof.amount(1, 5, 100);
        proof.show(() -> {
            try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
                    ServiceUnderTest service = ServiceUnderTest.start(Setup.with(simulator.uri())
                            .withTokens(
                                    "tok-aaaaaaaa-" + TOKEN + "-1-zzzzzzzz", "tok-aaaaaaaa-" + TOKEN + "-2-zzzzzzzz")
                            .sections("logging: {level: TRACE, rotation: none}"))) {
                Calls owner = Calls.to(service);
                for (int round = 0; round < rounds; round++) {
                    chat(owner);
                    administer(owner);
                    logIn(simulator, owner, service.home(), round);
                    useSession(owner);
                    lookAtTheProcess(service.process());
                }
                changePassword(owner);
                service.process().stop();
                outputs.addLines("lines of both outputs", service.process().output());
                readFiles(service.home().folder());
            }
            assertThat(outputs.size("log lines")).isGreaterThan(50);
            assertThat(outputs.size("lines of thread dumps")).isGreaterThan(50);
            assertThat(outputs.size(KEPT)).isGreaterThan(2);
            List<String> hits = outputs.with(secrets);
            hits.addAll(outputs.with(List.of(SAID), CHATS, LISTS, KEPT));
            hits.addAll(outputs.with(List.of(NAME), CHATS, LISTS, ANSWERS, "events", STATISTICS, KEPT));
            assertThat(hits).isEmpty();
            return outputs.size() + " outputs (" + outputs.counted() + ") searched for " + secrets.size()
                    + " secrets, for what was said and for accounts' names: " + hits.size() + " hits";
        });
    }

    private void chat(Calls owner) throws IOException {
        for (String model : List.of(
                "sim-echo", "sim-t5", "sim-t8", "sim-11128", "sim-500", "sim-garbage", "sim-reset-before-headers")) {
            for (boolean stream : List.of(true, false)) {
                String tools = ",\"user\":\"" + SAID + "\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\""
                        + SAID + "\",\"description\":\"" + SAID + "\"}}]";
                String body = Asked.body(model, stream, tools).replace("prime", SAID);
                outputs.add(
                        CHATS,
                        owner.ask(
                                        "POST",
                                        Asked.CHAT + "?key=" + SAID,
                                        body,
                                        "Content-Type: application/json",
                                        "X-Conversation-ID: " + SAID,
                                        "Cookie: a=" + SAID)
                                .text());
            }
        }
        outputs.add(ANSWERS, whole(owner.post(Asked.CHAT, "{\"" + SAID)));
        outputs.add(ANSWERS, whole(owner.post(Asked.CHAT, "{\"model\":\"m\",\"messages\":\"" + SAID + "\"}")));
        outputs.add(ANSWERS, whole(owner.as("Bearer wrong-grapefruit").chat("hy3", false)));
        outputs.add(ANSWERS, whole(owner.as("Basic wrong-grapefruit").get("/api/status")));
    }

    private void administer(Calls owner) throws IOException {
        for (String path :
                List.of("/api/status", "/api/stats", "/api/models", "/v1/models", "/health", "/api/requests")) {
            outputs.add(ANSWERS, whole(owner.get(path)));
        }
        for (String path : List.of("", "/current", "/quota?index=0", "/accounts?index=0", "/check-in?index=0")) {
            outputs.add(LISTS, whole(owner.get(ACCOUNTS + path)));
        }
        outputs.add(LISTS, whole(owner.get("/api/settings")));
        outputs.add(LISTS, whole(owner.get("/api/settings/history")));
        outputs.add(LISTS, whole(owner.get("/api/settings/history/1")));
        String added = "{\"bearer_token\":\"tok-aaaaaaaa-" + TOKEN + "-3-zzzzzzzz\",\"user_id\":\"" + SAID + "\"}";
        outputs.add(LISTS, whole(owner.post(ACCOUNTS, added)));
        outputs.add(LISTS, whole(owner.post(ACCOUNTS, "{\"bearer_token\":5,\"" + TOKEN + "\":1}")));
        for (String path :
                List.of("/refresh", "/test", "/switch", "/check-in", "/select", "/auto", "/rename", "/delete")) {
            String body = "{\"index\":0,\"uid\":\"" + SAID + "\",\"label\":\"" + SAID + "\"}";
            outputs.add(LISTS, whole(owner.post(ACCOUNTS + path, body)));
        }
        String imported = "{\"content\":{\"access_token\":\"tok-aaaaaaaa-" + TOKEN + "-4-zzzzzzzz\"}}";
        outputs.add(LISTS, whole(owner.post(ACCOUNTS + "/import", imported)));
        outputs.add(
                LISTS,
                whole(owner.post("/api/settings", "{\"settings\":{\"CODEBUDDY_SYSTEM_MESSAGE\":\"" + SAID + "\"}}")));
        outputs.add(LISTS, whole(owner.post("/api/settings", "{\"settings\":{\"CODEBUDDY_PORT\":\"" + SAID + "\"}}")));
        try (RawConnection events = new RawConnection(owner.port())) {
            events.send(owner.request("GET", "/api/events", ""));
            events.readHead();
            outputs.add("events", new String(events.readChunk(), StandardCharsets.UTF_8));
        }
    }

    /** What the upstream gives for a login is known from the file alone. */
    private void logIn(SimulatedCodeBuddy simulator, Calls owner, AppHome home, int round) throws Exception {
        RawResponse started = owner.get("/codebuddy/auth/start");
        outputs.add(ANSWERS, whole(started));
        JsonNode json = started.json();
        Matcher state = Pattern.compile("[?&]state=([^\"&]+)").matcher(started.text());
        assertThat(state.find()).as(started.text()).isTrue();
        simulator.decideLogin(state.group(1), LoginOutcome.PERSONAL, NAME + round);
        String poll = "{\"auth_state\":\"" + json.path("auth_state").asText() + "\"}";
        Eventually.get("the end of the login", LIMIT, () -> owner.post("/codebuddy/auth/poll", poll), answer -> {
            outputs.add(LISTS, whole(answer));
            return !List.of("authorization_pending", "slow_down")
                    .contains(answer.json().path("error").asText());
        });
        int before = secrets.size();
        for (Path file : AppHome.lastingFiles(home.folder().resolve(".codebuddy_creds"), 1)) {
            JsonNode stored = Json.read(Files.readString(file));
            for (String member : List.of("bearer_token", "refresh_token", "access_token")) {
                String token = stored.path(member).asText("");
                if (token.length() > 16 && !token.contains(TOKEN) && !secrets.contains(token)) {
                    secrets.add(token);
                }
            }
        }
        assertThat(secrets).as("with the tokens of the login").hasSizeGreaterThan(before);
    }

    private void useSession(Calls owner) throws IOException {
        Calls nobody = owner.as("");
        RawResponse begun = nobody.post("/api/session", "{\"password\":\"" + AppHome.PASSWORD + "\"}");
        String cookie = begun.header("set-cookie").orElseThrow().replaceFirst(";.*", "");
        secrets.add(cookie.substring(cookie.indexOf('=') + 1));
        outputs.add(ANSWERS, begun.text());
        outputs.add(ANSWERS, whole(nobody.post("/api/session", "{\"password\":\"wrong-grapefruit\"}")));
        for (String path : List.of("/api/session", "/api/status", "/api/requests")) {
            outputs.add(ANSWERS, whole(nobody.ask("GET", path, "", "Cookie: " + cookie)));
        }
        outputs.add(
                ANSWERS,
                whole(nobody.ask("DELETE", "/api/session", "", "Cookie: " + cookie, "X-Requested-By: admin-page")));
    }

    private void lookAtTheProcess(ServiceProcess process) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        for (String command : List.of("Thread.print", "VM.command_line", "VM.system_properties")) {
            Process asked = new ProcessBuilder(jcmd, Long.toString(process.pid()), command)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(asked.waitFor()).as(said).isZero();
            outputs.addLines(command.startsWith("Thread") ? "lines of thread dumps" : "lines about the process", said);
        }
        for (String file : List.of("cmdline", "environ")) {
            Path told = Path.of("/proc", Long.toString(process.pid()), file);
            if (Files.isReadable(told)) {
                outputs.add("lines about the process", Files.readString(told, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private void changePassword(Calls owner) throws IOException {
        outputs.add(
                LISTS,
                whole(owner.post("/api/settings", "{\"settings\":{\"CODEBUDDY_PASSWORD\":\"" + NEW_PASSWORD + "\"}}")));
        outputs.add(ANSWERS, whole(owner.get("/api/status")));
        outputs.add(LISTS, whole(owner.as("Bearer " + NEW_PASSWORD).get("/api/settings")));
    }

    /** All but the credentials themselves; without the password where it is kept, in the configuration and its copies. */
    private void readFiles(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = home.relativize(file).toString();
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (name.startsWith("logs/")) {
                    outputs.addLines(name.endsWith(".log") ? "log lines" : STATISTICS, text);
                } else if (name.startsWith("config/")) {
                    String without = text.replace(AppHome.PASSWORD, "").replace(NEW_PASSWORD, "");
                    outputs.add(KEPT, name + " " + without);
                } else if (!CREDENTIAL.matcher(name).matches()) {
                    outputs.add(KEPT, name + " " + text);
                }
            }
        }
    }

    private static String whole(RawResponse response) {
        return response.status() + " " + response.headers() + " " + response.text();
    }
}
