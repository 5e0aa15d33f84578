package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.api.UsageReport;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.core.spi.UsageStore;
import io.github.codebuddy2api.core.usage.UsageRecord;
import io.github.codebuddy2api.core.usage.UsageSummary;
import io.github.codebuddy2api.core.usage.UsageSummary.Counts;
import io.github.codebuddy2api.core.usage.UsageSummary.Hour;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Counts what was asked and spent. A record costs a few additions under the lock, so that many answers may end at once.
 * Thread-safe.
 */
final class UsageService implements UsageReport {
    /** Single hours are told apart for this long. */
    static final Duration HOURS_KEPT = Duration.ofHours(24);

    private final UsageStore store;
    private final Time time;

    private final ReentrantLock lock = new ReentrantLock();
    // All guarded by lock.
    private final UsageTally total = new UsageTally();
    private final Map<String, UsageTally> byModel = new HashMap<>();
    private final Map<String, UsageTally> byCredential = new HashMap<>();
    private final TreeMap<Instant, UsageTally> hours = new TreeMap<>();
    private Instant since;

    /** Counts what is stored first. */
    UsageService(UsageStore store, Time time) {
        this.store = store;
        this.time = time;
        this.since = time.instant();
        store.replay(this::count);
    }

    /** Takes in a request that has ended. */
    void add(UsageRecord usage) {
        count(usage);
        try {
            store.append(usage);
        } catch (RuntimeException ignored) {
            // By its port a record that cannot be kept is lost; the answer it is about is not to blame.
        }
    }

    private void count(UsageRecord usage) {
        Instant now = time.instant();
        lock.lock();
        try {
            since = usage.endedAt().isBefore(since) ? usage.endedAt() : since;
            total.add(usage);
            tally(byModel, usage.model()).add(usage);
            tally(byCredential, usage.credentialName()).add(usage);
            forgetOldHours(now);
            if (isOfTheLastDay(usage.endedAt(), now)) {
                hours.computeIfAbsent(hourOf(usage.endedAt()), unused -> new UsageTally())
                        .add(usage);
            }
        } finally {
            lock.unlock();
        }
    }

    private static UsageTally tally(Map<String, UsageTally> tallies, String label) {
        return tallies.computeIfAbsent(
                Labels.within(UsageSummary.MAX_LABELS, tallies, label), unused -> new UsageTally());
    }

    /** A record from the future comes of a clock that was set back; it has no place among the hours yet. */
    private static boolean isOfTheLastDay(Instant end, Instant now) {
        return !hourOf(end).isAfter(now) && hourOf(end).isAfter(now.minus(HOURS_KEPT));
    }

    private void forgetOldHours(Instant now) {
        hours.headMap(now.minus(HOURS_KEPT), true).clear();
    }

    private static Instant hourOf(Instant moment) {
        return moment.truncatedTo(ChronoUnit.HOURS);
    }

    @Override
    public UsageSummary summary() {
        Instant now = time.instant();
        lock.lock();
        try {
            forgetOldHours(now);
            List<Hour> told = hours.entrySet().stream()
                    .map(entry -> new Hour(entry.getKey(), entry.getValue().counts()))
                    .toList();
            return new UsageSummary(since, total.counts(), counts(byModel), counts(byCredential), told);
        } finally {
            lock.unlock();
        }
    }

    private static Map<String, Counts> counts(Map<String, UsageTally> tallies) {
        return tallies.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().counts()));
    }
}
