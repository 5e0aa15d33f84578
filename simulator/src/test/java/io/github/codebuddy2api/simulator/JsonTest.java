package io.github.codebuddy2api.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "[]",
                "{}",
                "-1.5",
                "[1,[2,{\"a\":null}],false]",
                "{\"b\":1,\"a\":\"x\\\"\\\\\\n\\t\\u0001世😀\"}"
            })
    void what_is_read_is_written_again(String text) {
        assertThat(JsonReader.read(text).write()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1",
                "[1,]",
                "{\"a\"}",
                "{\"a\":1,}",
                "{a:1}",
                "tru",
                "01",
                "1.",
                "+1",
                "\"a",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"a\nb\"",
                "1 2",
                "1e99999",
                "NaN"
            })
    void what_is_not_json_is_refused(String text) {
        assertThatThrownBy(() -> JsonReader.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void escapes_are_read() {
        assertThat(JsonReader.read(" \"\\b\\f\\/\\u00e9\\ud83d\\ude00\" ").text())
                .isEqualTo("\b\f/é😀");
    }

    @Test
    void depth_has_a_limit() {
        assertThat(JsonReader.read("[".repeat(200) + "]".repeat(200))).isInstanceOf(Json.Items.class);
        assertThatThrownBy(() -> JsonReader.read("[".repeat(201) + "]".repeat(201)))
                .hasMessageContaining("too deep");
    }
}
