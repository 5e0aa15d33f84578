package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.LoginOutcome;
import io.github.codebuddy2api.simulator.Options;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Logging in, over HTTP and from the shell: every stage and every end that the upstream knows. */
final class LoginTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String START = "/codebuddy/auth/start";
    private static final String POLL = "/codebuddy/auth/poll";
    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/login\\?\\S*state=([0-9a-f]+)");

    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start(Options.defaults().withPendingPolls(Options.BY_HAND));
        service =
                ServiceUnderTest.start(Setup.with(simulator.uri()).withTokens().sections("oauth: {max_pending: 1000}"));
    }

    @AfterAll
    static void stop() {
        service.close();
        simulator.close();
    }

    @BeforeEach
    void forget() {
        simulator.journal().clear();
    }

    @Test
    void the_stages_after_the_login_are_pending_too_and_the_account_is_asked_for() throws Exception {
        JsonNode started = started();
        assertThat(simulator.decideLogin(stateOf(started), LoginOutcome.PERSONAL, "Ann"))
                .isTrue();
        List<RawResponse> answers = pollToTheEnd(started);

        assertThat(answers.getLast().status()).isEqualTo(200);
        assertThat(simulator.journal().requests("/v2/plugin/login/account")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(simulator.journal().requests("/v2/plugin/accounts")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(tokensGiven()).as("tokens are given once").isEqualTo(1);
    }

    @Test
    void a_member_of_an_enterprise_chats_for_the_enterprise() throws Exception {
        JsonNode started = started();
        simulator.decideLogin(stateOf(started), LoginOutcome.ENTERPRISE, "Enter");
        List<RawResponse> answers = pollToTheEnd(started);
        assertThat(answers.getLast().status()).as("%s", answers.getLast()).isEqualTo(200);

        JsonNode saved = saved("Enter");
        assertThat(saved.toString()).contains("ent-1");
        CredentialsCalls credentials = new CredentialsCalls(simulator, service);
        int index = credentials
                .all("filename")
                .indexOf(fileOf("Enter").getFileName().toString());
        credentials.done("select", "{\"index\":" + index + "}");
        simulator.journal().clear();
        assertThat(Calls.to(service).chat("hy3", false).status()).isEqualTo(200);
        Exchange chat = simulator.journal().requests("/v2/chat/completions").getFirst();
        assertThat(chat.header("X-Enterprise-Id")).contains("ent-1");
        assertThat(chat.header("X-Tenant-Id")).contains("ent-1");
        credentials.done("auto", "");
    }

    @ParameterizedTest
    @EnumSource(
            value = LoginOutcome.class,
            mode = Mode.EXCLUDE,
            names = {"PERSONAL", "ENTERPRISE"})
    void a_login_that_is_refused_says_why_and_is_over(LoginOutcome outcome) throws Exception {
        int before = new CredentialsCalls(simulator, service).list().size();
        JsonNode started = started();
        simulator.decideLogin(stateOf(started), outcome, "Bad");
        RawResponse refused = pollToTheEnd(started).getLast();

        assertThat(refused.status()).as("%s", refused).isEqualTo(400);
        assertThat(refused.json().path("error").asText()).isIn("access_denied", "auth_error");
        String why = refused.json().path("error_description").asText();
        assertThat(why)
                .containsIgnoringCase(
                        switch (outcome) {
                            case NO_SEAT -> "seat";
                            case LICENCE_EXPIRED -> "licen";
                            case TRIAL_EXPIRED -> "trial";
                            case ADDRESS_REFUSED -> "address";
                            case PERSONAL, ENTERPRISE -> throw new AssertionError();
                        });
        assertThat(new CredentialsCalls(simulator, service).list()).hasSize(before);
        RawResponse again = poll(started);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.json().path("error").asText()).isNotEqualTo("authorization_pending");
    }

    /** No paper knows the code of the upstream for this, so any words for "begin again" will do. */
    @Test
    void a_login_that_the_upstream_has_forgotten_is_over() throws Exception {
        JsonNode started = started();
        simulator.script("/v2/plugin/auth/token", Scenario.json(200, "{\"code\":11218,\"msg\":\"state not found\"}"));
        try {
            RawResponse refused = pollToTheEnd(started).getLast();
            assertThat(refused.status()).as("%s", refused).isEqualTo(400);
            assertThat(refused.json().path("error").asText()).isIn("expired_token", "access_denied", "auth_error");
            assertThat(refused.json().path("error_description").asText())
                    .containsPattern("(?i)log in again|new login|start again");
        } finally {
            simulator.unscript("/v2/plugin/auth/token");
        }
    }

    @Test
    void many_polls_at_once_give_one_credential() throws Exception {
        JsonNode started = started();
        simulator.decideLogin(stateOf(started), LoginOutcome.PERSONAL, "Crowd");
        Eventually.get("the end", LIMIT, () -> crowd(started), statuses -> statuses.contains(200));

        assertThat(fileOf("Crowd")).exists();
        assertThat(tokensGiven()).isEqualTo(1);
    }

    @Test
    void too_many_logins_at_once_are_refused_and_an_old_one_expires() throws Exception {
        try (ServiceUnderTest strict =
                ServiceUnderTest.start(Setup.with(simulator.uri()).sections("oauth: {state_lifetime: 3s}"))) {
            Calls anybody = Calls.to(strict).as("");
            String first = "";
            for (int login = 0; login < 10; login++) {
                RawResponse started = anybody.get(START);
                assertThat(started.status()).as("%s", started).isEqualTo(200);
                first = first.isEmpty() ? started.json().path("auth_state").asText() : first;
            }
            RawResponse tooMany = anybody.get(START);
            assertThat(tooMany.status()).as("%s", tooMany).isEqualTo(429);

            String expired = first;
            RawResponse late = Eventually.get(
                    "the end of the first",
                    LIMIT,
                    () -> anybody.post(POLL, "{\"auth_state\":\"" + expired + "\"}"),
                    answer -> !answer.text().contains("authorization_pending")
                            && !answer.text().contains("slow_down"));
            assertThat(late.status()).isEqualTo(400);
            assertThat(anybody.get(START).status()).isEqualTo(200);
        }
    }

    /** All at once, because each of them waits between two questions as long as the upstream wants. */
    @Test
    void from_the_shell_a_link_is_printed_and_every_end_is_told() throws Exception {
        AppHome besideRunning = home();
        try (ServiceUnderTest running = ServiceUnderTest.start(besideRunning, besideRunning.port(), List.of());
                AppHome alone = home();
                AppHome refused = home();
                ServiceProcess person = login(alone);
                ServiceProcess member = login(besideRunning);
                ServiceProcess noSeat = login(refused);
                ServiceProcess noLicence = login(refused)) {
            simulator.decideLogin(awaitLink(person), LoginOutcome.PERSONAL, "Shell");
            simulator.decideLogin(awaitLink(member), LoginOutcome.ENTERPRISE, "Beside");
            simulator.decideLogin(awaitLink(noSeat), LoginOutcome.NO_SEAT, "Refused");
            simulator.decideLogin(awaitLink(noLicence), LoginOutcome.LICENCE_EXPIRED, "Refused");

            assertThat(noSeat.awaitExit(LIMIT)).as(noSeat.output()).isEqualTo(1);
            assertThat(noSeat.output()).containsIgnoringCase("seat").doesNotContain("Exception", "\tat ");
            assertThat(noLicence.awaitExit(LIMIT)).as(noLicence.output()).isEqualTo(1);
            assertThat(noLicence.output()).containsIgnoringCase("licen").doesNotContain("Exception", "\tat ");
            assertThat(files(refused.folder().resolve(".codebuddy_creds"))).isEmpty();
            assertThat(person.awaitExit(LIMIT)).as(person.output()).isZero();
            isStored(alone, "Shell", person.output());
            assertThat(member.awaitExit(LIMIT)).as(member.output()).isZero();
            isStored(besideRunning, "Beside", member.output());
            Eventually.get(
                    "the new account",
                    LIMIT,
                    () -> Calls.to(running).chat("hy3", false).status(),
                    status -> status == 200);
        }
    }

    private static void isStored(AppHome home, String person, String output) throws IOException {
        List<Path> files = files(home.folder().resolve(".codebuddy_creds"));
        assertThat(files).hasSize(1);
        assertThat(files.getFirst().getFileName().toString()).matches("codebuddy_" + person + "_\\d+\\.json");
        JsonNode saved = Json.read(Files.readString(files.getFirst()));
        assertThat(output)
                .doesNotContain(
                        saved.path("bearer_token").asText(),
                        saved.path("refresh_token").asText());
    }

    /** With nobody at its terminal. */
    private static ServiceProcess login(AppHome home) throws IOException {
        ServiceProcess login = ServiceProcess.start(
                home, List.of(), "login", "--home", home.folder().toString());
        login.input("");
        return login;
    }

    private static AppHome home() throws IOException {
        AppHome home = AppHome.empty();
        home.config(Setup.with(simulator.uri()).yaml(ServiceUnderTest.freePort()));
        return home;
    }

    private static String awaitLink(ServiceProcess login) throws InterruptedException {
        login.awaitLine("a link", line -> LINK.matcher(line).find(), LIMIT);
        Matcher link = LINK.matcher(login.standardOutput());
        assertThat(link.find()).as(login.output()).isTrue();
        return link.group(1);
    }

    private static Calls anybody() {
        return Calls.to(service).as("");
    }

    private static JsonNode started() throws IOException {
        RawResponse response = anybody().get(START);
        assertThat(response.status()).as("%s", response).isEqualTo(200);
        return response.json();
    }

    private static String stateOf(JsonNode started) {
        Matcher link = LINK.matcher(started.path("verification_uri_complete").asText());
        assertThat(link.find()).as("%s", started).isTrue();
        return link.group(1);
    }

    private static RawResponse poll(JsonNode started) throws IOException {
        return anybody().post(POLL, "{\"auth_state\":" + started.path("auth_state") + "}");
    }

    /** All answers up to the first that is not pending. */
    private static List<RawResponse> pollToTheEnd(JsonNode started) throws Exception {
        List<RawResponse> answers = new ArrayList<>();
        Eventually.get("the end", LIMIT, () -> poll(started), answer -> {
            answers.add(answer);
            String error = answer.json().path("error").asText();
            return !error.equals("authorization_pending") && !error.equals("slow_down");
        });
        return answers;
    }

    private static Set<Integer> crowd(JsonNode started) throws Exception {
        List<Future<Integer>> polls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < 10; caller++) {
                polls.add(threads.submit(() -> poll(started).status()));
            }
        }
        Set<Integer> statuses = new HashSet<>();
        for (Future<Integer> poll : polls) {
            statuses.add(poll.get());
        }
        return statuses;
    }

    /** How often the upstream was asked for tokens after it had given them, plus one. */
    private static long tokensGiven() {
        return simulator.journal().requests("/v2/plugin/auth/token").size();
    }

    private static JsonNode saved(String person) throws IOException {
        return Json.read(Files.readString(fileOf(person)));
    }

    private static Path fileOf(String person) throws IOException {
        List<Path> files = files(service.home().folder().resolve(".codebuddy_creds")).stream()
                .filter(file -> file.getFileName().toString().contains("_" + person + "_"))
                .toList();
        assertThat(files).hasSize(1);
        return files.getFirst();
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file)
                            && !file.getFileName().toString().startsWith(".")
                            && file.getFileName().toString().startsWith("codebuddy_"))
                    .sorted()
                    .toList();
        }
    }
}
