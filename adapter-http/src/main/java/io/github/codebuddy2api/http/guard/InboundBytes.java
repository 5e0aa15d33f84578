package io.github.codebuddy2api.http.guard;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection's bytes come from. While an answer is under way another thread may read ahead, because only a read
 * shows that the caller left; what it finds is handed over, so the connection can go on.
 */
final class InboundBytes implements Supplier<byte @Nullable []> {
    /** What a caller may send ahead of his turn before we stop looking; none of it is answered. */
    private static final int MAX_IGNORED_BYTES = 64 * 1024;

    /** What is read and thrown away of a refused body. */
    private static final long MAX_SKIPPED_BYTES = 64L * 1024 * 1024;

    /** A chunk of a body is as long as a whole one at most; what surrounds it is far shorter than this. */
    private static final int LONGEST_FRAMING = 64 * 1024;

    private final HelidonSocket socket;
    private final CallerConnection connection;
    private final DataReader reader;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition handedOver = lock.newCondition();
    // Guarded by the lock.
    private boolean isReadingAhead;
    private byte @Nullable [] ahead;
    private boolean ended;

    // Touched by the connection's thread alone: at least as much as Helidon holds and has not taken.
    private long held;

    // Written once, before the first read.
    private BooleanSupplier betweenRequests = () -> false;

    InboundBytes(HelidonSocket socket, CallerConnection connection) {
        this.socket = socket;
        this.connection = connection;
        this.reader = DataReader.create(this);
    }

    DataReader reader() {
        return reader;
    }

    /** Whether bytes are left that were received with the request. */
    boolean hasUnread() {
        return reader.available() > 0;
    }

    /** Says how to tell a read between two requests from one inside a request. */
    void betweenRequests(BooleanSupplier test) {
        betweenRequests = test;
    }

    /** The next bytes for Helidon; null at the end. Called on the connection's thread. */
    @Override
    public byte @Nullable [] get() {
        boolean between = betweenRequests.getAsBoolean();
        if (between) {
            if (connection.closesAfterAnswer()) {
                return null;
            }
            connection.waitsForRequest();
        }
        requireRoom();
        byte[] bytes = handedOver() ? taken() : readNow();
        held += bytes == null ? 0 : bytes.length;
        if (bytes != null && between) {
            connection.firstBytesCame();
        }
        return bytes;
    }

    /** Helidon looks for the end of a chunk's size or of a trailer however far away it is, and keeps all until there. */
    private void requireRoom() {
        long most = connection.maxBodyBytes() + (long) LONGEST_FRAMING;
        if (held > most) {
            held = reader.available();
            if (held > most) {
                throw new CloseConnectionException("a line of the body's framing does not end");
            }
        }
    }

    private byte @Nullable [] readNow() {
        try {
            return socket.get();
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("the caller's connection broke", e);
        }
    }

    /** Waits for whoever reads ahead; whether that left something, be it the end. */
    private boolean handedOver() {
        lock.lock();
        try {
            while (isReadingAhead) {
                handedOver.await();
            }
            return ended || ahead != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("interrupted between requests", e);
        } finally {
            lock.unlock();
        }
    }

    private byte @Nullable [] taken() {
        lock.lock();
        try {
            byte[] bytes = ahead;
            ahead = null;
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Starts to read ahead, unless that is under way or has led somewhere already. */
    void readAhead() {
        lock.lock();
        try {
            if (isReadingAhead || ahead != null || ended) {
                return;
            }
            isReadingAhead = true;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("caller-watch").start(this::readUntilOver);
    }

    private void readUntilOver() {
        int ignored = 0;
        byte[] bytes = readOrEnd();
        while (bytes != null && connection.isCalled() && ignored < MAX_IGNORED_BYTES) {
            ignored += bytes.length;
            connection.closeAfterAnswer();
            bytes = readOrEnd();
        }
        handOver(bytes);
        if (bytes == null) {
            connection.callerLeft();
        }
    }

    /** Reads to the end, within limits: closing on unread bytes would reset the connection under the answer. */
    void skipToEnd(Runnable beforeEachRead) {
        if (isBusyOrEnded()) {
            return;
        }
        long skipped = 0;
        byte[] bytes;
        do {
            beforeEachRead.run();
            bytes = readOrEnd();
            skipped += bytes == null ? 0 : bytes.length;
        } while (bytes != null && skipped < MAX_SKIPPED_BYTES);
    }

    private boolean isBusyOrEnded() {
        lock.lock();
        try {
            return isReadingAhead || ended;
        } finally {
            lock.unlock();
        }
    }

    private byte @Nullable [] readOrEnd() {
        try {
            return socket.get();
        } catch (RuntimeException gone) {
            // A reset says the same as an end: nobody is there any more. And the connection's thread waits for our
            // word.
            return null;
        }
    }

    private void handOver(byte @Nullable [] bytes) {
        lock.lock();
        try {
            isReadingAhead = false;
            ahead = bytes;
            ended = bytes == null;
            handedOver.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
