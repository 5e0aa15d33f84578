package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.codebuddy.CodeBuddyOptions.Deadlines;
import org.jspecify.annotations.Nullable;

/**
 * What time one answer has left. Silence counts only while somebody waits for the next event, so that a slow caller is
 * not blamed on the upstream; comments are no events. One reader tells what happens, another thread may ask; all times
 * are {@code Time.nanoTime()}.
 */
final class StreamDeadlines {
    /** Which deadline has passed. */
    enum Passed {
        FIRST_EVENT,
        GAP,
        TOTAL,
        /** The answer is whole, and what may still follow is not waited for any longer. */
        AFTER_FINISH
    }

    private final long startedAt;
    private final long firstEvent;
    private final long gap;
    private final long total;
    private final long afterFinish;

    // Written by the reader. Visible to others by the volatile write of "waiting" that follows every change.
    private boolean begun;
    private boolean finished;
    private long waitingSince;
    private long waitedAfterFinish;
    private volatile boolean waiting;

    StreamDeadlines(Deadlines limits, long startedAt) {
        this.startedAt = startedAt;
        this.firstEvent = limits.firstEvent().toNanos();
        this.gap = limits.gap().toNanos();
        this.total = limits.total().toNanos();
        this.afterFinish = limits.afterFinish().toNanos();
    }

    boolean isWaiting() {
        return waiting;
    }

    void waitingFrom(long now) {
        waitingSince = now;
        waiting = true;
    }

    /** An event came. */
    void progressed() {
        begun = true;
        waiting = false;
    }

    /** An event came after the answer was whole: it is progress, but not for ever. */
    void progressedAfterFinish(long now) {
        waitedAfterFinish += waiting ? now - waitingSince : 0;
        waiting = false;
    }

    /** Every choice has its finish reason. */
    void finish() {
        finished = true;
        waiting = false;
    }

    /** The deadline that has passed, if one has. */
    @Nullable Passed passed(long now) {
        boolean waits = waiting;
        if (now - startedAt >= total) {
            return Passed.TOTAL;
        }
        if (!begun && now - startedAt >= firstEvent) {
            return Passed.FIRST_EVENT;
        }
        if (!waits || !begun) {
            return null;
        }
        long silence = now - waitingSince;
        if (finished) {
            return waitedAfterFinish + silence >= afterFinish ? Passed.AFTER_FINISH : null;
        }
        return silence >= gap ? Passed.GAP : null;
    }

    /** How long from {@code now} no deadline can pass, whatever happens; the time to look again. */
    long nothingBefore(long now) {
        boolean waits = waiting;
        long untilTotal = startedAt + total - now;
        if (!begun) {
            // The first event may come at once, and silence after it.
            return Math.min(untilTotal, Math.min(startedAt + firstEvent - now, gap));
        }
        long limit = finished ? afterFinish - waitedAfterFinish : gap;
        long silence = waits ? now - waitingSince : 0;
        return Math.max(0, Math.min(untilTotal, limit - silence));
    }

    long total() {
        return total;
    }
}
