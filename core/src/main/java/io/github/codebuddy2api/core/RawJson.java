package io.github.codebuddy2api.core;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * One JSON value as UTF-8 text that the gateway carries but never reads, so that unknown parameters arrive and numbers
 * are not reformatted. Whoever makes one vouches for its syntax. Immutable; prints its size only, because it may hold a
 * prompt.
 */
public final class RawJson {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final byte[] utf8;
    private final int offset;
    private final int length;

    private RawJson(byte[] utf8, int offset, int length) {
        this.utf8 = utf8;
        this.offset = offset;
        this.length = length;
    }

    /** The value whose JSON text is {@code json}. */
    public static RawJson of(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return slice(bytes, 0, bytes.length);
    }

    /** The JSON string that says {@code text}: quoted, and escaped as far as JSON asks. */
    public static RawJson string(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20) {
                json.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
            } else {
                json.append(c);
            }
        }
        return of(json.append('"').toString());
    }

    /**
     * A view of a part of {@code utf8}, without a copy: the array now belongs to this value and must not change.
     *
     * @throws IndexOutOfBoundsException if the part is not inside the array
     * @throws IllegalArgumentException if the part is empty, which is no JSON value
     */
    public static RawJson slice(byte[] utf8, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, utf8.length);
        if (length == 0) {
            throw new IllegalArgumentException("no JSON value is empty");
        }
        return new RawJson(utf8, offset, length);
    }

    /** Length in bytes. */
    public int length() {
        return length;
    }

    /** Writes the UTF-8 text to {@code out}, unchanged. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(utf8, offset, length);
    }

    /** The JSON text. */
    public String text() {
        return new String(utf8, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawJson that
                && Arrays.equals(utf8, offset, offset + length, that.utf8, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + utf8[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return "RawJson[" + length + " bytes]";
    }
}
