package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.WebClient;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client that knows nothing of OpenAI: what it reads shows that our HTTP is plain HTTP. */
final class HelidonWebClientTest {
    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;
    private static WebClient client;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(Setup.with(simulator.uri()));
        client = WebClient.builder()
                .baseUri(service.uri())
                .shareConnectionCache(false)
                .readTimeout(Duration.ofSeconds(30))
                .build();
    }

    @AfterAll
    static void stop() {
        client.closeResource();
        service.close();
        simulator.close();
    }

    @Test
    void a_whole_answer_is_read() {
        try (HttpClientResponse response = chat(AppHome.PASSWORD, false)) {
            assertThat(response.status().code()).isEqualTo(200);
            assertThat(response.headers().contentType().orElseThrow().text())
                    .isEqualTo("application/json; charset=utf-8");
            assertThat(Json.read(response.as(String.class))
                            .at("/choices/0/message/content")
                            .asText())
                    .startsWith("This is hy3");
        }
    }

    @Test
    void a_stream_is_read_to_its_end_and_the_connection_serves_the_next_request() throws Exception {
        for (int turn = 0; turn < 3; turn++) {
            try (HttpClientResponse response = chat(AppHome.PASSWORD, true);
                    InputStream in = response.inputStream()) {
                SseText stream = SseText.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                assertThat(stream.done()).isTrue();
                assertThat(stream.joined("content")).startsWith("This is hy3");
            }
        }
    }

    @Test
    void a_wrong_key_is_told() {
        try (HttpClientResponse response = chat("not-the-password", false)) {
            assertThat(response.status().code()).isEqualTo(401);
            assertThat(Json.read(response.as(String.class)).at("/error/code").asText())
                    .isEqualTo("invalid_api_key");
        }
    }

    @Test
    void an_unknown_route_is_told() {
        try (HttpClientResponse response = client.get("/no/such/route").request()) {
            assertThat(response.status().code()).isEqualTo(404);
            assertThat(Json.read(response.as(String.class)).at("/error/code").asText())
                    .isEqualTo("unknown_route");
        }
    }

    private static HttpClientResponse chat(String key, boolean stream) {
        return client.post(Asked.CHAT)
                .header(HeaderNames.AUTHORIZATION, "Bearer " + key)
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .submit(Asked.body("hy3", stream));
    }
}
