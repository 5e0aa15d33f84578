package io.github.codebuddy2api.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.RawJson;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class JsonBufferTest {
    private static String written(String text) {
        return new String(new JsonBuffer().string(text).toByteArray(), UTF_8);
    }

    private static String raw(String json) {
        return new String(new JsonBuffer().raw(RawJson.of(json)).toByteArray(), UTF_8);
    }

    private static String readBack(String json) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            return parser.getString();
        }
    }

    @Test
    void a_string_is_one_line_whatever_it_holds() {
        assertThat(written("a\"b\\c\n\r\t\b\f\u0000\u001b\u007f\u0085\u2028\u2029"))
                .isEqualTo("\"a\\\"b\\\\c\\n\\r\\t\\b\\f\\u0000\\u001b\\u007f\\u0085\\u2028\\u2029\"");
    }

    @Test
    void characters_of_every_length_are_written_as_they_are() {
        assertThat(written("aé中😀z")).isEqualTo("\"aé中😀z\"");
    }

    @Test
    void half_a_character_is_escaped_so_that_the_rest_survives() {
        assertThat(written("a\ud83d")).isEqualTo("\"a\\ud83d\"");
        assertThat(written("\ude00b")).isEqualTo("\"\\ude00b\"");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void any_text_is_read_back_the_same(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            int point = random.nextInt(4) == 0 ? random.nextInt(0x10ffff) : random.nextInt(0x180);
            text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 'x' : point);
        }

        String json = written(text.toString());

        assertThat(json.chars().noneMatch(c -> c < 0x20 || c == 0x85 || c == 0x2028 || c == 0x2029))
                .isTrue();
        assertThat(readBack(json)).isEqualTo(text.toString());
    }

    @Test
    void what_is_only_carried_becomes_one_line_too() {
        assertThat(raw("{\n \"a\":\r\n\t[1.10,\"é\u2028\u0085\"]}"))
                .isEqualTo("{  \"a\":   [1.10,\"é\\u2028\\u0085\"]}");
    }

    @Test
    void a_buffer_grows_and_is_used_again() {
        JsonBuffer buffer = new JsonBuffer();
        for (int i = 0; i < 3; i++) {
            buffer.clear();
            buffer.string("é".repeat(100_000));
            assertThat(buffer.size()).isEqualTo(200_002);
        }
    }
}
