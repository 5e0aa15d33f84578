package io.github.codebuddy2api.filestore;

import java.util.Objects;

/**
 * A file in the credential directory that is not used, and why.
 *
 * @param name the file's name, fit for one line; it can hold an account's name, so it is shown to the owner and not
 *     logged
 * @param id the first 16 hex digits of the SHA-256 of the name; safe to log
 * @param reason what is wrong with it, as a sentence without a full stop; holds nothing of its content
 */
public record SkippedFile(String name, String id, String reason) {
    public SkippedFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String toString() {
        return "SkippedFile[" + id + ": " + reason + "]";
    }
}
