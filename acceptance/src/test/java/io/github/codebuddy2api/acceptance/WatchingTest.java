package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the owner can watch as it happens: {@code GET /api/events}, and {@code GET /api/requests} after a connect. */
final class WatchingTest {
    private SimulatedCodeBuddy simulator;
    private ServiceUnderTest service;
    private RawConnection events;

    @BeforeEach
    void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(Setup.with(simulator.uri()).sections("deadlines: {heartbeat: 1s}"));
        events = service.connect();
        events.send(Calls.to(service).request("GET", "/api/events", "", "Accept: text/event-stream"));
        assertThat(events.readHead().status()).isEqualTo(200);
        events.readChunkWith("event:status\ndata:{");
    }

    @AfterEach
    void stop() throws Exception {
        events.close();
        service.close();
        simulator.close();
    }

    private String config() throws IOException {
        return Files.readString(service.home().configFile());
    }

    @Test
    void a_request_is_told_while_it_is_answered_and_listed_afterwards() throws Exception {
        simulator.script("said", Streams.answer("a canary"));

        assertThat(Asked.chat(service, "said", true).status()).isEqualTo(200);

        String told = events.readChunkWith("\"state\":\"ended\"");
        assertThat(told).startsWith("event:request\ndata:{").contains("\"model\":\"said\"", "\"outcome\":\"ok\"");
        JsonNode listed = Calls.to(service).get("/api/requests").json().path("requests");
        assertThat(listed).hasSize(1);
        assertThat(told).contains(listed.get(0).path("id").asText());
        assertThat(listed.toString()).contains("\"standing\":\"chosen\"").doesNotContain("canary", "prime number");
    }

    @Test
    void settings_are_told_whoever_changes_them() throws Exception {
        Calls.to(service).change("{\"CODEBUDDY_ROTATION_COUNT\": 3}");
        assertThat(events.readChunkWith("event:settings")).isEqualTo("event:settings\ndata:{}\n\n");

        service.home().config(config() + "\n# saved in an editor\nkeyword_replacer: {enabled: false}\n");
        events.readChunkWith("event:settings");
    }

    @Test
    void a_credential_dropped_into_the_folder_is_told() throws Exception {
        Calls.to(service).get("/codebuddy/v1/credentials");
        service.home().credential("codebuddy_dropped.json", "{\"bearer_token\": \"dropped\", \"user_id\": \"user-9\"}");

        Eventually.get(
                "the dropped credential",
                Duration.ofSeconds(20),
                () -> Calls.to(service).get("/codebuddy/v1/credentials").text(),
                listed -> listed.contains("codebuddy_dropped"));

        events.readChunkWith("event:credentials\ndata:{}");
    }

    @Test
    void whoever_knew_an_older_password_reads_nothing_more() throws Exception {
        service.home().config(config().replace(AppHome.PASSWORD, "another-horse-battery"));

        assertThat(new String(events.readToEnd(), StandardCharsets.UTF_8)).doesNotContain("event:");
    }
}
