package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LogTextTest {
    private static final String RUN = "0123456789abcdef".repeat(2);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Authorization: Bearer fake-value-1|Authorization: Bearer ***",
                "bearer fake,value; rest|bearer *** rest",
                "Basic ZmFrZTpmYWtl x|Basic *** x",
                "got eyJmYWtl.eyJmYWtl.fake_sig- end|got *** end",
                "got eyJmYWtl.eyJmYWtl end|got *** end",
                "key sk-fakefake1 end|key sk-*** end",
                "key ck_fakefake1 end|key ck_*** end",
                "codebuddy2api_session=cb2s_fakefake-1_; Path|codebuddy2api_session=cb2s_***; Path",
                "password=hunter22 end|password=*** end",
                "{\"access_token\":\"fake-value\",\"a\":1}|{\"access_token\":\"***\",\"a\":1}",
                "Secret : fake-value, a|Secret : ***, a",
                "api_key=fake-value|api_key=***"
            })
    void what_looks_like_a_secret_is_hidden(String text, String shown) {
        assertThat(LogText.safe(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"the key is RUN", "token RUN", "secret->RUN!", "RUN is the password", "API_KEY 'RUN'"})
    void a_long_run_beside_a_telling_word_is_hidden(String text) {
        assertThat(LogText.safe(text.replace("RUN", RUN))).doesNotContain(RUN).contains("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chatcmpl-0123456789abcdef0123456789abcdef glm-5.2 answered after 5 ms with credential 12ab, 10 + 20 tokens",
                "no password is set, so the server is locked: set server.password in config/config.yaml",
                "a password is set",
                "tokens unknown",
                "an unknown key: codebuddy.colour",
                "wrote config.yaml with an empty password: set server.password there and start again",
                "the hash 0123456789abcdef0123456789abcdef of a file",
                "task-12345678 was asked",
                "2 usable credentials"
            })
    void ordinary_lines_are_left_alone(String text) {
        assertThat(LogText.safe(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\\nb|a\\\\nb",
                "a\\r\\nb|a\\\\r\\\\nb",
                "a\\tb|a\\\\tb",
                "\\033[31m|\\\\u001b[31m",
                "\\0|\\\\u0000"
            })
    void control_characters_are_shown_as_their_code(String text, String shown) {
        assertThat(LogText.safe(text.translateEscapes())).isEqualTo(shown.translateEscapes());
    }

    @Test
    void what_could_turn_a_line_round_or_end_it_is_shown_as_its_code() {
        assertThat(LogText.safe("a\u202eb\u2028c\u2029d\u0085e\u2066f\u007fg\ud800h"))
                .isEqualTo("a\\u202eb\\u2028c\\u2029d\\u0085e\\u2066f\\u007fg\\ud800h");
        assertThat(LogText.safe("\u4f60\u597d \ud83d\ude00 \u00e9")).isEqualTo("\u4f60\u597d \ud83d\ude00 \u00e9");
    }

    @Test
    void a_secret_behind_a_control_character_is_hidden_too() {
        assertThat(LogText.safe("Bearer\n\tfake-value")).isEqualTo("Bearer ***");
    }

    @Test
    void a_long_text_is_cut_between_words_and_quickly() {
        String text = "word ".repeat(1_638) + "Bearer " + "f".repeat(10_000);

        assertThat(LogText.safe(text)).endsWith("word... (18197 characters)").doesNotContain("ff");
        assertThat(LogText.safe("a".repeat(1_000_000))).isEqualTo("... (1000000 characters)");
        assertThat(LogText.safe("key".repeat(2_700))).hasSize(8_100);
        assertThat(LogText.safe("\u001b".repeat(LogText.MAX_CHARS))).hasSize(6 * LogText.MAX_CHARS);
    }
}
