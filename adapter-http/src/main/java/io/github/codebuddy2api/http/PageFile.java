package io.github.codebuddy2api.http;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One file of the admin page, whole and in each encoding it can be sent in. The arrays are not copied: nobody changes
 * them.
 *
 * @param mediaType as sent, such as {@code text/html; charset=utf-8}
 * @param content as it is
 * @param gzip the same by gzip, if there is such a form
 * @param brotli the same by Brotli, if there is such a form
 */
@SuppressWarnings("ArrayRecordComponent") // Two files are never compared, and copies would only cost memory.
public record PageFile(String mediaType, byte[] content, byte @Nullable [] gzip, byte @Nullable [] brotli) {
    public PageFile {
        if (mediaType.isBlank()) {
            throw new IllegalArgumentException("mediaType must not be blank");
        }
        Objects.requireNonNull(content, "content");
    }

    @Override
    public String toString() {
        return "PageFile[" + mediaType + ", " + content.length + " bytes]";
    }
}
