package io.github.codebuddy2api.app.logging;

import io.github.codebuddy2api.core.spi.Time;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Packs and deletes old log files, on one thread of its own, so that nobody waits for it. What fails is told and left as
 * it is; an archive has its name only when it is complete.
 */
final class Archivist implements AutoCloseable {
    /** How many rotations may wait. A file beyond that stays unpacked; the next job still finds it old. */
    static final int MAX_WAITING = 64;

    /** How long closing waits for the work at hand. */
    static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private static final Duration INTERRUPT_LIMIT = Duration.ofSeconds(1);

    /**
     * What follows a rotation.
     *
     * @param old the file to pack, if there is one
     */
    record Job(Optional<Path> old, Compression compression, Retention retention) {
        Job {
            Objects.requireNonNull(compression, "compression");
            Objects.requireNonNull(retention, "retention");
        }
    }

    private final LogDirectory directory;
    private final Time time;
    private final Consumer<String> troubles;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final Deque<Job> waiting = new ArrayDeque<>();
    private boolean closing;

    /** @param troubles told of what failed, on the archivist's thread */
    Archivist(LogDirectory directory, Time time, Consumer<String> troubles) {
        this.directory = directory;
        this.time = time;
        this.troubles = troubles;
        this.thread = Thread.ofPlatform().name("log-archivist").daemon(true).unstarted(this::run);
    }

    /** Begins to work, after removing what an earlier run left unfinished. */
    void start() {
        thread.start();
    }

    /** Does it soon. */
    void take(Job job) {
        lock.lock();
        try {
            if (waiting.size() < MAX_WAITING) {
                waiting.add(job);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        removeUnfinished();
        for (Job job = next(); job != null; job = next()) {
            work(job);
        }
    }

    private void work(Job job) {
        job.old().ifPresent(old -> pack(old, job.compression()));
        expire(job.retention());
    }

    private @Nullable Job next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closing) {
                changed.awaitUninterruptibly();
            }
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    private void pack(Path old, Compression compression) {
        if (compression == Compression.NONE) {
            return;
        }
        String name = old.getFileName().toString();
        Path archive = old.resolveSibling(name + compression.suffix());
        Path unfinished =
                old.resolveSibling(LogNames.unfinished(archive.getFileName().toString()));
        try {
            write(old, unfinished, compression);
            Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(old);
        } catch (NoSuchFileException removed) {
            delete(unfinished);
        } catch (IOException failure) {
            delete(unfinished);
            troubles.accept("an old log file stays unpacked (" + LogDirectory.reason(failure) + ")");
        }
    }

    private void write(Path old, Path unfinished, Compression compression) throws IOException {
        BasicFileAttributes found = Files.readAttributes(old, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (InputStream in = Files.newInputStream(old, LinkOption.NOFOLLOW_LINKS);
                FileChannel channel = FileChannel.open(unfinished, fresh, directory.forOwner());
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            Compression.Content content = new Compression.Content(
                    old.getFileName().toString(),
                    found.size(),
                    found.lastModifiedTime().to(TimeUnit.SECONDS),
                    in);
            compression.pack(content, out);
            out.flush();
            channel.force(true);
        }
        // An archive is as old as its last line, not as its packing.
        Files.setLastModifiedTime(unfinished, found.lastModifiedTime());
    }

    private void expire(Retention retention) {
        try {
            List<Retention.OldFile> old = new ArrayList<>();
            for (Path file : named(LogNames::isOld)) {
                describe(file).ifPresent(old::add);
            }
            for (Retention.OldFile file : retention.expired(old, time.instant())) {
                Files.deleteIfExists(file.path());
            }
        } catch (NoSuchFileException noFolder) {
            // Then nothing is in it.
        } catch (IOException failure) {
            troubles.accept("old log files could not be deleted (" + LogDirectory.reason(failure) + ")");
        }
    }

    /** Nothing for what is not a file, or is none any more. */
    private static Optional<Retention.OldFile> describe(Path file) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isRegularFile()
                    ? Optional.of(
                            new Retention.OldFile(file, found.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (NoSuchFileException removed) {
            return Optional.empty();
        }
    }

    private void removeUnfinished() {
        try {
            named(LogNames::isUnfinished).forEach(Archivist::delete);
        } catch (IOException noFolderYet) {
            // Then nothing was left in it.
        }
    }

    private List<Path> named(Predicate<String> name) throws IOException {
        try (Stream<Path> files = Files.list(directory.folder())) {
            return files.filter(file -> name.test(file.getFileName().toString()))
                    .toList();
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException staysBehind) {
            // The next start tries again.
        }
    }

    /** Does what waits, as far as the limit allows, and ends the thread. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (!thread.join(CLOSE_LIMIT)) {
                abandonWaiting();
                thread.interrupt();
                thread.join(INTERRUPT_LIMIT);
            }
        } catch (InterruptedException e) {
            abandonWaiting();
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void abandonWaiting() {
        lock.lock();
        try {
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }
}
