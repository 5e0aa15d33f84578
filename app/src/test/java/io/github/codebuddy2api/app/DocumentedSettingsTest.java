package io.github.codebuddy2api.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.filestore.SettingKey;
import io.github.codebuddy2api.filestore.SettingKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documents say of each setting is what the program knows of it. */
final class DocumentedSettingsTest {
    private static final Pattern ROW = Pattern.compile(
            "\\| `([a-z_.]+)` \\| `([A-Z_]+)` \\| (\\w+) \\| (.*?) \\| (restart|at once) \\| (yes)? ?\\| .+ \\|");

    @Test
    void every_setting_stands_in_the_table_as_it_is() throws IOException {
        Path documents = Path.of("").toAbsolutePath().resolveSibling("docs").resolve("settings.md");
        List<String> rows = Files.readAllLines(documents).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> String.join(
                        " ", row.group(1), row.group(2), row.group(3), row.group(4), row.group(5), row.group(6) + ""))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(new SettingKeys()
                        .all().stream().map(DocumentedSettingsTest::row).toList());
    }

    private static String row(SettingKey key) {
        return String.join(
                " ",
                key.path(),
                key.name(),
                key.type().word(),
                byDefault(key),
                key.restart() ? "restart" : "at once",
                key.sensitive() ? "yes" : "null");
    }

    private static String byDefault(SettingKey key) {
        if (key.type().word().equals("rules")) {
            return "five rules";
        }
        return key.byDefault().isEmpty() ? "" : "`" + key.byDefault() + "`";
    }
}
