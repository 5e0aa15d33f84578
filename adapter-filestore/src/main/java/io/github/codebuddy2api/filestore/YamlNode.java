package io.github.codebuddy2api.filestore;

import java.util.List;

/** A piece of a YAML file that remembers where it stood. It prints its place, never its text: it may be a secret. */
sealed interface YamlNode {
    /** Where it starts. */
    Position at();

    /** A place in a file, both counted from 1. */
    record Position(int line, int column) {}

    /** A scalar as it was written; {@code plain} if it stood without quotes. */
    record Text(String text, boolean plain, Position at) implements YamlNode {
        /** Whether nothing was written: {@code key:}, {@code ~} or {@code null}. */
        boolean isNothing() {
            return plain
                    && switch (text) {
                        case "", "~", "null", "Null", "NULL" -> true;
                        default -> false;
                    };
        }

        @Override
        public String toString() {
            return "Text" + at;
        }
    }

    /** A list. */
    record Items(List<YamlNode> items, Position at) implements YamlNode {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** A mapping, in the order of the file; no key occurs twice. */
    record Mapping(List<Entry> entries, Position at) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }
    }

    /** One key of a mapping with its value. */
    record Entry(String key, Position at, YamlNode value) {
        @Override
        public String toString() {
            return "Entry" + at;
        }
    }
}
