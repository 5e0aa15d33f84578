package io.github.codebuddy2api.http.web;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * The room that the bodies of all calls under way share. A body is held until its call is over, since another attempt
 * may have to send it again; without a limit a burst of large ones would fill the heap. Thread-safe.
 */
public final class BodyRoom {
    private final IntSupplier maxBytes;
    private final AtomicLong taken = new AtomicLong();

    /** Room for {@code maxBytes} of bodies, which is asked whenever some of it is taken. */
    public BodyRoom(IntSupplier maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** One call's share, empty at first; its owner closes it when the call is over. */
    public Share share() {
        return new Share();
    }

    private boolean take(int more) {
        if (taken.addAndGet(more) <= maxBytes.getAsInt()) {
            return true;
        }
        taken.addAndGet(-more);
        return false;
    }

    /** What one call has taken. Not thread-safe. */
    public final class Share implements AutoCloseable {
        private int mine;

        private Share() {}

        /** Takes {@code more} bytes, unless there is no room for them; whether there was. Does not wait. */
        boolean take(int more) {
            boolean isThere = BodyRoom.this.take(more);
            mine += isThere ? more : 0;
            return isThere;
        }

        /** Gives everything back. */
        @Override
        public void close() {
            taken.addAndGet(-mine);
            mine = 0;
        }
    }
}
