package io.github.codebuddy2api.http.guard;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.util.function.Consumer;

/** Lets the guards see how long each write takes; Helidon itself waits for a caller who does not read for ever. */
final class TimedWriter implements DataWriter {
    /** What has to get through within one deadline. */
    private static final int PIECE = 64 * 1024;

    private final DataWriter delegate;
    private final CallerConnection connection;

    TimedWriter(DataWriter delegate, CallerConnection connection) {
        this.delegate = delegate;
        this.connection = connection;
    }

    @Override
    public void write(BufferData... buffers) {
        if (size(buffers) <= PIECE) {
            timed(() -> delegate.write(buffers));
        } else {
            inPieces(BufferData.create(buffers), delegate::write);
        }
    }

    @Override
    public void write(BufferData buffer) {
        inPieces(buffer, delegate::write);
    }

    @Override
    public void writeNow(BufferData... buffers) {
        if (size(buffers) <= PIECE) {
            timed(() -> delegate.writeNow(buffers));
        } else {
            inPieces(BufferData.create(buffers), delegate::writeNow);
        }
    }

    @Override
    public void writeNow(BufferData buffer) {
        inPieces(buffer, delegate::writeNow);
    }

    private static int size(BufferData... buffers) {
        int size = 0;
        for (BufferData buffer : buffers) {
            size += buffer.available();
        }
        return size;
    }

    /** A piece at a time: whoever reads on slowly must not be cut for the size of what is written. */
    private void inPieces(BufferData buffer, Consumer<BufferData> write) {
        while (buffer.available() > PIECE) {
            byte[] piece = new byte[PIECE];
            int length = buffer.read(piece);
            timed(() -> write.accept(BufferData.create(piece, 0, length)));
        }
        timed(() -> write.accept(buffer));
    }

    @Override
    public void flush() {
        timed(delegate::flush);
    }

    @Override
    public void close() {
        delegate.close();
    }

    private void timed(Runnable write) {
        connection.writeStarts();
        try {
            write.run();
        } finally {
            connection.writeEnds();
        }
    }
}
