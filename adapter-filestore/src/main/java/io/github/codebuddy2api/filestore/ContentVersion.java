package io.github.codebuddy2api.filestore;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Tells one content of a file from another. */
final class ContentVersion {
    private static final int BYTES = 16;

    private ContentVersion() {}

    static String of(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
        } catch (NoSuchAlgorithmException notJava) {
            throw new IllegalStateException("every Java has SHA-256", notJava);
        }
    }
}
