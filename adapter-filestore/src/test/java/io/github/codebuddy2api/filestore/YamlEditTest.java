package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.filestore.YamlNode.Position;
import io.github.codebuddy2api.filestore.YamlNode.Text;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlEditTest {
    private static final YamlNode RULES = value(new SettingType.Rules(), "[{\"from\":\"a\",\"to\":\"b: c\"}]");

    private final SettingKeys keys = new SettingKeys();

    private static YamlNode value(SettingType type, String text) {
        return SettingValue.of(type, text).orElseThrow();
    }

    private static YamlNode text(String text) {
        return new Text(text, false, Position.NOWHERE);
    }

    private static YamlNode number(String text) {
        return new Text(text, true, Position.NOWHERE);
    }

    private static YamlNode words(String text) {
        return value(new SettingType.Words(), text);
    }

    private String edited(String before, Consumer<YamlEdit> change) {
        YamlEdit edit = new YamlEdit(before, keys::rank);
        change.accept(edit);
        return edit.text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "server:\\n  port: 1 # mine\\n>server:\\n  port: 22 # mine\\n",
                "server:\\n  port:\\n  host: h\\n>server:\\n  port: 22\\n  host: h\\n",
                "server:\\n  port: # mine\\n>server:\\n  port: 22 # mine\\n",
                "server:\\n  port:\\n    1\\n  x: 2\\n>server:\\n  port: 22\\n  x: 2\\n",
                "server:\\n  port: '1'\\n>server:\\n  port: 22\\n",
                "server:\\n  \"port\" : 1\\n>server:\\n  \"port\" : 22\\n",
                "server:\\n  port: |\\n    1\\n\\n# c\\nx: 1\\n>server:\\n  port: 22\\n\\n# c\\nx: 1\\n",
                "server: {host: h, port: 1, x: 2} # c\\n>server: {host: h, port: 22, x: 2} # c\\n",
                "server: {host: h}\\n>server: {host: h, port: 22}\\n",
                "server: {password: h}\\n>server: {port: 22, password: h}\\n",
                "server: {}\\n>server: {port: 22}\\n",
                "{}\\n>{server: {port: 22}}\\n",
                "server:\\n    host: h # c\\n    x: 1\\n>server:\\n    host: h # c\\n    port: 22\\n    x: 1\\n",
                "server:\\n  # my word\\n  password: h\\n>server:\\n  port: 22\\n  # my word\\n  password: h\\n",
                "server:\\n  x: 1>server:\\n  x: 1\\n  port: 22",
                "server: # mine\\ncodebuddy:\\n>server: # mine\\n  port: 22\\ncodebuddy:\\n",
                "server: ~\\n>server:\\n  port: 22\\n",
                "# only this\\n># only this\\nserver:\\n  port: 22\\n",
                "# only this># only this\\nserver:\\n  port: 22\\n",
                "---\\n>---\\nserver:\\n  port: 22\\n",
                "# top\\n\\n# about logs\\nlogging:\\n  level: INFO\\n># top\\n\\nserver:\\n  port: 22\\n# about logs\\nlogging:\\n  level: INFO\\n",
                "x: 1\\n...\\n>x: 1\\n\\nserver:\\n  port: 22\\n...\\n",
                "server:\\r\\n  port: 1\\r\\n  x: 2\\r\\n>server:\\r\\n  port: 22\\r\\n  x: 2\\r\\n",
                "server:\\r\\n  host: 2\\r\\n>server:\\r\\n  host: 2\\r\\n  port: 22\\r\\n",
                "a: 😀 # 😀\\nserver: {x: 😀, port: 1}\\n>a: 😀 # 😀\\nserver: {x: 😀, port: 22}\\n",
            })
    void a_number_is_put_where_it_belongs_and_nothing_else_moves(String before, String after) {
        String text = edited(lines(before), edit -> edit.set("server.port", number("22")));

        assertThat(text).isEqualTo(lines(after));
    }

    private static String lines(String written) {
        return written.replace("\\n", "\n").replace("\\r", "\r");
    }

    @Test
    void a_list_on_its_own_lines_is_replaced_and_its_neighbours_keep_their_comments() {
        String before = """
                codebuddy:
                  models: # which
                    # those I like
                    - a
                    - b # good
                  # how often
                  rotation_count: 1
                """;

        assertThat(edited(before, edit -> edit.set("codebuddy.models", words("x,y z,12:00"))))
                .isEqualTo("""
                codebuddy:
                  models: [x, y z, "12:00"] # which
                    # those I like
                    # good
                  # how often
                  rotation_count: 1
                """);
    }

    @Test
    void rules_are_written_one_a_line() {
        String before = """
                keyword_replacer:
                  rules: # mine
                  - {from: x,
                     to: y}
                  - from: z
                    to: q
                  enabled: true
                """;

        assertThat(edited(before, edit -> edit.set("keyword_replacer.rules", RULES)))
                .isEqualTo("""
                keyword_replacer:
                  rules: # mine
                    - {from: a, to: "b: c"}
                  enabled: true
                """);
        assertThat(edited("keyword_replacer:\n  rules: [] # none\n", edit -> edit.set("keyword_replacer.rules", RULES)))
                .isEqualTo("keyword_replacer:\n  rules: # none\n    - {from: a, to: \"b: c\"}\n");
        assertThat(edited("keyword_replacer: {rules: []}\n", edit -> edit.set("keyword_replacer.rules", RULES)))
                .isEqualTo("keyword_replacer: {rules: [{from: a, to: \"b: c\"}]}\n");
    }

    @Test
    void a_value_two_sections_deep_brings_its_sections() {
        assertThat(edited("codebuddy:\n  creds_dir: c\n", edit -> {
                    edit.set("codebuddy.timeouts.gap", text("3s"));
                    edit.set("codebuddy.timeouts.connect", text("1s"));
                    edit.set("oauth.max_pending", number("4"));
                }))
                .isEqualTo("""
                        codebuddy:
                          creds_dir: c
                          timeouts:
                            connect: 1s
                            gap: 3s

                        oauth:
                          max_pending: 4
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "models: [a]\\nx: 1\\n>x: 1\\n",
                "x: 1\\nmodels:\\n- a\\n- b\\n>x: 1\\n",
                "x: 1\\nmodels: a # c\\n>x: 1\\n# c\\n",
                "{models: a, x: 1}>{x: 1}",
                "{x: 1, models: a}>{x: 1}",
                "{models: a}>{}",
                "x: 1\\r\\nmodels: a\\r\\n>x: 1\\r\\n",
            })
    void an_entry_is_taken_away_without_a_trace_of_its_line(String before, String after) {
        assertThat(edited(lines(before), edit -> edit.remove("models"))).isEqualTo(lines(after));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12:00",
                "1:30",
                "on",
                "Off",
                "YES",
                "n",
                "null",
                "~",
                "",
                " a",
                "a ",
                "010",
                "0x1F",
                "1e3",
                "1_000",
                "123",
                "2026-11-22",
                ".inf",
                "- a",
                "a: b",
                "a #b",
                "#",
                "\"",
                "\\",
                "\t",
                "a\nb",
                "\u0007\u0085\u2028\uFEFFx",
                "😀",
                "\uE000",
                "[a]",
                "{a}",
                "*",
                "&a",
                "!x",
                "|",
                ">",
                "%",
                "@",
                "`",
                "?",
                "'",
                "true",
                "=",
                "<<",
                "1.5",
                "x,y",
                "a]b",
                "a}b",
                "::1",
                "https://a.example:8443",
                "10 MB",
                "7 days",
                ".codebuddy_creds"
            })
    void any_text_is_written_so_that_it_is_read_as_itself(String value) {
        for (String before : List.of("server:\n  host: x\n", "server: {host: x}\n", "")) {
            String after = edited(before, edit -> {
                edit.set("server.host", text(value));
                edit.set("server.allowed_hosts", new YamlNode.Items(List.of(text(value)), false, Position.NOWHERE));
            });

            assertThat(YamlTree.find(YamlReader.read(after), "server.host"))
                    .hasValueSatisfying(entry -> assertThat(entry.value())
                            .isInstanceOfSatisfying(
                                    Text.class,
                                    read -> assertThat(read.isNothing() ? null : read.text())
                                            .isEqualTo(value)));
            assertThat(after.lines().allMatch(line -> line.chars().noneMatch(c -> c < ' ' || c == 0x2028)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"12:00", "on", "n", "010", "0x1F", "1e3", "1_000", "123", "2026-11-22", ".inf", "Null", "0o7"})
    void what_an_older_reader_would_misread_stands_in_quotes(String value) {
        assertThat(YamlText.inline(text(value))).isEqualTo('"' + value + '"');
    }
}
