package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.settings.KeywordReplacement;
import io.github.codebuddy2api.core.settings.KeywordReplacement.Rule;
import io.github.codebuddy2api.filestore.YamlNode.Entry;
import io.github.codebuddy2api.filestore.YamlNode.Mapping;
import io.github.codebuddy2api.filestore.YamlNode.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Section {@code keyword_replacer}. */
final class KeywordSection {
    private static final String CURE = "List at most " + KeywordReplacement.MAX_RULES
            + " rules such as {from: \"Claude\", to: \"CodeBuddy\"}: each text in quotes and at most "
            + KeywordReplacement.MAX_LENGTH + " characters, `from` not empty, on one line and without backticks";

    /** On, with the rules of the original service. */
    static final KeywordReplacement DEFAULT = new KeywordReplacement(
            true,
            List.of(
                    new Rule("Claude Code", "CodeBuddy Code"),
                    new Rule("Anthropic's official CLI for Claude", "Tencent's official CLI for CodeBuddy"),
                    new Rule("Claude", "CodeBuddy"),
                    new Rule("Anthropic", "Tencent"),
                    new Rule(
                            "https://github.com/anthropics/claude-code/issues",
                            "https://cnb.cool/codebuddy/codebuddy-code/-/issues")));

    private KeywordSection() {}

    static KeywordReplacement read(ConfigValues values) {
        return new KeywordReplacement(
                values.flag("keyword_replacer.enabled", DEFAULT.enabled()),
                values.mappings(
                        ConfigKey.of("keyword_replacer.rules", CURE),
                        KeywordReplacement.MAX_RULES,
                        DEFAULT.rules(),
                        KeywordSection::rule));
    }

    private static Optional<Rule> rule(Mapping mapping) {
        Map<String, String> sides = new HashMap<>();
        for (Entry entry : mapping.entries()) {
            if (!(entry.value() instanceof Text text) || text.isNothing()) {
                return Optional.empty();
            }
            sides.put(entry.key(), text.text());
        }
        if (!sides.keySet().equals(Set.of("from", "to"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Rule(sides.getOrDefault("from", ""), sides.getOrDefault("to", "")));
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }
}
