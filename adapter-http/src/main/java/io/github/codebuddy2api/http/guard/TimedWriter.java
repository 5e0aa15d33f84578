package io.github.codebuddy2api.http.guard;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;

/** Lets the guards see how long each write takes; Helidon itself waits for a caller who does not read for ever. */
final class TimedWriter implements DataWriter {
    private final DataWriter delegate;
    private final CallerConnection connection;

    TimedWriter(DataWriter delegate, CallerConnection connection) {
        this.delegate = delegate;
        this.connection = connection;
    }

    @Override
    public void write(BufferData... buffers) {
        timed(() -> delegate.write(buffers));
    }

    @Override
    public void write(BufferData buffer) {
        timed(() -> delegate.write(buffer));
    }

    @Override
    public void writeNow(BufferData... buffers) {
        timed(() -> delegate.writeNow(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
        timed(() -> delegate.writeNow(buffer));
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
