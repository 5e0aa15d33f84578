package io.github.codebuddy2api.http.json;

import io.github.codebuddy2api.core.RawJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A reusable, growing buffer for JSON text in UTF-8. What is written is one line whatever the text holds: line breaks
 * that some reader might know, and all controls, are escaped. Not thread-safe.
 */
public final class JsonBuffer {
    private static final int INITIAL = 1024;
    private static final int PIECE = 32 * 1024;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /** The longest a character can get: {@code \}{@code uXXXX}. */
    private static final int LONGEST = 6;

    private final OutputStream rawSink = new RawSink();
    private byte[] bytes = new byte[INITIAL];
    private int size;

    /** How many bytes it holds. */
    public int size() {
        return size;
    }

    /** Forgets the content and keeps the space, unless that became unusually large. */
    public void clear() {
        size = 0;
        if (bytes.length > INITIAL * INITIAL) {
            bytes = new byte[INITIAL];
        }
    }

    /** Writes the content to {@code out}, in one piece if it is of a usual size: what is below copies a piece. */
    public void writeTo(OutputStream out) throws IOException {
        for (int from = 0; from < size; from += PIECE) {
            out.write(bytes, from, Math.min(PIECE, size - from));
        }
    }

    /** A copy of the content. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Adds ASCII text as it is. */
    public JsonBuffer ascii(String text) {
        int length = text.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
        return this;
    }

    /** Adds bytes as they are. */
    public JsonBuffer bytes(byte[] more) {
        ensure(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
        return this;
    }

    /** Makes what follows {@code start}, members that each begin with a comma, into an object. */
    public void beginObjectAt(int start) {
        if (start == size) {
            ascii("{}");
        } else {
            bytes[start] = '{';
            ascii("}");
        }
    }

    /** Adds a number. */
    public JsonBuffer number(long number) {
        return ascii(Long.toString(number));
    }

    /** Adds a JSON string that says {@code text}. */
    public JsonBuffer string(String text) {
        int length = text.length();
        ensure(length + 2);
        bytes[size++] = '"';
        int i = 0;
        while (i < length) {
            ensure(length - i + LONGEST);
            i = plain(text, i);
            if (i < length) {
                i = special(text, i);
            }
        }
        ensure(1);
        bytes[size++] = '"';
        return this;
    }

    /** Copies characters that stand for themselves; there is room for all that are left. */
    private int plain(String text, int from) {
        int i = from;
        int length = text.length();
        while (i < length) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') {
                break;
            }
            bytes[size++] = (byte) c;
            i++;
        }
        return i;
    }

    private int special(String text, int i) {
        char c = text.charAt(i);
        if (c == '"' || c == '\\') {
            bytes[size++] = '\\';
            bytes[size++] = (byte) c;
        } else if (c < 0xa0 || c == 0x2028 || c == 0x2029) {
            control(c);
        } else if (c < 0x800) {
            bytes[size++] = (byte) (0xc0 | c >> 6);
            bytes[size++] = (byte) (0x80 | c & 0x3f);
        } else if (!Character.isSurrogate(c)) {
            bytes[size++] = (byte) (0xe0 | c >> 12);
            bytes[size++] = (byte) (0x80 | c >> 6 & 0x3f);
            bytes[size++] = (byte) (0x80 | c & 0x3f);
        } else if (Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1))) {
            fourBytes(Character.toCodePoint(c, text.charAt(i + 1)));
            return i + 2;
        } else {
            escape(c);
        }
        return i + 1;
    }

    private void control(char c) {
        switch (c) {
            case '\n' -> shortEscape('n');
            case '\r' -> shortEscape('r');
            case '\t' -> shortEscape('t');
            case '\b' -> shortEscape('b');
            case '\f' -> shortEscape('f');
            default -> escape(c);
        }
    }

    private void shortEscape(char letter) {
        bytes[size++] = '\\';
        bytes[size++] = (byte) letter;
    }

    private void escape(char c) {
        bytes[size++] = '\\';
        bytes[size++] = 'u';
        bytes[size++] = HEX[c >> 12];
        bytes[size++] = HEX[c >> 8 & 15];
        bytes[size++] = HEX[c >> 4 & 15];
        bytes[size++] = HEX[c & 15];
    }

    private void fourBytes(int codePoint) {
        bytes[size++] = (byte) (0xf0 | codePoint >> 18);
        bytes[size++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
        bytes[size++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
        bytes[size++] = (byte) (0x80 | codePoint & 0x3f);
    }

    /** Adds JSON that is only carried, made one line: between tokens a line break is a space, in a string an escape. */
    public JsonBuffer raw(RawJson json) {
        try {
            json.writeTo(rawSink);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory cannot fail", e);
        }
        return this;
    }

    private void rawBytes(byte[] json, int from, int length) {
        int end = from + length;
        int i = from;
        while (i < end) {
            ensure(end - i + LONGEST);
            int b = json[i] & 0xff;
            if (b == 0xc2 && i + 1 < end && (json[i + 1] & 0xff) < 0xa0) {
                escape((char) (json[i + 1] & 0xff));
                i += 2;
            } else if (b == 0xe2 && i + 2 < end && json[i + 1] == (byte) 0x80 && isSeparator(json[i + 2])) {
                escape((char) (0x2000 | json[i + 2] & 0x3f));
                i += 3;
            } else {
                bytes[size++] = b < 0x20 ? (byte) ' ' : json[i];
                i++;
            }
        }
    }

    private static boolean isSeparator(byte last) {
        return last == (byte) 0xa8 || last == (byte) 0xa9;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length + bytes.length / 2, size + more + INITIAL));
        }
    }

    private final class RawSink extends OutputStream {
        @Override
        public void write(int b) {
            rawBytes(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] json, int from, int length) {
            rawBytes(json, from, length);
        }
    }
}
