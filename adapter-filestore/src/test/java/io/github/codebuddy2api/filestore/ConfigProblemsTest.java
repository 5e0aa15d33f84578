package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigProblemsTest {
    private static final Path HOME = Path.of("/home/of/gateway");
    private static final String CANARY = "canary-7f3a";

    private static List<ConfigProblem> problems(byte[] bytes) {
        ConfigException thrown = catchThrowableOfType(ConfigException.class, () -> ConfigFile.read(bytes, HOME));
        assertThat(thrown).as("the start is stopped").isNotNull();
        return thrown.problems();
    }

    private static List<ConfigProblem> problems(String yaml) {
        return problems(yaml.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "server.port|x",
                "server.port|0",
                "server.port|70000",
                "server.port|-1",
                "server.port|010",
                "server.port|8001.0",
                "server.port|''",
                "server.port|[1]",
                "server.port|{a: b}",
                "server.port|99999999999",
                "server.host|http://127.0.0.1",
                "server.host|127.0.0.1:8001",
                "server.host|a b",
                "server.allowed_hosts|['*']",
                "server.allowed_hosts|{a: b}",
                "server.password|[a]",
                "server.password|{a: b}",
                "server.password|\"two\\nlines\"",
                "codebuddy.rotation_count|-1",
                "codebuddy.rotation_count|often",
                "codebuddy.ssl_verify|maybe",
                "codebuddy.ssl_verify|[]",
                "codebuddy.api_endpoint|http://evil",
                "codebuddy.api_endpoint|https://evil.example",
                "codebuddy.api_endpoint|http://127.0.0.1:9000",
                "codebuddy.api_endpoint|file:///etc/passwd",
                "codebuddy.allowed_endpoints|[http://gw.example.com]",
                "codebuddy.allowed_endpoints|[{a: b}]",
                "codebuddy.creds_dir|~/creds",
                "codebuddy.creds_dir|\"a\\0b\"",
                "codebuddy.creds_dir|[a]",
                "codebuddy.models|[a, '']",
                "codebuddy.models|{a: b}",
                "codebuddy.system_message|' '",
                "codebuddy.timeouts.gap|0s",
                "codebuddy.timeouts.gap|-5s",
                "codebuddy.timeouts.gap|soon",
                "codebuddy.timeouts.gap|5 fortnights",
                "codebuddy.timeouts.gap|2 d",
                "codebuddy.client.user_agent|\"a\\r\\nb\"",
                "codebuddy.client.product|中",
                "gateway.max_attempts|0",
                "limits.max_body|16 XB",
                "limits.max_body|10",
                "limits.max_streams|0",
                "limits.max_event|65 MiB",
                "keyword_replacer.enabled|perhaps",
                "keyword_replacer.rules|{Claude: CodeBuddy}",
                "keyword_replacer.rules|Claude",
                "keyword_replacer.rules|[Claude]",
                "keyword_replacer.rules|[{from: a}]",
                "keyword_replacer.rules|[{from: '', to: b}]",
                "keyword_replacer.rules|[{from: a, to: }]",
                "keyword_replacer.rules|[{from: a, to: [b]}]",
                "keyword_replacer.rules|[{from: a, to: b, case: no}]",
                "keyword_replacer.rules|[{from: \"a\\nb\", to: b}]",
                "server.cors_origins|['*']",
                "server.cors_origins|[app.example]",
                "server.cors_origins|[https://app.example/path]",
                "server.cors_origins|['null']",
                "server.cors_origins|[https://app.example:70000]",
                "codebuddy.aliases|fast",
                "codebuddy.aliases|[a]",
                "codebuddy.aliases|{fast: }",
                "codebuddy.aliases|{'*': a}",
                "codebuddy.aliases|{a: '*'}",
                "codebuddy.aliases|{a: [b]}",
                "codebuddy.aliases|{a: \"b\\nc\"}",
                "codebuddy.auto_check_in|daily",
                "codebuddy.check_in_time|noon",
                "codebuddy.check_in_time|9:60",
                "codebuddy.refresh_before|0",
                "codebuddy.refresh_before|31d",
                "oauth.require_auth|sometimes",
                "oauth.max_pending|0",
                "oauth.state_lifetime|2d",
                "settings.allow_sensitive|perhaps",
                "statistics.retention|0d",
                "logging.level|FOO",
                "logging.rotation|\"a\\nb\"",
                "logging.retention|[7]",
            })
    void a_value_that_cannot_be_meant_is_named_with_line_key_reason_and_cure(String key, String value) {
        String[] parts = key.split("\\.");
        StringBuilder yaml = new StringBuilder("# a comment\n");
        for (int i = 0; i < parts.length; i++) {
            yaml.append("  ".repeat(i)).append(parts[i]).append(i + 1 < parts.length ? ":\n" : ": " + value + "\n");
        }

        assertThat(problems(yaml.toString())).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.line()).isEqualTo(1 + parts.length);
            assertThat(problem.column()).isPositive();
            assertThat(problem.reason()).isNotBlank();
            assertThat(problem.cure()).isNotBlank();
            assertThat(problem.toString())
                    .matches("line \\d+, column \\d+: " + key.replace(".", "\\.") + " .+\\. .+\\.");
        });
    }

    @Test
    void more_rules_than_an_answer_can_pass_are_refused() {
        String rules = "{from: a, to: b}, ".repeat(101);

        assertThat(problems("keyword_replacer: {rules: [" + rules + "]}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("keyword_replacer.rules", "at most 100"));
    }

    @Test
    void more_aliases_or_items_than_anybody_needs_are_refused() {
        StringBuilder aliases = new StringBuilder("codebuddy:\n  aliases:\n");
        for (int i = 0; i <= AliasSection.MAX_ALIASES; i++) {
            aliases.append("    a").append(i).append(": m\n");
        }
        String long129 = "x".repeat(AliasSection.MAX_LENGTH + 1);

        assertThat(problems(aliases.toString()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("at most 100"));
        assertThat(problems("codebuddy: {aliases: {" + long129 + ": m}}\n")).hasSize(1);
        assertThat(problems("codebuddy: {models: [" + "a, ".repeat(1_000) + "a]}\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("1000 items"));
    }

    @Test
    void all_problems_are_listed_in_the_order_of_the_file() {
        ConfigException thrown = catchThrowableOfType(
                ConfigException.class,
                () -> ConfigFile.read(
                        "logging: {level: X}\ncodebuddy: 5\nserver:\n  port: x\n  host: ''\n"
                                .getBytes(StandardCharsets.UTF_8),
                        HOME));

        assertThat(thrown.problems())
                .extracting(ConfigProblem::key)
                .containsExactly("logging.level", "codebuddy", "server.port", "server.host");
        assertThat(thrown).hasMessageContaining("line 4, column 9: server.port cannot be x. Write a whole number");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "server:\\n\\tport: 1|2|tabs",
                "server: {port: 1|1|not valid YAML",
                "server:\\n  port: 1\\n port: 2|3|not valid YAML",
                "server: [|1|not valid YAML",
                "a: b: c|1|not valid YAML",
                "- a\\n- b|1|not a list of keys",
                "just words|1|not a list of keys",
                "a: 1\\n---\\nb: 2|2|second document",
                "server:\\n  port: 1\\n  port: 2|3|given before",
                "server: {port: 1}\\nserver: {port: 2}|2|given before",
                "server.port: 1\\nserver: {port: 2}|2|given before",
                "x: !!javax.script.ScriptEngineManager [a]|1|tags",
                "server: {password: !secret a}|1|tags",
                "x: &a [1]\\ny: *a|1|anchors",
                "x: *nowhere|1|anchors",
                "base: {port: 1}\\nserver:\\n  <<: {port: 2}|3|merge keys",
                "? [a]\\n: b|1|a key must be a word",
                "server: {password: @x}|1|not valid YAML",
                "server: {password: \"\\\\q\"}|1|not valid YAML",
            })
    void what_is_not_plain_yaml_is_refused_with_its_line(String escaped, int line, String said) {
        assertThat(problems(escaped.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.toString()).contains(said);
                    assertThat(problem.line()).isEqualTo(line);
                });
    }

    @Test
    void an_alias_bomb_and_deep_nesting_are_refused() {
        assertThat(problems("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n")).hasSize(1);
        assertThat(problems("a: " + "[".repeat(100_000))).hasSize(1);
        assertThat(problems("a: " + "{a: ".repeat(20_000))).hasSize(1);
        assertThat(problems("- ".repeat(50_000) + "a")).hasSize(1);
    }

    @Test
    void a_file_that_is_too_large_torn_or_not_text_is_refused() {
        assertThat(problems("#".repeat(300 * 1024)).getFirst().reason()).contains("larger than 256 KiB");
        assertThat(problems("server: {port: 1}\n\0\0\0\0").getFirst().toString())
                .contains("line 2")
                .contains("NUL");
        byte[] latin = "server:\n  host: é\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(problems(latin).getFirst().toString()).contains("line 2").contains("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server: {password: [%s]}",
                "server: {password: {%s: x}}",
                "server: {password: \"%s\\n\"}",
                "server: {password: \"%s\\q\"}",
                "server: {password: *%s}",
                "server: {password: &%s x}",
                "server: {password: !%s x}",
                "server: {password: !!%s x}",
                "server: {password: \"%s}",
                "server: {password: '%s' trailing}",
                "server: {password: @%s}",
                "server:\n  password: x\n %s\n",
                "codebuddy: {api_endpoint: 'https://user:%s@www.codebuddy.cn'}",
            })
    void a_secret_is_never_repeated(String yaml) {
        byte[] bytes = yaml.formatted(CANARY).getBytes(StandardCharsets.UTF_8);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigFile.read(bytes, HOME))
                .satisfies(thrown -> {
                    assertThat(thrown.toString()).doesNotContain(CANARY);
                    assertThat(thrown.problems().toString()).doesNotContain(CANARY);
                    assertThat(thrown.getCause()).isNull();
                });
    }

    @Test
    void nothing_that_was_read_prints_the_password() {
        String yaml = "server: {password: " + CANARY + "}";
        byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);

        assertThat(ConfigFile.read(bytes, HOME).toString()).doesNotContain(CANARY);
        assertThat(YamlReader.read(yaml).toString()).doesNotContain(CANARY);
    }

    @Test
    void a_mutated_file_is_read_or_refused_and_nothing_else() {
        long seed = System.nanoTime();
        System.out.println("ConfigProblemsTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = mutated(ConfigFile.example(), random);
            try {
                assertThat(ConfigFile.read(bytes, HOME)).isNotNull();
            } catch (ConfigException refused) {
                assertThat(refused.problems()).as("seed %d", seed).isNotEmpty();
            }
        }
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] copy = Arrays.copyOf(bytes, random.nextInt(bytes.length / 2, bytes.length + 1));
        String special = "\t\0\n\r:-?[]{}#&*!|>'\"%@`~<=,";
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            int kind = random.nextInt(3);
            copy[random.nextInt(copy.length)] =
                    (byte) (kind == 0 ? random.nextInt(256) : special.charAt(random.nextInt(special.length())));
        }
        return copy;
    }
}
