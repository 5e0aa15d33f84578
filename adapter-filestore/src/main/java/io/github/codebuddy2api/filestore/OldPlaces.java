package io.github.codebuddy2api.filestore;

import java.util.List;

/** Where older files have some of the keys. They are read there, and moved to their own place when they change. */
final class OldPlaces {
    private OldPlaces() {}

    static List<String> of(String path) {
        return switch (path) {
            case "codebuddy.models" -> List.of("models", "server.models", "credentials.models");
            case "codebuddy.rotation_count" ->
                List.of("rotation_count", "server.rotation_count", "credentials.rotation_count");
            case "codebuddy.ssl_verify" -> List.of("ssl_verify", "server.ssl_verify", "credentials.ssl_verify");
            case "codebuddy.creds_dir" ->
                List.of("creds_dir", "server.creds_dir", "credentials.creds_dir", "credentials.dir");
            default -> List.of();
        };
    }
}
