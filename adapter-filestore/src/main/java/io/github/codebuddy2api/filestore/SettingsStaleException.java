package io.github.codebuddy2api.filestore;

/** The settings are no longer those that the caller has seen; nothing was changed. */
public final class SettingsStaleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SettingsStaleException() {
        super("The settings have changed since they were read. Read them again.");
    }
}
