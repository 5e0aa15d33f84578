package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.core.spi.UsageStore;
import io.github.codebuddy2api.core.usage.UsageRecord;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Usage in files that are only appended to, one a day in UTC, in lines of JSON, mode 0600. Counts, names of models and of
 * credentials are in it, never what was said. {@link #append} does not touch the disk: it hands over to the one thread
 * of this store, and drops the record if that is too far behind. Days older than the retention are removed; a day is at
 * most 16 MiB, all together 64 MiB. What a crash tears is passed over.
 * Thread-safe.
 */
public final class UsageFile implements UsageStore, AutoCloseable {
    private static final int MAX_WAITING = 4_096;
    private static final int MAX_BATCH = 512;
    private static final long MAX_DAY = 16L << 20;
    private static final long MAX_IN_ALL = 64L << 20;
    private static final long BETWEEN_SWEEPS = Duration.ofMinutes(10).toNanos();
    private static final String UNEXPECTED = "the statistics could not be written for an unexpected reason";
    private static final Duration FLUSH = Duration.ofSeconds(5);

    private final UsageDays days;
    private final Supplier<Duration> retention;
    private final Time time;
    private final long mostInDay;
    private final UsageLine line = new UsageLine();
    /** An empty one only wakes the writer up. */
    private final BlockingQueue<Optional<UsageRecord>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread writer =
            Thread.ofPlatform().name("usage-writer").daemon().unstarted(this::run);
    private volatile String trouble = "";

    // Only the writer's thread touches these.
    private @Nullable FileChannel channel;
    private LocalDate day = LocalDate.MIN;
    private long sweptAt;

    /**
     * A store in {@code directory}, which is made if it is missing. It owns a thread until it is closed.
     *
     * @param retention how long a day is kept; asked anew now and then
     * @throws StoreFailed if the directory cannot be made
     */
    public UsageFile(Path directory, Supplier<Duration> retention, Time time) {
        this(new UsageDays(directory, MAX_IN_ALL), retention, time, MAX_DAY);
    }

    UsageFile(UsageDays days, Supplier<Duration> retention, Time time, long mostInDay) {
        this.days = days;
        this.retention = retention;
        this.time = time;
        this.mostInDay = mostInDay;
        new AtomicFile(new LocalDisk()).createDirectories(days.directory(), "the directory of the statistics");
        this.sweptAt = time.nanoTime() - BETWEEN_SWEEPS;
        writer.start();
    }

    @Override
    public void append(UsageRecord usage) {
        if (closed.get() || !waiting.offer(Optional.of(usage))) {
            dropped.incrementAndGet();
        }
    }

    @Override
    public void replay(Consumer<UsageRecord> reader) {
        try {
            days.lines(firstDay(), text -> line.read(text).ifPresent(reader));
        } catch (IOException unreadable) {
            trouble = DiskTrouble.of(unreadable);
        }
    }

    /** How many records were lost because the disk was too slow, too full or broken. */
    public long dropped() {
        return dropped.get();
    }

    /** Why the disk last refused, in plain words; empty if it does not any more. */
    public Optional<String> trouble() {
        return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }

    private LocalDate firstDay() {
        long kept = Math.max(1, retention.get().plusDays(1).minusNanos(1).toDays());
        return LocalDate.ofInstant(time.instant(), ZoneOffset.UTC).minusDays(kept);
    }

    private void run() {
        List<Optional<UsageRecord>> batch = new ArrayList<>();
        try {
            while (!closed.get() || !waiting.isEmpty()) {
                batch.add(waiting.take());
                waiting.drainTo(batch, MAX_BATCH);
                keep(batch.stream().flatMap(Optional::stream).toList());
                batch.clear();
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        } finally {
            closeDay();
        }
    }

    /** After a failure the rest of the batch is given up too: the disk is asked again with the next one. */
    private void keep(List<UsageRecord> batch) {
        String sweeping = sweepIfDue();
        int kept = 0;
        String writing = "";
        try {
            for (UsageRecord usage : batch) {
                write(usage);
                kept++;
            }
        } catch (IOException failed) {
            writing = DiskTrouble.of(failed);
        } catch (RuntimeException unexpected) { // The thread is the only one: it must see the next batch.
            writing = UNEXPECTED;
        }
        if (!writing.isEmpty()) {
            dropped.addAndGet(batch.size() - kept);
            closeDay();
        }
        trouble = writing.isEmpty() ? sweeping : writing;
    }

    private void write(UsageRecord usage) throws IOException {
        byte[] bytes = (line.write(usage) + '\n').getBytes(StandardCharsets.UTF_8);
        FileChannel file = fileOf(LocalDate.ofInstant(usage.endedAt(), ZoneOffset.UTC));
        if (file.position() + bytes.length > mostInDay) {
            dropped.incrementAndGet();
        } else {
            UsageDays.write(file, bytes);
        }
    }

    private FileChannel fileOf(LocalDate wanted) throws IOException {
        FileChannel file = channel;
        if (file == null || !wanted.equals(day)) {
            closeDay();
            file = days.open(wanted);
            channel = file;
            day = wanted;
        }
        return file;
    }

    /** Why the old days could not be removed; empty if they could, or it is too early to ask. */
    private String sweepIfDue() {
        long now = time.nanoTime();
        if (now - sweptAt < BETWEEN_SWEEPS) {
            return "";
        }
        sweptAt = now;
        try {
            days.sweep(firstDay());
            return "";
        } catch (IOException notNow) {
            return DiskTrouble.of(notNow);
        } catch (RuntimeException unexpected) { // The retention is asked of others.
            return UNEXPECTED;
        }
    }

    private void closeDay() {
        FileChannel file = channel;
        channel = null;
        if (file != null) {
            try (file) {
                file.force(false);
            } catch (IOException lost) {
                trouble = DiskTrouble.of(lost);
            }
        }
    }

    /** Writes what waits, for five seconds at most, and ends the thread. */
    @Override
    public void close() {
        closed.set(true);
        boolean unused = waiting.offer(Optional.empty());
        try {
            if (!writer.join(FLUSH)) {
                dropped.addAndGet(waiting.size());
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        }
    }
}
