package io.github.codebuddy2api.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An unchangeable run of bytes. Its {@code toString} shows the length only. */
public final class Bytes {
    private static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** The given bytes, copied. */
    public static Bytes of(byte... content) {
        return content.length == 0 ? EMPTY : new Bytes(content.clone());
    }

    /** The UTF-8 form of the text. */
    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** No bytes at all. */
    public static Bytes empty() {
        return EMPTY;
    }

    /** How many bytes there are. */
    public int length() {
        return content.length;
    }

    /** The bytes from {@code from} (included) to {@code to} (excluded); both are cut to what exists. */
    public Bytes slice(int from, int to) {
        int end = Math.clamp(to, 0, content.length);
        int start = Math.clamp(from, 0, end);
        return start == end ? EMPTY : new Bytes(Arrays.copyOfRange(content, start, end));
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        return content.clone();
    }

    /** The bytes read as UTF-8; what is not UTF-8 becomes U+FFFD. */
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** The array itself, for those in this package who only read it. */
    byte[] shared() {
        return content;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return "Bytes[" + content.length + "]";
    }
}
