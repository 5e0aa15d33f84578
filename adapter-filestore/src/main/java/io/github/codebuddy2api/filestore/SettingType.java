package io.github.codebuddy2api.filestore;

import java.time.Duration;
import java.util.List;

/** How the text of a setting is to be read, and so what a person is to be asked for. Immutable. */
public sealed interface SettingType {
    /** The type in one word, such as {@code integer}; stable, for programs. */
    default String word() {
        return switch (this) {
            case Text text -> "text";
            case Hidden hidden -> "secret";
            case Whole whole -> "integer";
            case Flag flag -> "flag";
            case Choice choice -> "choice";
            case Words words -> "list";
            case Length length -> "duration";
            case Size size -> "size";
            case Rules rules -> "rules";
            case Aliases aliases -> "aliases";
        };
    }

    /** One line. */
    record Text() implements SettingType {}

    /** A password: it is never given out, only its mask. */
    record Hidden() implements SettingType {}

    /**
     * A whole number.
     *
     * @param least the smallest allowed
     * @param most the largest allowed
     */
    record Whole(int least, int most) implements SettingType {}

    /** {@code true} or {@code false}; also 1, t, y, yes, on and 0, f, n, no, off in any case. */
    record Flag() implements SettingType {}

    /**
     * One of some words.
     *
     * @param options the words to offer
     */
    record Choice(List<String> options) implements SettingType {
        public Choice {
            options = List.copyOf(options);
        }
    }

    /** Items with commas between them, or a JSON list of texts. */
    record Words() implements SettingType {}

    /**
     * A length of time such as {@code 500ms}, {@code 120s}, {@code 2m}, {@code 1h}, {@code 7d}, or plain seconds.
     *
     * @param most the longest allowed
     */
    record Length(Duration most) implements SettingType {}

    /**
     * A size such as {@code 16 MiB}, {@code 10 MB}, or plain bytes.
     *
     * @param least the smallest allowed, in bytes
     * @param most the largest allowed, in bytes
     */
    record Size(int least, int most) implements SettingType {}

    /** A JSON list of objects with the texts {@code from} and {@code to}, in order. */
    record Rules() implements SettingType {}

    /** A JSON object: alias to name, both texts. */
    record Aliases() implements SettingType {}
}
