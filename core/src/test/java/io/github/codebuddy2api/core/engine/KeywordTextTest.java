package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.settings.KeywordReplacement;
import io.github.codebuddy2api.core.settings.KeywordReplacement.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordTextTest {
    private static final List<Rule> RULES = List.of(
            new Rule("Claude Code", "CodeBuddy Code"),
            new Rule("Anthropic's official CLI for Claude", "Tencent's official CLI for CodeBuddy"),
            new Rule("Claude", "CodeBuddy"),
            new Rule("Anthropic", "Tencent"));
    private static final String[] WORDS = {
        "Claude",
        "Claude Code",
        " Code",
        "Anthropic",
        "Anthropic's official CLI for ",
        "Cl",
        "aude",
        "claude-4.0",
        "`",
        "`",
        "``",
        "```",
        "````",
        "~~~",
        "~~",
        "~",
        "\n",
        "\n",
        "\r\n",
        " ",
        "    ",
        "\t",
        "> ",
        "- ",
        "1. ",
        "\\",
        "a",
        "b",
        "ab",
        "😀",
        "js"
    };

    private static KeywordText text(List<Rule> rules) {
        return new KeywordText(new KeywordRules(new KeywordReplacement(true, rules)));
    }

    private static String replaced(List<Rule> rules, List<String> pieces) {
        KeywordText text = text(rules);
        StringBuilder out = new StringBuilder();
        pieces.forEach(piece -> out.append(text.accept(piece)));
        return out.append(text.end()).toString();
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "I am Claude Code by Anthropic.|I am CodeBuddy Code by Tencent.",
                "Anthropic's official CLI for Claude|Tencent's official CLI for CodeBuddy",
                "ClaudeClaude ClClaude|CodeBuddyCodeBuddy ClCodeBuddy",
                "claude-4.0 and anthropic|claude-4.0 and anthropic",
                "Claude\\nClaude|CodeBuddy\\nCodeBuddy",
                // inline code
                "Run `Claude` with Claude|Run `Claude` with CodeBuddy",
                "``a ` Claude`` Claude|``a ` Claude`` CodeBuddy",
                "a stray ` of Claude\\n`Claude`|a stray ` of CodeBuddy\\n`Claude`",
                "`` no partner ` Claude ` Claude|`` no partner ` Claude ` CodeBuddy",
                "`Claude\\nClaude`|`CodeBuddy\\nCodeBuddy`",
                "\\`Claude`|\\`CodeBuddy`",
                "\\\\`Claude`|\\\\`Claude`",
                "Claude`Claude`Claude|CodeBuddy`Claude`CodeBuddy",
                "```Claude``` Claude|```Claude``` CodeBuddy",
                // fences
                "Claude\\n```sh Claude\\nClaude\\n```\\nClaude|CodeBuddy\\n```sh Claude\\nClaude\\n```\\nCodeBuddy",
                "~~~ `Claude`\\nClaude\\n```\\nClaude\\n~~~~\\nClaude|~~~ `Claude`\\nClaude\\n```\\nClaude\\n~~~~\\nCodeBuddy",
                "````\\n```\\nClaude\\n````  \\nClaude|````\\n```\\nClaude\\n````  \\nCodeBuddy",
                "```\\nClaude\\n``` no end\\nClaude|```\\nClaude\\n``` no end\\nClaude",
                "```\\nClaude|```\\nClaude",
                "```Claude|```Claude",
                "Claude ```\\nClaude|CodeBuddy ```\\nCodeBuddy",
                "~~Claude~~|~~CodeBuddy~~",
                "- Claude:\\n  ```\\n  Claude\\n  ```\\n  Claude|- CodeBuddy:\\n  ```\\n  Claude\\n  ```\\n  CodeBuddy",
                "1. ```\\n   Claude\\n   ```\\nClaude|1. ```\\n   Claude\\n   ```\\nCodeBuddy",
                "> ```\\n> Claude\\n> ```\\nClaude|> ```\\n> Claude\\n> ```\\nCodeBuddy",
                "```\\n> ```\\nClaude|```\\n> ```\\nClaude",
                "```\\n    ```\\nClaude|```\\n    ```\\nClaude",
                "```\\r\\nClaude\\r\\n```\\r\\nClaude|```\\r\\nClaude\\r\\n```\\r\\nCodeBuddy",
            })
    void words_are_replaced_and_code_is_not(String escaped, String expected) {
        String text = unescaped(escaped);

        assertThat(WholeText.replaced(text, RULES)).isEqualTo(unescaped(expected));
        for (int first = 0; first <= text.length(); first++) {
            for (int second = first; second <= text.length(); second++) {
                List<String> pieces =
                        List.of(text.substring(0, first), text.substring(first, second), text.substring(second));
                assertThat(replaced(RULES, pieces))
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(unescaped(expected));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"`abab`aabab", "aabaab`ab`a", "`a\n```\nab\n`", "~~~ab~\n~~~~\nab", "``ab`ab`a\nab"})
    void every_way_to_cut_gives_the_same(String text) {
        List<Rule> rules = List.of(new Rule("aab", "ba"), new Rule("ab", "aa"), new Rule("aaa", "b`"));
        String whole = WholeText.replaced(text, rules);

        for (int cuts = 0; cuts < 1 << (text.length() - 1); cuts++) {
            List<String> pieces = new ArrayList<>();
            int start = 0;
            for (int i = 1; i < text.length(); i++) {
                if ((cuts >> (i - 1) & 1) == 1) {
                    pieces.add(text.substring(start, i));
                    start = i;
                }
            }
            pieces.add(text.substring(start));
            assertThat(replaced(rules, pieces)).as("%s", pieces).isEqualTo(whole);
        }
    }

    @Test
    void random_texts_under_random_rules_come_out_as_if_they_had_been_whole() {
        long seed = System.nanoTime();
        System.out.println("KeywordTextTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            List<Rule> rules = random.nextBoolean() ? RULES : randomRules(random);
            String text = randomText(random);
            List<String> pieces = pieces(text, random);

            assertThat(replaced(rules, pieces))
                    .as("seed %d, round %d: %s under %s", seed, round, pieces, told(rules))
                    .isEqualTo(WholeText.replaced(text, rules));
            assertThat(hits(rules, pieces))
                    .as("hits, seed %d, round %d: %s under %s", seed, round, pieces, told(rules))
                    .isEqualTo(WholeText.hits(text, rules));
        }
    }

    private static List<Integer> hits(List<Rule> rules, List<String> pieces) {
        KeywordText text = text(rules);
        pieces.forEach(text::accept);
        text.end();
        return text.hits();
    }

    private static List<String> told(List<Rule> rules) {
        return rules.stream().map(rule -> rule.from() + " -> " + rule.to()).toList();
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    private static List<String> pieces(String text, Random random) {
        List<String> pieces = new ArrayList<>();
        int longest = random.nextInt(1, 12);
        for (int start = 0; start < text.length(); start += pieces.getLast().length()) {
            int end = Math.min(text.length(), start + random.nextInt(1, longest + 1));
            pieces.add(text.substring(start, end));
        }
        return pieces;
    }

    private static List<Rule> randomRules(Random random) {
        List<Rule> rules = new ArrayList<>();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            rules.add(new Rule(letters(random, "ab ~", 1), letters(random, "ab`\n", 0)));
        }
        return rules;
    }

    private static String letters(Random random, String letters, int least) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(least, 5); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    @Test
    void text_that_cannot_become_a_keyword_goes_on_at_once() {
        KeywordText text = text(RULES);

        assertThat(text.accept("Hello")).isEqualTo("Hello");
        assertThat(text.accept(" Cla")).isEqualTo(" ");
        assertThat(text.accept("ss, ")).isEqualTo("Class, ");
        assertThat(text.accept("Claude")).isEmpty();
        assertThat(text.accept("!")).isEqualTo("CodeBuddy!");
        assertThat(text.end()).isEmpty();
    }

    @Test
    void what_may_be_code_goes_on_at_once_as_long_as_it_holds_no_keyword() {
        KeywordText text = text(RULES);

        assertThat(text.accept("`a")).isEqualTo("`a");
        assertThat(text.accept("b Cl")).isEqualTo("b ");
        assertThat(text.accept("aude ")).isEmpty();
        assertThat(text.accept("x`")).isEmpty();
        assertThat(text.accept(" ")).isEqualTo("Claude x` ");
        assertThat(text.accept("`a")).isEqualTo("`a");
        assertThat(text.accept(" Claude")).isEqualTo(" ");
        assertThat(text.accept(" b\n")).isEqualTo("CodeBuddy b\n");
    }

    @Test
    void the_end_of_an_answer_gives_back_what_was_kept() {
        assertThat(replaced(RULES, List.of("by Anthropic's off"))).isEqualTo("by Tencent's off");
        assertThat(replaced(RULES, List.of("Clau"))).isEqualTo("Clau");
        assertThat(replaced(RULES, List.of("`Claude"))).isEqualTo("`CodeBuddy");
        assertThat(replaced(RULES, List.of("~~"))).isEqualTo("~~");
        assertThat(replaced(RULES, List.of())).isEmpty();
    }

    @Test
    void an_interruption_keeps_a_fence_open() {
        KeywordText text = text(RULES);

        assertThat(text.accept("```\nClaude\n") + text.end()).isEqualTo("```\nClaude\n");
        assertThat(text.accept("Claude\n```\nClaude") + text.end()).isEqualTo("Claude\n```\nCodeBuddy");
        assertThat(text.accept("\n") + text.end()).isEqualTo("\n");
        assertThat(text.accept("```\nClaude") + text.end()).isEqualTo("```\nClaude");
    }

    @Test
    void a_stray_backtick_holds_up_no_more_than_the_limit() {
        String line = "`Claude" + "x".repeat(KeywordText.MAX_INLINE_CODE - 8);
        KeywordText text = text(RULES);

        assertThat(text.accept(line)).isEmpty();
        assertThat(text.accept("xy")).isEqualTo("`CodeBuddy" + line.substring(7) + "xy");
        assertThat(replaced(RULES, List.of(line + "` Claude"))).isEqualTo(line + "` CodeBuddy");
        assertThat(replaced(RULES, List.of(line + "x` Claude"))).startsWith("`CodeBuddyx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"`", "```", "`` ` ", "` Claude `` ", "x\\`"})
    void a_long_line_of_marks_comes_out_the_same_in_any_pieces(String marks) {
        String text = ("Claude" + marks).repeat(3_000) + "`".repeat(10_000) + "Claude";

        String whole = replaced(RULES, List.of(text));

        assertThat(whole.replace("CodeBuddy", "Claude")).isEqualTo(text);
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(replaced(RULES, pieces(text, new Random(seed))))
                    .as("seed %d", seed)
                    .isEqualTo(whole);
        }
    }

    @Test
    void rules_that_feed_each_other_stop_at_a_limit() {
        List<Rule> rules = Collections.nCopies(40, new Rule("a", "aa"));

        assertThatThrownBy(() -> text(rules).accept("a")).isInstanceOf(UpstreamGarbled.class);
    }

    @Test
    void the_rules_are_made_ready_once_for_each_change() {
        KeywordRules.Latest latest = new KeywordRules.Latest();
        KeywordReplacement one = new KeywordReplacement(true, RULES);
        KeywordReplacement other = new KeywordReplacement(true, List.of(new Rule("a", "b")));

        KeywordRules rules = latest.of(one);
        assertThat(latest.of(one)).isSameAs(rules);
        assertThat(latest.of(KeywordReplacement.OFF)).isNull();
        assertThat(latest.of(other)).isNotSameAs(rules);
        assertThat(latest.of(new KeywordReplacement(false, RULES))).isNull();
    }
}
