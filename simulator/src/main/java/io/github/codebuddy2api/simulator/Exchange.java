package io.github.codebuddy2api.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request the simulator received and what has become of it so far. A live view: safe to read from any thread while the
 * answer runs. All times are {@link System#nanoTime()}. Its {@code toString} shows no content.
 */
public final class Exchange {
    /** How many times of writes are kept for one answer. */
    static final int WRITES_KEPT = 4096;

    /** How an answer ended. */
    public enum End {
        /** All steps were done and the connection stayed open. */
        COMPLETE,
        /** The simulator closed the connection in order, as the scenario wanted. */
        CLOSED,
        /** The simulator reset the connection, as the scenario wanted. */
        RESET,
        /** The peer left first. */
        PEER_LEFT,
        /** The simulator itself was closed. */
        STOPPED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Runnable changed;
    private final long id;
    private final long connection;
    private final Request request;
    private final long arrivedNanos;

    // Guarded by the lock.
    private long[] writeNanos = new long[8];
    private int writes;
    private long bytesWritten;
    private long headNanos;
    private long firstEventNanos;
    private boolean started;
    private boolean firstEvent;
    private boolean ending;
    private @Nullable End end;
    private long endNanos;
    private @Nullable PeerClosed peerClosed;

    Exchange(long id, long connection, Request request, Runnable changed) {
        this.id = id;
        this.connection = connection;
        this.request = request;
        this.changed = changed;
        this.arrivedNanos = System.nanoTime();
    }

    /** The number of this request, rising in order of arrival. */
    public long id() {
        return id;
    }

    /** The number of the connection it came on. */
    public long connection() {
        return connection;
    }

    /** The method, for example {@code POST}. */
    public String method() {
        return request.method();
    }

    /** The path without the query. */
    public String path() {
        return request.path();
    }

    /** The query as it came, empty if there was none. */
    public String query() {
        return request.query();
    }

    /** All headers in their order and spelling. */
    public List<Header> headers() {
        return request.headers();
    }

    /** The value of the first header of that name, whatever its case. */
    public Optional<String> header(String name) {
        return request.header(name);
    }

    /** The body after HTTP framing, before any content decoding. */
    public Bytes body() {
        return request.body();
    }

    /** When the whole request had been read. */
    public long arrivedNanos() {
        return arrivedNanos;
    }

    /** When the writing of the answer began. */
    public OptionalLong startedNanos() {
        return locked(() -> started ? OptionalLong.of(headNanos) : OptionalLong.empty());
    }

    /** When the writing of the first {@code data:} of the answer began. */
    public OptionalLong firstEventNanos() {
        return locked(() -> firstEvent ? OptionalLong.of(firstEventNanos) : OptionalLong.empty());
    }

    /** When each write of the answer, head included, had been handed to the network; only the first 4096 are kept. */
    public long[] writeNanos() {
        return locked(() -> Arrays.copyOf(writeNanos, Math.min(writes, WRITES_KEPT)));
    }

    /** How many bytes of the answer, head included, have been written. */
    public long bytesWritten() {
        return locked(() -> bytesWritten);
    }

    /** How the answer ended; empty while it runs. */
    public Optional<End> end() {
        return locked(() -> Optional.ofNullable(end));
    }

    /** When the answer ended. */
    public OptionalLong endNanos() {
        return locked(() -> end == null ? OptionalLong.empty() : OptionalLong.of(endNanos));
    }

    /**
     * How the peer left during this answer, or after it if no further request came on the connection; empty as long as it
     * has not, and after a reset by the simulator.
     */
    public Optional<PeerClosed> peerClosed() {
        return locked(() -> Optional.ofNullable(peerClosed));
    }

    Request request() {
        return request;
    }

    /**
     * A write that starts the answer, or its first event, is about to begin. Told before it is done, because a peer that
     * has read it may leave before this thread is back from it.
     */
    void writing(boolean event) {
        lock.lock();
        try {
            long now = System.nanoTime();
            headNanos = started ? headNanos : now;
            firstEventNanos = event && !firstEvent ? now : firstEventNanos;
            started = true;
            firstEvent |= event;
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    void wrote(int bytes) {
        lock.lock();
        try {
            if (writes < WRITES_KEPT) {
                if (writes == writeNanos.length) {
                    writeNanos = Arrays.copyOf(writeNanos, Math.min(writes * 2, WRITES_KEPT));
                }
                writeNanos[writes] = System.nanoTime();
            }
            writes++;
            bytesWritten += bytes;
        } finally {
            lock.unlock();
        }
    }

    /** The last write is about to begin; told before it is done for the same reason. */
    void ending() {
        lock.lock();
        try {
            ending = true;
        } finally {
            lock.unlock();
        }
    }

    void ended(End how) {
        lock.lock();
        try {
            if (end != null) {
                return;
            }
            end = how;
            endNanos = System.nanoTime();
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    void peerLeft(PeerClosed.How how) {
        long now = System.nanoTime();
        lock.lock();
        try {
            if (peerClosed != null || end == End.RESET || end == End.STOPPED) {
                return;
            }
            peerClosed = new PeerClosed(now, how, phase());
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    /** Called with the lock held. */
    private PeerClosed.Phase phase() {
        if (ending || (end != null && end != End.PEER_LEFT)) {
            return PeerClosed.Phase.AFTER_END;
        }
        if (!started) {
            return PeerClosed.Phase.BEFORE_HEADERS;
        }
        return firstEvent ? PeerClosed.Phase.BETWEEN_EVENTS : PeerClosed.Phase.BEFORE_FIRST_EVENT;
    }

    private <T> T locked(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "Exchange[" + id + " " + method() + " " + path() + "]";
    }
}
