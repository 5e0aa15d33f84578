package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.filestore.ConfigFile.Reading;

/** A content of the configuration file with what it means. Immutable as long as nobody writes into the bytes. */
final class LoadedConfig {
    private final byte[] content;
    private final Reading reading;
    private final String version;

    LoadedConfig(byte[] content, Reading reading) {
        this.content = content;
        this.reading = reading;
        this.version = ContentVersion.of(content);
    }

    byte[] content() {
        return content;
    }

    Reading reading() {
        return reading;
    }

    String version() {
        return version;
    }
}
