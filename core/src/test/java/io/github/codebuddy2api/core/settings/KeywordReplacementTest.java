package io.github.codebuddy2api.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.codebuddy2api.core.settings.KeywordReplacement.Rule;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordReplacementTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\rb", "a`b", "\uD83D"})
    void a_keyword_that_cannot_be_found_within_one_line_of_prose_is_refused(String from) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Rule(from, "x"));
    }

    @Test
    void a_side_may_be_as_long_as_the_limit_and_no_longer() {
        String longest = "a".repeat(KeywordReplacement.MAX_LENGTH);

        assertThatNoException().isThrownBy(() -> new Rule(longest, longest));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rule(longest + "a", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rule("a", longest + "a"));
    }

    @Test
    void there_may_be_as_many_rules_as_the_limit_and_no_more() {
        List<Rule> most = Collections.nCopies(KeywordReplacement.MAX_RULES, new Rule("a", "b"));
        List<Rule> more = Collections.nCopies(KeywordReplacement.MAX_RULES + 1, new Rule("a", "b"));

        assertThatNoException().isThrownBy(() -> new KeywordReplacement(true, most));
        assertThatIllegalArgumentException().isThrownBy(() -> new KeywordReplacement(true, more));
    }

    @Test
    void it_is_active_when_it_is_on_and_has_rules() {
        List<Rule> rules = List.of(new Rule("a", ""));

        assertThat(new KeywordReplacement(true, rules).isActive()).isTrue();
        assertThat(new KeywordReplacement(true, List.of()).isActive()).isFalse();
        assertThat(new KeywordReplacement(false, rules).isActive()).isFalse();
    }

    @Test
    void a_gateway_replaces_nothing_unless_it_is_told_to() {
        assertThat(GatewaySettings.DEFAULT.keywordReplacement()).isEqualTo(KeywordReplacement.OFF);
    }
}
