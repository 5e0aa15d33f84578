package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.spi.UsageStore;
import io.github.codebuddy2api.core.usage.UsageRecord;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps usage in memory. Thread-safe. */
public final class InMemoryUsageStore implements UsageStore {
    private final List<UsageRecord> records;
    private volatile boolean broken;

    private InMemoryUsageStore(List<UsageRecord> records) {
        this.records = new CopyOnWriteArrayList<>(records);
    }

    /** A store that holds these, oldest first. */
    public static InMemoryUsageStore of(UsageRecord... records) {
        return new InMemoryUsageStore(List.of(records));
    }

    /** From now on every {@link #append} fails against the rules of its port, or keeps them again. */
    public void breakDown(boolean on) {
        broken = on;
    }

    @Override
    public void append(UsageRecord usage) {
        if (broken) {
            throw new IllegalStateException("a store that breaks the rules");
        }
        records.add(usage);
    }

    @Override
    public void replay(Consumer<UsageRecord> reader) {
        records.forEach(reader);
    }

    /** All that it holds. */
    public List<UsageRecord> records() {
        return List.copyOf(records);
    }
}
