package io.github.codebuddy2api.core.settings;

import java.util.List;
import java.util.Objects;

/**
 * Which words in an answer are replaced by which. It is about what the assistant says to a person: content, reasoning
 * and refusal, outside of code. Requests, tool calls, names and ids are never touched.
 *
 * @param enabled whether anything is replaced at all
 * @param rules applied one after another, each to what the one before it left; at most {@value #MAX_RULES}
 */
public record KeywordReplacement(boolean enabled, List<Rule> rules) {
    /** No more rules than this; every character of an answer passes all of them. */
    public static final int MAX_RULES = 100;

    /** How long each side of a rule may be, in characters. */
    public static final int MAX_LENGTH = 500;

    /** Answers stay as they are. */
    public static final KeywordReplacement OFF = new KeywordReplacement(false, List.of());

    public KeywordReplacement {
        rules = List.copyOf(rules);
        if (rules.size() > MAX_RULES) {
            throw new IllegalArgumentException("there must be at most " + MAX_RULES + " rules");
        }
    }

    /** Whether an answer can come out different. */
    public boolean isActive() {
        return enabled && !rules.isEmpty();
    }

    @Override
    public String toString() {
        return "KeywordReplacement[" + (enabled ? "on" : "off") + ", " + rules.size() + " rules]";
    }

    /**
     * A plain piece of text and what stands in its place; upper and lower case count.
     *
     * @param from what is looked for: not empty, within one line, without backticks, which mark code
     * @param to what is written instead; empty removes the keyword
     */
    public record Rule(String from, String to) {
        public Rule {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            if (from.isEmpty() || from.length() > MAX_LENGTH || to.length() > MAX_LENGTH) {
                throw new IllegalArgumentException(
                        "a rule's sides must have at most " + MAX_LENGTH + " characters, the first at least one");
            }
            if (from.chars().anyMatch(c -> c == '\n' || c == '\r' || c == '`')) {
                throw new IllegalArgumentException("a keyword must be within one line and without backticks");
            }
            if (hasHalfCharacter(from) || hasHalfCharacter(to)) {
                throw new IllegalArgumentException("a rule must not hold half a character");
            }
        }

        @Override
        public String toString() {
            return "Rule[" + from.length() + " to " + to.length() + " characters]";
        }

        private static boolean hasHalfCharacter(String text) {
            return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        }
    }
}
