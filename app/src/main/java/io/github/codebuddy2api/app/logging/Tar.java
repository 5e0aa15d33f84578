package io.github.codebuddy2api.app.logging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The frame of a tar archive with one file, in the POSIX ustar format. Pure. */
final class Tar {
    private static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_BYTES = 8;
    /** Eleven octal digits. */
    private static final long MAX_SIZE = (1L << 33) - 1;

    private Tar() {}

    /** The block before the content. */
    static byte[] header(String name, long size, long modifiedSeconds) throws IOException {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        if (nameBytes.length > NAME_BYTES || size > MAX_SIZE) {
            throw new IOException("the file's name or the file is too long for a tar archive");
        }
        byte[] block = new byte[BLOCK];
        System.arraycopy(nameBytes, 0, block, 0, nameBytes.length);
        put(block, 100, "0000600");
        put(block, 108, "0000000");
        put(block, 116, "0000000");
        put(block, 124, "%011o".formatted(size));
        put(block, 136, "%011o".formatted(Math.clamp(modifiedSeconds, 0, MAX_SIZE)));
        put(block, 156, "0");
        put(block, 257, "ustar");
        put(block, 263, "00");
        Arrays.fill(block, CHECKSUM_AT, CHECKSUM_AT + CHECKSUM_BYTES, (byte) ' ');
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, CHECKSUM_AT, "%06o".formatted(sum));
        block[CHECKSUM_AT + 6] = 0;
        return block;
    }

    /** What follows the content: it is filled up to a whole block, and two empty blocks end the archive. */
    static byte[] end(long size) {
        int padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
        return new byte[padding + 2 * BLOCK];
    }

    private static void put(byte[] block, int at, String ascii) {
        byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }
}
