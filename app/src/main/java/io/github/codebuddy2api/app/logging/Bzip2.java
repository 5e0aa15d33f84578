package io.github.codebuddy2api.app.logging;

import java.io.IOException;
import java.io.OutputStream;
import kala.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** The bzip2 format. Loaded only when a file is packed this way, and its library with it. */
final class Bzip2 {
    private Bzip2() {}

    /**
     * A stream that writes the format to another and closes it with itself. It holds up to 8 MiB.
     *
     * @param size of what will be written, in bytes; a small file gets small blocks
     */
    static OutputStream onto(OutputStream out, long size) throws IOException {
        return new BZip2CompressorOutputStream(out, BZip2CompressorOutputStream.chooseBlockSize(size));
    }
}
