package io.github.codebuddy2api.http.web;

import java.util.concurrent.Semaphore;

/**
 * The room that the bodies of all calls under way share. A body is held until its call is over, since another attempt
 * may have to send it again; without a limit a burst of large ones would fill the heap. Thread-safe.
 */
public final class BodyRoom {
    private final Semaphore bytes;

    /** Room for {@code maxBytes} of bodies. */
    public BodyRoom(int maxBytes) {
        this.bytes = new Semaphore(maxBytes);
    }

    /** One call's share, empty at first; its owner closes it when the call is over. */
    public Share share() {
        return new Share();
    }

    /** What one call has taken. Not thread-safe. */
    public final class Share implements AutoCloseable {
        private int taken;

        private Share() {}

        /** Takes {@code more} bytes, unless there is no room for them; whether there was. Does not wait. */
        boolean take(int more) {
            boolean isThere = bytes.tryAcquire(more);
            taken += isThere ? more : 0;
            return isThere;
        }

        /** Gives everything back. */
        @Override
        public void close() {
            bytes.release(taken);
            taken = 0;
        }
    }
}
