package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.api.Keywords;
import io.github.codebuddy2api.core.api.Keywords.Preview;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.KeywordReplacement;
import io.github.codebuddy2api.core.settings.KeywordReplacement.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordServiceTest {
    private static final KeywordReplacement IN_FORCE =
            new KeywordReplacement(true, List.of(new Rule("Claude Code", "Ours"), new Rule("Claude", "CodeBuddy")));

    private GatewaySettings settings = GatewaySettings.DEFAULT.with(IN_FORCE);
    private final Keywords keywords = new KeywordService(() -> settings);

    private static KeywordReplacement of(Rule... rules) {
        return new KeywordReplacement(true, List.of(rules));
    }

    @Test
    void without_rules_of_ones_own_those_in_force_are_tried() {
        assertThat(keywords.preview("Claude, Claude Code and `Claude`", null, 1))
                .isEqualTo(new Preview("CodeBuddy, Ours and `Claude`", List.of(1, 1)));

        settings = GatewaySettings.DEFAULT.with(new KeywordReplacement(false, IN_FORCE.rules()));
        assertThat(keywords.preview("Claude", null, 1)).isEqualTo(new Preview("Claude", List.of(0, 0)));
    }

    @Test
    void a_rule_that_reads_what_the_one_before_it_wrote_counts_what_it_found() {
        assertThat(keywords.preview("a a", of(new Rule("a", "bb"), new Rule("b", "c"), new Rule("a", "x")), 2))
                .isEqualTo(new Preview("cc cc", List.of(2, 4, 0)));
    }

    @Test
    void nothing_is_made_of_nothing() {
        assertThat(keywords.preview("", null, 1)).isEqualTo(new Preview("", List.of(0, 0)));
        assertThat(keywords.preview("Claude", of(), 1)).isEqualTo(new Preview("Claude", List.of()));
    }

    @Test
    void the_longest_text_is_tried_under_the_most_rules_in_the_shortest_pieces() {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < KeywordReplacement.MAX_RULES; i++) {
            rules.add(new Rule("ab".repeat(i + 1) + "c", "ab".repeat(i + 1) + "d"));
        }
        String text = "ab`".repeat(Keywords.MAX_TEXT / 3);

        assertThat(keywords.preview(text, new KeywordReplacement(true, rules), 1)
                        .text())
                .isEqualTo(text);
        assertThatThrownBy(() -> keywords.preview("x".repeat(Keywords.MAX_TEXT + 1), null, 1))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refused -> assertThat(refused.param()).contains("text"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, Keywords.MAX_TEXT})
    void a_text_that_grows_too_large_is_refused(int pieceLength) {
        Rule grows = new Rule("a", "a".repeat(500));
        String text = "a".repeat(Keywords.MAX_TEXT);

        for (KeywordReplacement rules : List.of(of(grows), of(grows, grows, grows), shrinking())) {
            assertThatThrownBy(() -> keywords.preview(text, rules, pieceLength))
                    .isInstanceOfSatisfying(
                            InvalidRequest.class,
                            refused -> assertThat(refused.param()).contains("rules"));
        }
    }

    /** Each piece grows and shrinks again, so that only the work tells. */
    private static KeywordReplacement shrinking() {
        List<Rule> rules = new ArrayList<>(List.of(new Rule("a", "b".repeat(400)), new Rule("b", "c".repeat(400))));
        rules.addAll(Collections.nCopies(KeywordReplacement.MAX_RULES - 3, new Rule("x", "y")));
        rules.add(new Rule("c", ""));
        return new KeywordReplacement(true, rules);
    }

    @Test
    void a_piece_of_nothing_is_refused() {
        assertThatThrownBy(() -> keywords.preview("a", null, 0)).isInstanceOf(InvalidRequest.class);
    }
}
