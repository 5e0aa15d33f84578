package io.github.codebuddy2api.app.logging;

import io.github.codebuddy2api.core.spi.Time;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of the log file. Thread-safe. It never fails: a line that cannot be written is dropped and counted, and
 * the file is tried again a little later.
 */
final class LogFile implements AutoCloseable {
    /** How long a file that could not be written is left alone. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Opens a file to add to its end. */
    interface Opener {
        OutputStream open(Path file) throws IOException;
    }

    private final LogDirectory directory;
    private final Opener opener;
    private final Archivist archivist;
    private final Time time;
    private final AtomicLong dropped = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock, which is held while a line is written so that lines do not mix.
    private LogSettings settings;
    private @Nullable OutputStream out;
    private Instant created = Instant.EPOCH;
    private long size;
    private long lost;
    private boolean failing;
    private long nextTry;
    private boolean stuck;
    private long nextRotation;
    private boolean closed;

    LogFile(LogDirectory directory, Opener opener, Archivist archivist, Time time, LogSettings settings) {
        this.directory = directory;
        this.opener = opener;
        this.archivist = archivist;
        this.time = time;
        this.settings = settings;
        this.nextTry = time.nanoTime();
        this.nextRotation = nextTry;
    }

    /** From the next line on these settings hold. */
    void apply(LogSettings now) {
        lock.lock();
        try {
            settings = now;
            nextTry = time.nanoTime();
            nextRotation = nextTry;
        } finally {
            lock.unlock();
        }
    }

    /** How many lines could not be written, ever. */
    long dropped() {
        return dropped.get();
    }

    /** Writes a line, which ends with a line feed. Returns what a person should be told, once for each trouble. */
    Optional<String> write(byte[] line) {
        lock.lock();
        try {
            if (closed) {
                return Optional.empty();
            }
            if (out == null && isBefore(nextTry)) {
                drop();
                return Optional.empty();
            }
            return tryToWrite(line);
        } finally {
            lock.unlock();
        }
    }

    private Optional<String> tryToWrite(byte[] line) {
        try {
            open();
            Optional<String> trouble = rotateIfDue(line.length);
            put(open(), line);
            failing = false;
            return trouble;
        } catch (IOException failure) {
            boolean news = !failing;
            failing = true;
            drop();
            closeQuietly();
            nextTry = later();
            return news
                    ? Optional.of("the log file cannot be written (" + LogDirectory.reason(failure)
                            + "); its lines are dropped until it can")
                    : Optional.empty();
        }
    }

    private OutputStream open() throws IOException {
        OutputStream file = out;
        if (file == null) {
            LogDirectory.Live live = directory.prepare(time.instant());
            file = opener.open(live.path());
            out = file;
            created = live.created();
            size = live.size();
            if (live.torn()) {
                file.write('\n');
                size++;
            }
        }
        return file;
    }

    private void put(OutputStream file, byte[] line) throws IOException {
        if (lost > 0) {
            byte[] gap = LogLine.of(
                            "WARNING",
                            LogFile.class.getName(),
                            lost + " lines are missing here: the log file could not be written",
                            LogLine.at(time.instant(), directory.zone()))
                    .getBytes(StandardCharsets.UTF_8);
            file.write(gap);
            size += gap.length;
            lost = 0;
        }
        file.write(line);
        size += line.length;
    }

    private Optional<String> rotateIfDue(int bytes) {
        Rotation.State state = new Rotation.State(created, size, directory.zone());
        if (!settings.rotation().isDue(state, bytes, time.instant()) || isBefore(nextRotation)) {
            return Optional.empty();
        }
        closeQuietly();
        try {
            Optional<Path> old = directory.retire(created);
            stuck = false;
            archivist.take(new Archivist.Job(old, settings.compression(), settings.retention()));
            return Optional.empty();
        } catch (IOException failure) {
            boolean news = !stuck;
            stuck = true;
            nextRotation = later();
            return news
                    ? Optional.of("the log file cannot be renamed (" + LogDirectory.reason(failure)
                            + "); it grows until it can")
                    : Optional.empty();
        }
    }

    private long later() {
        return time.nanoTime() + RETRY_AFTER.toNanos();
    }

    private boolean isBefore(long moment) {
        return time.nanoTime() - moment < 0;
    }

    private void drop() {
        lost++;
        dropped.incrementAndGet();
    }

    private void closeQuietly() {
        OutputStream file = out;
        out = null;
        if (file != null) {
            try {
                file.close();
            } catch (IOException nothingMore) {
                // Every line was handed to the system when it was written.
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            closeQuietly();
            if (settings.rotation() instanceof Rotation.Never) {
                archivist.take(new Archivist.Job(Optional.empty(), Compression.NONE, settings.retention()));
            }
        } finally {
            lock.unlock();
        }
    }
}
