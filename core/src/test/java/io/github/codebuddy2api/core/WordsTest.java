package io.github.codebuddy2api.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @Test
    void json_is_carried_to_the_byte() throws IOException {
        byte[] bytes = "xx{\"n\": 1.50e0, \"t\": \"\\u00e9ä\"}yy".getBytes(StandardCharsets.UTF_8);
        RawJson json = RawJson.slice(bytes, 2, bytes.length - 4);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        json.writeTo(out);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"n\": 1.50e0, \"t\": \"\\u00e9ä\"}");
        assertThat(json.text()).isEqualTo(out.toString(StandardCharsets.UTF_8));
        assertThat(json.length()).isEqualTo(out.size());
    }

    @Test
    void equal_text_is_equal_json_wherever_it_lies() {
        byte[] bytes = "[true,true]".getBytes(StandardCharsets.UTF_8);

        assertThat(RawJson.slice(bytes, 1, 4))
                .isEqualTo(RawJson.slice(bytes, 6, 4))
                .hasSameHashCodeAs(RawJson.slice(bytes, 6, 4))
                .isNotEqualTo(RawJson.slice(bytes, 1, 5));
    }

    @Test
    void json_that_is_empty_or_outside_its_array_is_refused() {
        assertThatThrownBy(() -> RawJson.of("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RawJson.slice(new byte[3], 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void a_text_is_quoted_and_escaped_as_far_as_json_asks() {
        assertThat(RawJson.string("a\"b\\c\nd\u0000e\u001fé😀/").text())
                .isEqualTo("\"a\\\"b\\\\c\\u000ad\\u0000e\\u001fé😀/\"");
    }

    @Test
    void a_secret_prints_as_a_mask_and_compares_by_value() {
        Secret secret = Secret.of("not-a-token");

        assertThat(secret.toString()).isEqualTo("********");
        assertThat(secret).isEqualTo(Secret.of("not-a-token")).isNotEqualTo(Secret.of("not-a-tokem"));
        assertThat(secret.reveal()).isEqualTo("not-a-token");
        assertThatThrownBy(() -> Secret.of("")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb", "a/b", "é"})
    void a_request_id_that_could_harm_a_header_or_a_log_line_is_refused(String value) {
        assertThat(RequestId.isValid(value)).isFalse();
        assertThatThrownBy(() -> new RequestId(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_request_id_has_at_most_64_characters() {
        assertThat(RequestId.isValid("a".repeat(64))).isTrue();
        assertThat(RequestId.isValid("a".repeat(65))).isFalse();
    }

    @Test
    void a_random_request_id_is_32_hexadecimal_digits() {
        assertThat(RequestId.random(new Random(1)).value()).matches("[0-9a-f]{32}");
    }

    @Test
    void correlation_headers_are_found_in_any_case() {
        Correlation correlation = new Correlation(new RequestId("r"), Map.of("X-Conversation-ID", "c-1"));

        assertThat(correlation.headers().get("x-conversation-id")).isEqualTo("c-1");
    }
}
