package io.github.codebuddy2api.core.canary;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Everything about time and threads that belongs behind a port or to one named owner. */
@SuppressWarnings({"JavaTimeDefaultTimeZone", "ThreadLocalUsage", "SystemOut", "SystemConsoleNull"})
public final class DoesItsOwnTime {
    private final ThreadLocal<String> local = new ThreadLocal<>();
    private final Object monitor = new Object();
    private int count;

    /** The real clock. */
    public Instant now() {
        return Instant.now();
    }

    /** The real clock, otherwise. */
    public long nanos() {
        return System.nanoTime();
    }

    /** A wait that no test can shorten. */
    public void sleep() throws InterruptedException {
        Thread.sleep(1);
    }

    /** A thread without an owner. */
    public Thread thread() {
        return new Thread(this::print);
    }

    /** Another one. */
    public Thread virtualThread() {
        return Thread.ofVirtual().unstarted(this::print);
    }

    /** Output that nobody ordered. */
    public void print() {
        System.out.println(local.get());
    }

    /** Chance that no test can repeat. */
    public int chance() {
        return ThreadLocalRandom.current().nextInt();
    }

    /** A lock that pins its carrier. */
    public synchronized void lockedMethod() {
        count++;
    }

    /** What the two locks guard. */
    public int count() {
        return count;
    }

    /** The same as a block. */
    public void lockedBlock() {
        synchronized (monitor) {
            count++;
        }
    }
}
