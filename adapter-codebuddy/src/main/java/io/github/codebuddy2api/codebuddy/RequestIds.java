package io.github.codebuddy2api.codebuddy;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Ids in the two forms the upstream knows. As thread-safe as the random source. */
final class RequestIds {
    private static final int ID_BYTES = 16;
    private static final int NONCE_BYTES = 8;

    private final RandomGenerator random;

    RequestIds(RandomGenerator random) {
        this.random = random;
    }

    /** 32 hexadecimal digits. */
    String hex() {
        return hex(ID_BYTES);
    }

    /** 16 hexadecimal digits, which keep two equal requests apart. */
    String nonce() {
        return hex(NONCE_BYTES);
    }

    /** A random UUID. */
    String uuid() {
        String hex = hex();
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                "4" + hex.substring(13, 16),
                "a" + hex.substring(17, 20),
                hex.substring(20));
    }

    private String hex(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
