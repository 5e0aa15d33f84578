package io.github.codebuddy2api.filestore;

import java.util.Objects;

/**
 * A setting under its flat name. Immutable.
 *
 * @param name the flat name, such as {@code CODEBUDDY_PORT}
 * @param path where it is in {@code config.yaml}, such as {@code server.port}
 * @param label what to call it before a person, in English
 * @param group what it is about, with others
 * @param type how its text is to be read
 * @param byDefault its text when the file does not name it; empty if there is none
 * @param restart whether a change takes effect only with the next start
 * @param sensitive whether it may be changed over HTTP only if {@code settings.allow_sensitive} stands in the file
 */
public record SettingKey(
        String name,
        String path,
        String label,
        SettingGroup group,
        SettingType type,
        String byDefault,
        boolean restart,
        boolean sensitive) {
    public SettingKey {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(byDefault, "byDefault");
    }
}
