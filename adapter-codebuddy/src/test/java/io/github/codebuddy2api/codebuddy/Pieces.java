package io.github.codebuddy2api.codebuddy;

import java.io.InputStream;

/** Bytes that come in pieces: one read gives what is left up to the next cut, as a socket does. */
final class Pieces extends InputStream {
    private final byte[] bytes;
    private final int[] cuts;
    private int position;

    Pieces(byte[] bytes, int... cuts) {
        this.bytes = bytes;
        this.cuts = cuts;
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("only blocks are read");
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (position == bytes.length) {
            return -1;
        }
        int until = bytes.length;
        for (int cut : cuts) {
            until = cut > position ? Math.min(until, cut) : until;
        }
        int count = Math.min(length, until - position);
        System.arraycopy(bytes, position, into, offset, count);
        position += count;
        return count;
    }
}
