package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What every error response has in common (reliability, 7.1), whatever its code. */
final class ErrorContract {
    private static final int MAX_MESSAGE = 512;

    private ErrorContract() {}

    static void isKept(RawResponse response) {
        assertThat(response.header("content-type")).contains("application/json; charset=utf-8");
        assertThat(response.header("cache-control")).contains("no-store");
        assertThat(response.header("x-request-id").orElse("")).matches("[A-Za-z0-9._-]{1,64}");
        assertThat(response.header("server")).isEmpty();
        assertThat(response.whole()).isTrue();
        JsonNode json = response.json();
        assertThat(json.fieldNames()).toIterable().containsExactlyInAnyOrder("error", "detail");
        if (response.status() == 422 && json.path("detail").isArray()) {
            isListOfFaults(json.path("detail"));
        } else {
            assertThat(json.path("detail").asText())
                    .isEqualTo(json.at("/error/message").asText());
        }
        isErrorObject(json.path("error"));
    }

    /** As the original told what was wrong with a typed body. */
    private static void isListOfFaults(JsonNode detail) {
        assertThat(detail).isNotEmpty();
        for (JsonNode fault : detail) {
            assertThat(fault.path("type").isTextual()).as("%s", fault).isTrue();
            assertThat(fault.path("msg").isTextual()).as("%s", fault).isTrue();
            assertThat(fault.path("loc").path(0).asText()).isEqualTo("body");
        }
    }

    static void isErrorObject(JsonNode error) {
        assertThat(error.fieldNames()).toIterable().containsExactlyInAnyOrder("message", "type", "param", "code");
        for (String member : List.of("message", "type", "code")) {
            assertThat(error.path(member).isTextual()).as(member).isTrue();
        }
        assertThat(error.path("param").isNull() || error.path("param").isTextual())
                .isTrue();
        String message = error.path("message").asText();
        assertThat(message).isNotBlank().hasSizeLessThanOrEqualTo(MAX_MESSAGE).doesNotContain("\n", "\r", "\u001b");
        assertThat(message).doesNotContain("token-", "127.0.0.1", "Exception", "io.github", ".json");
    }
}
