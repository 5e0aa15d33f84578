package io.github.codebuddy2api.codebuddy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a response as they arrive, at most two network reads ahead of the reader. Unlike the JDK's own stream it
 * hands out what arrived before the connection broke, so that an answer whose end had come is whole; and what nobody reads
 * any more can be let pass. One reader; anybody may close.
 */
final class ResponseBytes extends InputStream implements BodySubscriber<ResponseBytes> {
    private static final int MAX_DRAINED_BYTES = 64 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by the lock; the subscription is called without it.
    private final Queue<List<ByteBuffer>> arrived = new ArrayDeque<>();
    private final Queue<ByteBuffer> current = new ArrayDeque<>();
    private @Nullable Subscription subscription;
    private @Nullable Throwable broken;
    private boolean complete;
    private boolean closed;
    private boolean draining;
    private long drained;

    @Override
    public CompletionStage<ResponseBytes> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Subscription given) {
        lock.lock();
        try {
            subscription = given;
        } finally {
            lock.unlock();
        }
        if (isClosed()) {
            given.cancel();
        } else {
            given.request(2);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        Subscription tooMuch = null;
        lock.lock();
        try {
            if (draining) {
                drained += length(buffers);
                tooMuch = drained > MAX_DRAINED_BYTES ? subscription : null;
            } else if (!closed) {
                arrived.add(buffers);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (tooMuch != null) {
            tooMuch.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        lock.lock();
        try {
            broken = broken == null ? failure : broken;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onComplete() {
        lock.lock();
        try {
            complete = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Subscription more = null;
        lock.lock();
        try {
            if (current.isEmpty()) {
                if (!awaitArrival()) {
                    return -1;
                }
                current.addAll(arrived.remove());
                more = subscription;
            }
            return take(into, offset, length);
        } finally {
            lock.unlock();
            if (more != null) {
                more.request(1);
            }
        }
    }

    private boolean awaitArrival() throws IOException {
        while (true) {
            if (closed) {
                throw new IOException("closed");
            }
            if (!arrived.isEmpty()) {
                return true;
            }
            if (broken != null) {
                throw new IOException(broken);
            }
            if (complete) {
                return false;
            }
            try {
                changed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
    }

    private int take(byte[] into, int offset, int length) {
        int taken = 0;
        for (ByteBuffer buffer = current.peek(); buffer != null && taken < length; buffer = current.peek()) {
            int count = Math.min(buffer.remaining(), length - taken);
            buffer.get(into, offset + taken, count);
            taken += count;
            if (!buffer.hasRemaining()) {
                current.remove();
            }
        }
        return taken;
    }

    @Override
    public int available() {
        lock.lock();
        try {
            long bytes = length(current);
            for (List<ByteBuffer> buffers : arrived) {
                bytes += length(buffers);
            }
            return (int) Math.min(bytes, Integer.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }

    /** A plain loop, because it runs for every event. */
    private static long length(Iterable<ByteBuffer> buffers) {
        long bytes = 0;
        for (ByteBuffer buffer : buffers) {
            bytes += buffer.remaining();
        }
        return bytes;
    }

    /**
     * Lets the rest pass unread, so that the connection can be used again; nobody reads after that.
     *
     * @return whether the rest is here already, so that there is nothing to wait for
     */
    boolean drain() {
        Subscription rest;
        lock.lock();
        try {
            draining = true;
            arrived.clear();
            current.clear();
            if (complete || closed || broken != null) {
                return true;
            }
            rest = subscription;
        } finally {
            lock.unlock();
        }
        if (rest != null) {
            rest.request(Long.MAX_VALUE);
        }
        return false;
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Closes the connection, unless the response has ended; wakes the reader. */
    @Override
    public void close() {
        Subscription unwanted;
        lock.lock();
        try {
            unwanted = complete || closed ? null : subscription;
            closed = true;
            arrived.clear();
            current.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (unwanted != null) {
            unwanted.cancel();
        }
    }
}
