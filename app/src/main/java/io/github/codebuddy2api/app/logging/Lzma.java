package io.github.codebuddy2api.app.logging;

import java.io.IOException;
import java.io.OutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZOutputStream;

/** The xz format and its forerunner. Loaded only when a file is packed this way, and their library with it. */
final class Lzma {
    /**
     * In bytes. With a dictionary of 1 MiB the compressor holds 13 MiB; the 8 MiB that are usual would make it 93 MiB, a
     * fifth of the whole heap, to save one per cent of a log.
     */
    static final int DICTIONARY_LIMIT = 1 << 20;

    private static final int USUAL_PRESET = 6;
    private static final int SIZE_UNKNOWN = -1;

    private Lzma() {}

    /**
     * A stream that writes the xz format to another and closes it with itself.
     *
     * @param size of what will be written, in bytes
     */
    static OutputStream xz(OutputStream out, long size) throws IOException {
        return new XZOutputStream(out, options(size));
    }

    /**
     * A stream that writes the older format, which is called "lzma alone", to another and closes it with itself. The
     * content's end is marked rather than its size told beforehand, as the original's archives had it.
     *
     * @param size of what will be written, in bytes
     */
    static OutputStream alone(OutputStream out, long size) throws IOException {
        return new LZMAOutputStream(out, options(size), SIZE_UNKNOWN);
    }

    /** A dictionary larger than the file would only cost memory. */
    static LZMA2Options options(long size) throws IOException {
        LZMA2Options options = new LZMA2Options(USUAL_PRESET);
        options.setDictSize(Math.clamp(size, LZMA2Options.DICT_SIZE_MIN, DICTIONARY_LIMIT));
        return options;
    }
}
