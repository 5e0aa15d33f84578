package io.github.codebuddy2api.filestore;

import java.util.Objects;

/**
 * One place in the configuration file that needs a look, and what to do about it. Safe to print: it never holds the
 * value of a secret.
 *
 * @param line the line in the file, from 1; 0 if no line is to blame
 * @param column the column, from 1; 0 if no line is to blame
 * @param key the full key, such as {@code server.port}; empty if the file as a whole is meant
 * @param reason what is wrong
 * @param cure what to write instead
 */
public record ConfigProblem(int line, int column, String key, String reason, String cure) {
    public ConfigProblem {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(cure, "cure");
    }

    /** The whole file is at fault. */
    static ConfigProblem ofFile(String reason, String cure) {
        return new ConfigProblem(0, 0, "", reason, cure);
    }

    /** One line for a person: where, what, cure. */
    @Override
    public String toString() {
        String where = line == 0 ? "" : "line " + line + ", column " + column + ": ";
        String what = key.isEmpty() ? reason : key + " " + reason;
        return where + what + ". " + cure + ".";
    }
}
