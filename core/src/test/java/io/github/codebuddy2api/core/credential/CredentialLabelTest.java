package io.github.codebuddy2api.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialLabelTest {
    @Test
    void blanks_around_it_are_no_part_of_it() {
        assertThat(CredentialLabel.of(" \tWork \u3000")).contains(new CredentialLabel("Work"));
        assertThatThrownBy(() -> new CredentialLabel(" Work")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void its_length_is_counted_in_characters_as_people_do() {
        String longest = "\ud83d\ude80".repeat(CredentialLabel.MAX_LENGTH);

        assertThat(CredentialLabel.of(longest)).map(CredentialLabel::value).contains(longest);
        assertThat(CredentialLabel.of(longest + "x")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a\nb",
                "a\tb",
                "a\u0000b",
                "a\u0085b",
                "a\u2028b",
                "a\u2029b",
                "a\ud83db",
                "a\u202eb",
                "a\u2066b"
            })
    void what_would_break_a_line_or_turn_it_around_is_refused(String text) {
        assertThat(CredentialLabel.of(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200b", "\u2060", "\ufeff", "\u00ad", "\u200d", "\u00a0", "\u200b \u2060"})
    void what_nobody_can_see_is_refused(String text) {
        assertThat(CredentialLabel.of(text)).isEmpty();
    }

    @Test
    void what_joins_visible_characters_may_be_in_it() {
        assertThat(CredentialLabel.of("\ud83d\udc69\u200d\ud83d\udcbb")).isPresent();
    }

    @Test
    void it_is_not_printed() {
        assertThat(new CredentialLabel("Work").toString()).doesNotContain("Work");
    }
}
