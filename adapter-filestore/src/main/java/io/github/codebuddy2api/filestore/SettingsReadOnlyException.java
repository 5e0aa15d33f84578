package io.github.codebuddy2api.filestore;

import java.util.List;

/** Settings that only the file may change were to be given another value; nothing was changed. */
public final class SettingsReadOnlyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> names;

    /** @param names the flat names */
    SettingsReadOnlyException(List<String> names) {
        super(String.join(", ", names)
                + " can be changed only in config.yaml, or here once settings.allow_sensitive is true there.");
        this.names = List.copyOf(names);
    }

    /** The flat names of the settings. */
    public List<String> names() {
        return names;
    }
}
