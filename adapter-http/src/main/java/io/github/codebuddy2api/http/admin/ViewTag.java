package io.github.codebuddy2api.http.admin;

import io.github.codebuddy2api.core.credential.CredentialView;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Short names for what an owner has seen, by which he can say what he means to change. They change with what a position
 * or an item stands for, not with the states that come and go.
 */
final class ViewTag {
    private static final int BYTES = 8;

    private ViewTag() {}

    /** Of the whole list: which credentials, in which order. */
    static String of(List<CredentialView> all) {
        MessageDigest digest = sha256();
        all.forEach(view -> add(digest, view.id().value()));
        return shortened(digest);
    }

    /** Of one credential: which it is, and whose. */
    static String of(CredentialView view) {
        MessageDigest digest = sha256();
        add(digest, view.id().value());
        add(digest, view.name());
        add(digest, String.valueOf(view.account().uid()));
        add(digest, String.valueOf(view.account().userId()));
        add(digest, String.valueOf(view.account().enterpriseId()));
        return shortened(digest);
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length});
        digest.update(bytes);
    }

    private static String shortened(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
