package io.github.codebuddy2api.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does the steps of a scenario on one connection. Used by one thread, which is interrupted when the peer leaves. */
final class Player {
    private static final long TICK_NANOS = 2_000_000;

    private final Wire wire;
    private final Gates gates;

    Player(Wire wire, Gates gates) {
        this.wire = wire;
        this.gates = gates;
    }

    /** How the connection is to be left after the answer. */
    enum Leave {
        OPEN,
        CLOSE,
        RESET,
        RESET_ON_NEXT_REQUEST
    }

    Leave play(Scenario scenario) throws IOException, InterruptedException {
        List<Step> steps = scenario.steps();
        Leave leave = all(steps.subList(0, Math.max(steps.size() - 1, 0)));
        if (leave == null && !steps.isEmpty()) {
            if (steps.getLast() instanceof Step.LastChunk || steps.getLast() instanceof Step.Send) {
                wire.ending();
            }
            leave = one(steps.getLast());
        }
        return leave == null ? Leave.OPEN : leave;
    }

    private @Nullable Leave all(List<Step> steps) throws IOException, InterruptedException {
        for (Step step : steps) {
            Leave leave = one(step);
            if (leave != null) {
                return leave;
            }
        }
        return null;
    }

    /** What ends the answer, or null to go on. */
    private @Nullable Leave one(Step step) throws IOException, InterruptedException {
        switch (step) {
            case Step.Head head -> wire.head(head);
            case Step.Send send -> wire.send(send.bytes().shared());
            case Step.Chunk chunk -> wire.chunk(chunk.bytes().shared());
            case Step.LastChunk last -> wire.lastChunk(last.trailers());
            case Step.Pause pause -> Thread.sleep(pause.length());
            case Step.AwaitGate gate -> gates.await(gate.gate());
            case Step.Paced paced -> paced(paced);
            case Step.Repeat repeat -> {
                return repeat(repeat);
            }
            case Step.Stall unused -> Thread.sleep(Duration.ofDays(1));
            case Step.Reset unused -> {
                return Leave.RESET;
            }
            case Step.Close unused -> {
                return Leave.CLOSE;
            }
            case Step.ResetOnNextRequest unused -> {
                return Leave.RESET_ON_NEXT_REQUEST;
            }
        }
        return null;
    }

    private @Nullable Leave repeat(Step.Repeat repeat) throws IOException, InterruptedException {
        for (int turn = 0; turn < repeat.times(); turn++) {
            Leave leave = all(repeat.steps());
            if (leave != null) {
                return leave;
            }
        }
        return null;
    }

    private void paced(Step.Paced paced) throws IOException, InterruptedException {
        long start = System.nanoTime();
        // Built once: thousands of these go out in a second when many streams run.
        String[] frame = ChatEvents.text("pace", "|").text().split("\\|", -1);
        long interval = paced.interval().toNanos();
        for (int number = 0; number < paced.count(); number++) {
            // The schedule is absolute, so that late writes do not push the later ones.
            long early = onTick(start + number * interval) - System.nanoTime();
            if (early > 0) {
                Thread.sleep(Duration.ofNanos(early));
            }
            String mark = number + "@" + System.nanoTime() + " ";
            wire.chunk((frame[0] + mark + frame[1]).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** The next tick: streams that wake together cost a fraction of what they cost one by one. */
    private static long onTick(long due) {
        return Math.ceilDiv(due, TICK_NANOS) * TICK_NANOS;
    }
}
