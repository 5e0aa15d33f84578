package io.github.codebuddy2api.filestore;

import java.util.List;

/** A piece of a YAML file that remembers where it stood. It prints its place, never its text: it may be a secret. */
sealed interface YamlNode {
    /** Where it starts. */
    Position at();

    /**
     * A place in a file.
     *
     * @param line counted from 1
     * @param column counted from 1
     * @param start where it begins in the text, in {@code char}s from 0
     * @param end where it ends there; what a block ends with is the end of its last value
     */
    record Position(int line, int column, int start, int end) {
        /** Of what stands in no file. */
        static final Position NOWHERE = new Position(0, 0, 0, 0);

        Position until(int laterEnd) {
            return new Position(line, column, start, laterEnd);
        }
    }

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

    /** A list; {@code flow} if it stood in brackets. */
    record Items(List<YamlNode> items, boolean flow, Position at) implements YamlNode {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** A mapping, in the order of the file; no key occurs twice; {@code flow} if it stood in braces. */
    record Mapping(List<Entry> entries, boolean flow, Position at) implements YamlNode {
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
