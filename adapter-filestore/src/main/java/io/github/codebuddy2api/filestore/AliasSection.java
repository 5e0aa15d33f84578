package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.filestore.YamlNode.Entry;
import io.github.codebuddy2api.filestore.YamlNode.Text;
import java.util.Map;
import java.util.Optional;

/** Key {@code codebuddy.aliases}. */
final class AliasSection {
    /** No more aliases than this; each one is listed as a model. */
    static final int MAX_ALIASES = 100;

    static final int MAX_LENGTH = 128;
    static final ConfigKey KEY = ConfigKey.of(
            "codebuddy.aliases",
            "Write at most " + MAX_ALIASES + " lines such as `fast: glm-5.2`, each name on one line and at most "
                    + MAX_LENGTH + " characters");

    private AliasSection() {}

    /** Alias to model, in the order of the file. */
    static Map<String, String> read(ConfigValues values) {
        return values.mapping(KEY, MAX_ALIASES, AliasSection::alias);
    }

    private static Optional<Map.Entry<String, String>> alias(Entry entry) {
        Optional<String> alias = name(entry.key());
        Optional<String> model =
                entry.value() instanceof Text text && !text.isNothing() ? name(text.text()) : Optional.empty();
        return alias.flatMap(from -> model.map(to -> Map.entry(from, to)));
    }

    /** A name that stands for all models, or for none, names no model. */
    private static Optional<String> name(String text) {
        return ConfigGrammar.line(text, MAX_LENGTH).filter(name -> !name.equals(Config.CodeBuddy.ALL_MODELS));
    }
}
