package io.github.codebuddy2api.filestore;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The configuration file as text: UTF-8, or UTF-16 when a byte order mark says so.
 *
 * @param text without the mark
 * @param charset how the bytes were written
 * @param marked whether a byte order mark stood first
 */
record ConfigText(String text, Charset charset, boolean marked) {
    /** The largest configuration file that is read, in bytes. */
    static final int MAX_BYTES = 256 * 1024;

    /**
     * The text without its byte order mark.
     *
     * @throws ConfigException if the bytes are too many, not text, or end in NULs as a torn write leaves them
     */
    static String decode(byte[] bytes) {
        return of(bytes).text();
    }

    /**
     * The text, with what it takes to write it in the same form again.
     *
     * @throws ConfigException as {@link #decode} does
     */
    static ConfigText of(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new ConfigException(List.of(ConfigProblem.ofFile(
                    "the file is larger than " + MAX_BYTES / 1024 + " KiB", "Remove what does not belong there")));
        }
        Charset charset = charset(bytes);
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        boolean malformed = decoder.decode(in, out, true).isError();
        String text = out.flip().toString();
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw at(text, nul, "the file has NUL bytes, as a crash while saving leaves them", "Restore a copy");
        }
        if (malformed) {
            throw at(text, text.length(), "the text is not UTF-8", "Save the file as UTF-8");
        }
        boolean marked = text.startsWith("\uFEFF");
        return new ConfigText(marked ? text.substring(1) : text, charset, marked);
    }

    /** Another text as bytes of the same form. */
    byte[] encode(String other) {
        return (marked ? "\uFEFF" + other : other).getBytes(charset);
    }

    private static Charset charset(byte[] bytes) {
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        return StandardCharsets.UTF_8;
    }

    private static ConfigException at(String text, int index, String reason, String cure) {
        int line = 1 + (int) text.chars().limit(index).filter(c -> c == '\n').count();
        int column = index - text.lastIndexOf('\n', Math.max(0, index - 1));
        return new ConfigException(List.of(new ConfigProblem(line, Math.max(1, column), "", reason, cure)));
    }
}
