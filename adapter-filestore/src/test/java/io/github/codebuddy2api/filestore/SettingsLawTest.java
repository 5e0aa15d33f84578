package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.filestore.YamlNode.Entry;
import io.github.codebuddy2api.filestore.YamlNode.Mapping;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws that hold for any sequence of changes; the seed is in the name. */
final class SettingsLawTest {
    private static final Path HOME = Path.of("/home/of/gateway");
    private static final int CHANGES = 25;
    private static final int MUTATIONS = 60;
    private static final List<String> FILES = List.of(
            new String(ConfigFile.example(), StandardCharsets.UTF_8),
            "settings: {allow_sensitive: true} # c-one\n",
            """
            # c-one
            settings:
              allow_sensitive: yes # c-two
              future: [1, {a: b}] # c-three

            # c-four
            server: {port: 9000, mine: "x, y"} # c-five
            rotation_count: 3 # c-six
            models: # c-seven
              - a
              - b
            credentials:
              # c-eight
              dir: elsewhere
            logging:   # c-nine
                level:   debug    # c-ten
                # c-eleven
                rotation: 12:00
            bark:
              url: |
                two
                lines
              # c-twelve
            """,
            "{settings: {allow_sensitive: true}, server: {password: 'it''s'}, x: [1, 2]}\r\n# c-one\r\n");

    private final SettingKeys keys = new SettingKeys();
    private final SettingsEditor editor = new SettingsEditor(keys, new ConfigRules(HOME, logging -> {}));

