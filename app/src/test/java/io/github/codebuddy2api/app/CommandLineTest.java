package io.github.codebuddy2api.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.app.CommandLine.Command;
import io.github.codebuddy2api.app.CommandLine.Flag;
import io.github.codebuddy2api.app.CommandLine.UsageException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandLineTest {
    @Test
    void nothing_means_serve_here() throws Exception {
        CommandLine line = CommandLine.parse(List.of());

        assertThat(line.command()).isEqualTo(Command.SERVE);
        assertThat(line.home()).isEqualTo(Path.of("").toAbsolutePath());
    }

    @Test
    void a_given_home_wins_over_that_of_the_launcher_in_any_order() throws Exception {
        assertThat(parse("--default-home /a login --home /b").home()).isEqualTo(Path.of("/b"));
        assertThat(parse("--home /b --default-home /a login").home()).isEqualTo(Path.of("/b"));
        assertThat(parse("--default-home /a login").home()).isEqualTo(Path.of("/a"));
    }

    @Test
    void import_takes_a_file_and_its_flags() throws Exception {
        CommandLine line = parse("import --yes some/file.json --access-token-only");

        assertThat(line.command()).isEqualTo(Command.IMPORT);
        assertThat(line.imported()).isEqualTo(Path.of("some/file.json").toAbsolutePath());
        assertThat(line.flags()).containsExactlyInAnyOrder(Flag.YES, Flag.ACCESS_TOKEN_ONLY);
    }

    @ParameterizedTest
    @CsvSource({
        "import, import needs the file",
        "import --yes, import needs the file",
        "import a b, Unknown argument: b",
        "import --no a, Unknown argument: --no",
        "login file, Unknown argument: file",
        "login --yes, --access-token-only and --yes belong to import",
        "login --port 1, --port belongs to demo",
        "login serve, One command at a time",
        "demo --port x, --port is a number",
        "login --home, --home needs a value"
    })
    void what_cannot_be_meant_is_refused_with_a_sentence(String words, String sentence) {
        assertThatThrownBy(() -> parse(words))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(sentence)
                .hasMessageContaining("--help");
    }

    private static CommandLine parse(String words) throws UsageException {
        return CommandLine.parse(List.of(words.split(" ")));
    }
}
