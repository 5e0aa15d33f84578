package io.github.codebuddy2api.codebuddy;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a body that came packed although nobody asked for it. Reads nothing before it is read, and never says that
 * bytes are at hand, because the JDK's own stream would wait to find out. What comes out has the limits of any body.
 */
final class GzippedBody extends InputStream {
    private final InputStream packed;
    private @Nullable GZIPInputStream unpacked;

    GzippedBody(InputStream packed) {
        this.packed = packed;
    }

    @Override
    public int read() throws IOException {
        return unpacked().read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return unpacked().read(bytes, offset, length);
    }

    private GZIPInputStream unpacked() throws IOException {
        if (unpacked == null) {
            unpacked = new GZIPInputStream(packed);
        }
        return unpacked;
    }

    /** Closes the connection under it, from any thread. */
    @Override
    public void close() throws IOException {
        packed.close();
    }
}
