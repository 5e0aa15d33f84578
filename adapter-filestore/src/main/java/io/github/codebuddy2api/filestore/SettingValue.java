package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.filestore.YamlNode.Items;
import io.github.codebuddy2api.filestore.YamlNode.Position;
import io.github.codebuddy2api.filestore.YamlNode.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns the flat text of a setting into what the file is to say. Only the shape is looked at; whether the value can be
 * meant is for the reader of the file to say, so that there is one grammar.
 */
final class SettingValue {
    private SettingValue() {}

    /** Empty if the text has not even the shape. */
    static Optional<YamlNode> of(SettingType type, String text) {
        if (hasHalfCharacter(text)) {
            return Optional.empty();
        }
        return switch (type) {
            case SettingType.Text line -> Optional.of(written(text));
            case SettingType.Hidden hidden -> Optional.of(written(text));
            case SettingType.Whole whole -> Optional.of(bare(text.strip()));
            case SettingType.Flag flag ->
                Optional.of(bare(ConfigGrammar.flag(text).map(String::valueOf).orElse(text)));
            case SettingType.Choice choice -> Optional.of(written(text.strip()));
            case SettingType.Words words -> Optional.of(words(text));
            case SettingType.Length length -> Optional.of(written(text.strip()));
            case SettingType.Size size -> Optional.of(written(text.strip()));
            case SettingType.Rules rules ->
                SettingJson.list(text.isBlank() ? "[]" : text).map(items -> items);
            case SettingType.Aliases aliases -> SettingJson.texts(text.isBlank() ? "{}" : text);
        };
    }

    /** What to write instead of a text without the right shape. */
    static String cure(SettingType type) {
        return switch (type) {
            case SettingType.Rules rules -> "Write a JSON list such as [{\"from\": \"Claude\", \"to\": \"CodeBuddy\"}]";
            case SettingType.Aliases aliases -> "Write a JSON object such as {\"fast\": \"glm-5.2\"}";
            default -> "Write whole Unicode characters";
        };
    }

    private static Text written(String text) {
        return new Text(text, false, Position.NOWHERE);
    }

    /** A number or switch, without quotes if it is one; empty text must not be taken for nothing. */
    private static Text bare(String text) {
        boolean plain = text.matches("[0-9]+|true|false");
        return new Text(text, plain, Position.NOWHERE);
    }

    private static Items words(String text) {
        boolean json = text.strip().startsWith("[") && text.strip().endsWith("]");
        return (json ? SettingJson.list(text) : Optional.<Items>empty()).orElseGet(() -> splitAtCommas(text));
    }

    private static Items splitAtCommas(String text) {
        List<YamlNode> items = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            if (!item.isBlank()) {
                items.add(written(item.strip()));
            }
        }
        return new Items(items, false, Position.NOWHERE);
    }

    private static boolean hasHalfCharacter(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