    static Stream<Long> seeds() {
        long first = System.nanoTime();
        return Stream.concat(
                Stream.of(1L, 2L, 3L, 4L),
                Stream.iterate(first, seed -> seed + 1).limit(4));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void changes_keep_comments_and_unknown_keys_and_read_back_as_intended(long seed) {
        Random random = new Random(seed);
        String text = FILES.get(random.nextInt(FILES.size()));
        List<String> comments = comments(text);
        Mapping unknown = unknown(YamlReader.read(text));

        for (int i = 0; i < CHANGES; i++) {
            Map<SettingKey, String> wanted = wanted(random);
            String before = text;
            try {
                SettingsEditor.Edited edited = editor.edit(text, wanted);
                text = edited.text();
                Config read = ConfigFile.read(text.getBytes(StandardCharsets.UTF_8), HOME)
                        .config();
                assertThat(read).isEqualTo(edited.config());
                assertThat(SettingTexts.of(read, HOME))
                        .as(wanted.toString())
                        .containsAllEntriesOf(changedTexts(edited, wanted));
            } catch (SettingsRefusedException refused) {
                text = before;
            }
            assertThat(comments(text))
                    .as(before + "----" + wanted + "----\n" + text)
                    .containsAll(comments);
            assertThat(YamlTree.same(unknown(YamlReader.read(text)), unknown)).isTrue();
            assertThat(text.contains("\r\n")).isEqualTo(before.contains("\r\n"));
        }
    }

    /** What each changed setting must say now, as far as its text is its own canonical form. */
    private static Map<String, String> changedTexts(SettingsEditor.Edited edited, Map<SettingKey, String> wanted) {
        Map<String, String> texts = new HashMap<>();
        edited.changed().forEach(key -> texts.put(key.path(), wanted.getOrDefault(key, "")));
        return texts;
    }

    private static List<String> comments(String text) {
        return text.lines()
                .filter(line -> line.contains("#"))
                .map(line -> line.substring(line.lastIndexOf('#')).strip())
                .toList();
    }

    private Mapping unknown(Mapping root) {
        Mapping rest = root;
        for (SettingKey key : keys.all()) {
            rest = YamlTree.without(rest, key.path());
            for (String place : OldPlaces.of(key.path())) {
                rest = YamlTree.without(rest, place);
            }
        }
        return pruned(rest);
    }

    /** Without the sections in which nothing is. */
    private static Mapping pruned(Mapping mapping) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            YamlNode value = entry.value() instanceof Mapping section ? pruned(section) : entry.value();
            if (!(value instanceof Mapping section && section.entries().isEmpty())) {
                entries.add(new Entry(entry.key(), entry.at(), value));
            }
        }
        return YamlTree.mapping(entries);
    }

    private Map<SettingKey, String> wanted(Random random) {
        Map<SettingKey, String> wanted = new HashMap<>();
        int count = 1 + random.nextInt(3);
        while (wanted.size() < count) {
            SettingKey key = keys.all().get(random.nextInt(keys.all().size()));
            if (!key.sensitive()) {
                wanted.put(key, text(key, random));
            }
        }
        return wanted;
    }

    private static String text(SettingKey key, Random random) {
        return switch (key.type()) {
            case SettingType.Whole whole -> String.valueOf(whole.least() + random.nextInt(50));
            case SettingType.Flag flag -> String.valueOf(random.nextBoolean());
            case SettingType.Choice choice ->
                choice.options().get(random.nextInt(choice.options().size()));
            case SettingType.Length length -> 1 + 2 * random.nextInt(20) + "s";
            case SettingType.Size size -> 1 + random.nextInt(9) + " KiB";
            case SettingType.Rules rules ->
                random.nextInt(4) == 0
                        ? "[]"
                        : "[{\"from\":\"" + word(random) + "\",\"to\":\"" + word(random)
                                + "\"},{\"from\":\"x\",\"to\":\"\"}]";
            case SettingType.Aliases aliases ->
                random.nextInt(4) == 0 ? "{}" : "{\"" + word(random) + "\":\"" + word(random) + "\"}";
            case SettingType.Words words -> word(random) + "," + word(random) + "x";
            case SettingType.Hidden hidden -> random.nextInt(4) == 0 ? "" : "pass # word " + word(random);
            case SettingType.Text text ->
                switch (key.path()) {
                    case "codebuddy.api_endpoint" -> "https://www.codebuddy.ai";
                    case "codebuddy.check_in_time" -> "1" + random.nextInt(10) + ":30";
                    case "logging.rotation", "logging.retention", "logging.compression" ->
                        random.nextBoolean() ? "" : word(random);
                    default -> word(random);
                };
        };
    }

    private static String word(Random random) {
        List<String> words = List.of(
                "a",
                "12:00",
                "on",
                "0123",
                "it's",
                "x: y",
                "10 MB",
                "{z}",
                "#hash",
                "null-ish",
                "-",
                "glm-5.2",
                "&q",
                "*r");
        return words.get(random.nextInt(words.size()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_file_in_whatever_form_is_changed_as_intended_or_refused_in_words(long seed) {
        Random random = new Random(seed);
        SettingKey key = keys.named("CODEBUDDY_ROTATION_COUNT").orElseThrow();
        SettingKey rules = keys.named("CODEBUDDY_KEYWORD_REPLACER_RULES").orElseThrow();
        int changed = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            String text = mutated(FILES.get(random.nextInt(FILES.size())), random);
            try {
                Mapping before = unknown(YamlReader.read(text));
                SettingsEditor.Edited edited =
                        editor.edit(text, Map.of(key, "77", rules, "[{\"from\":\"x: y\",\"to\":\"- z\"}]"));
                changed++;

                Config read = ConfigFile.read(edited.text().getBytes(StandardCharsets.UTF_8), HOME)
                        .config();
                assertThat(read.codebuddy().rotationCount()).isEqualTo(77);
                assertThat(read).isEqualTo(edited.config());
                assertThat(YamlTree.same(unknown(YamlReader.read(edited.text())), before))
                        .isTrue();
            } catch (ConfigException broken) {
                assertThat(broken.problems()).isNotEmpty();
            }
        }
        assertThat(changed).isPositive();
    }

    /** A few characters put in, left out or changed. */
    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        String signs = "\n\n  \t:-#{}[],?|>'\"~a1&*!%\r.";
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(mutated.length());
            String sign = String.valueOf(signs.charAt(random.nextInt(signs.length())));
            switch (random.nextInt(3)) {
                case 0 -> mutated.insert(at, sign);
                case 1 -> mutated.deleteCharAt(at);
                default -> mutated.replace(at, at + 1, sign);
            }
        }
        return mutated.toString();
    }

    @Test
    void the_law_would_notice_a_lost_comment() {
        assertThat(comments("a: 1 # c\n# d\n")).containsExactly("# c", "# d");
    }
}
