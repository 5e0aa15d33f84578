package io.github.codebuddy2api.filestore;

import java.util.Objects;

/**
 * A setting that a backup has otherwise. Only its name is printed.
 *
 * @param name its flat name
 * @param from its present text, a password as its mask
 * @param to its text in the backup, a password as its mask
 */
public record SettingDifference(String name, String from, String to) {
    public SettingDifference {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
    }

    @Override
    public String toString() {
        return "SettingDifference[" + name + "]";
    }
}
