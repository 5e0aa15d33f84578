package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsBalanceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                    | }",
                "[                    | ]",
                "{\"a\":[1,{\"b\":2   | }]}",
                "{\"a\":{\"b\":[]}    | }",
                "[\"}\"               | ]",
                "{\"a\":\"\\\"{\"     | }",
                "{\"a\":\"\\\\\"      | }",
            })
    void closers_that_are_missing_are_told(String text, String missing) {
        assertThat(missing(text)).isEqualTo(missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"a\":\"}\"}", "1", "\"text\"", "{\"a\":\"\\\\\"}", " {} "})
    void balanced_text_needs_nothing(String text) {
        assertThat(missing(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"}", "{]", "{\"a\":\"cut of", "{\"a\":\"cut off\\", "[1}", "{}}", "nonsense"})
    void where_only_a_guess_could_help_nothing_is_said(String text) {
        assertThat(missing(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t\r "})
    void no_text_at_all_is_an_empty_object(String text) {
        assertThat(missing(text)).isEqualTo("{}");
    }

    @Test
    void how_the_text_is_cut_makes_no_difference() {
        String text = "{\"a\":\"\\\"}\\\\\",\"b\":[{\"c\":\"\\u00e9{\"";

        for (int first = 0; first <= text.length(); first++) {
            for (int second = first; second <= text.length(); second++) {
                ArgumentsBalance balance = new ArgumentsBalance();
                balance.add(text.substring(0, first));
                balance.add(text.substring(first, second));
                balance.add(text.substring(second));
                assertThat(balance.missing()).isEqualTo("}]}");
            }
        }
    }

    @Test
    void a_depth_that_no_arguments_have_is_given_up() {
        assertThat(missing("[".repeat(1_000))).isEqualTo("]".repeat(1_000));
        assertThat(missing("[".repeat(1_001))).isEmpty();
    }

    private static String missing(String text) {
        ArgumentsBalance balance = new ArgumentsBalance();
        balance.add(text);
        return balance.missing();
    }
}
