package io.github.codebuddy2api.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Triggers about time and the end of the connection: cuts, resets, stalls, silence, pace, size. */
final class FaultTriggers {
    private static final Pattern NUMBERED = Pattern.compile("([a-z-]+?)-(\\d{1,9})");
    private static final Pattern PACE = Pattern.compile("pace-(\\d{1,7})-(\\d{1,7})");
    private static final Pattern CUT_FROM = Pattern.compile("(cut|reset|stall)-([a-z][a-z0-9-]*?)-(\\d{1,9})");

    private static final Duration COMMENT_PACE = Duration.ofMillis(200);
    private static final int COMMENTS = 3000;
    private static final int OVERSIZE = 2 * 1024 * 1024;
    private static final int SIZE_LIMIT = 256 * 1024 * 1024;
    private static final int LINE_PIECE = 16 * 1024;
    private static final int FLOOD = 20_000;

    Optional<Supplier<Scenario>> find(String name) {
        return plain(name).or(() -> pace(name)).or(() -> numbered(name)).or(() -> cutFrom(name));
    }

    private Optional<Supplier<Scenario>> plain(String name) {
        return switch (name) {
            case "no-headers" -> Optional.of(() -> Scenario.of(new Step.Stall()));
            case "silent" -> Optional.of(() -> Scenario.of(Heads.stream(), new Step.Stall()));
            case "comments-only" -> Optional.of(() -> Scenario.of(Heads.stream(), comments(), new Step.Stall()));
            case "reset-before-headers" -> Optional.of(() -> Scenario.of(new Step.Reset()));
            case "close-before-headers" -> Optional.of(() -> Scenario.of(new Step.Close()));
            case "stale" -> Optional.of(() -> whole("t1").then(new Step.ResetOnNextRequest()));
            case "drop-idle" -> Optional.of(() -> whole("t1").then(new Step.Close()));
            case "stall-after-finish" -> Optional.of(FaultTriggers::stallAfterFinish);
            case "oversize" -> Optional.of(() -> oversize(OVERSIZE));
            case "endless-line" -> Optional.of(() -> endlessLine(64 * 1024 * 1024));
            case "flood" -> Optional.of(() -> flood(FLOOD));
            default -> Optional.empty();
        };
    }

    private Optional<Supplier<Scenario>> numbered(String name) {
        Matcher m = NUMBERED.matcher(name);
        if (!m.matches()) {
            return Optional.empty();
        }
        int number = Math.min(Integer.parseInt(m.group(2)), SIZE_LIMIT);
        @Nullable IntFunction<Scenario> make = switch (m.group(1)) {
            case "cut" -> n -> part("t1", n, new Step.Close());
            case "reset" -> n -> part("t1", n, new Step.Reset());
            case "stall" -> n -> part("t1", n, new Step.Stall());
            case "oversize" -> FaultTriggers::oversize;
            case "endless-line" -> FaultTriggers::endlessLine;
            case "flood" -> FaultTriggers::flood;
            case "slow-headers" -> n -> whole("t1").after(new Step.Pause(Duration.ofMillis(n)));
            case "slow-first-event" -> FaultTriggers::slowFirstEvent;
            case "slow-headers-bytes" -> FaultTriggers::slowHeaderBytes;
            case "gap" -> FaultTriggers::gap;
            default -> null;
        };
        return make == null ? Optional.empty() : Optional.of(() -> make.apply(number));
    }

    /** As cut, reset and stall, but of any transcript. */
    private Optional<Supplier<Scenario>> cutFrom(String name) {
        Matcher m = CUT_FROM.matcher(name);
        if (!m.matches()) {
            return Optional.empty();
        }
        Step end = switch (m.group(1)) {
            case "cut" -> new Step.Close();
            case "reset" -> new Step.Reset();
            default -> new Step.Stall();
        };
        return Optional.of(() -> part(m.group(2), Integer.parseInt(m.group(3)), end));
    }

    private Optional<Supplier<Scenario>> pace(String name) {
        Matcher m = PACE.matcher(name);
        if (!m.matches()) {
            return Optional.empty();
        }
        Step paced = new Step.Paced(Integer.parseInt(m.group(1)), Duration.ofMillis(Integer.parseInt(m.group(2))));
        return Optional.of(() -> ended(paced));
    }

    /** The first bytes of a transcript, by event, and then that end. */
    private static Scenario part(String transcript, int length, Step end) {
        List<Step> steps = new ArrayList<>();
        steps.add(Heads.stream());
        for (Bytes piece : Delivery.byEvent(Transcripts.body(transcript).slice(0, length))) {
            steps.add(new Step.Chunk(piece));
        }
        steps.add(end);
        return new Scenario(steps);
    }

    private static Scenario whole(String transcript) {
        return Scenario.pieces(Delivery.byEvent(Transcripts.body(transcript)));
    }

    private static Step comments() {
        return new Step.Repeat(
                COMMENTS, List.of(new Step.Chunk(Bytes.utf8(": ping\n\n")), new Step.Pause(COMMENT_PACE)));
    }

    /** The whole of T1 but its end mark, and then silence. */
    private static Scenario stallAfterFinish() {
        Bytes body = Transcripts.body("no-done");
        return part("no-done", body.length(), new Step.Stall());
    }

    private static Scenario oversize(int size) {
        return ended(
                new Step.Chunk(ChatEvents.text("hy3", "Seven")),
                new Step.Chunk(ChatEvents.text("hy3", "x".repeat(size))));
    }

    private static Scenario endlessLine(int size) {
        Step piece = new Step.Chunk(Bytes.utf8("x".repeat(LINE_PIECE)));
        return ended(
                new Step.Chunk(ChatEvents.text("hy3", "Seven")),
                new Step.Chunk(Bytes.utf8("data: {\"x\":\"")),
                new Step.Repeat(Math.max(size / LINE_PIECE, 1), List.of(piece)));
    }

    private static Scenario flood(int count) {
        return ended(new Step.Repeat(count, List.of(new Step.Chunk(ChatEvents.text("hy3", "x".repeat(1024))))));
    }

    private static Scenario slowFirstEvent(int millis) {
        Scenario whole = whole("t1");
        return Scenario.of(whole.steps().getFirst(), new Step.Pause(Duration.ofMillis(millis)))
                .then(whole.steps().stream().skip(1).toArray(Step[]::new));
    }

    /** The head byte by byte, so many milliseconds apart. */
    private static Scenario slowHeaderBytes(int millis) {
        Scenario whole = whole("t1");
        Bytes head = Bytes.of(Heads.wire(Heads.stream()));
        List<Step> steps = new ArrayList<>();
        for (int at = 0; at < head.length(); at++) {
            steps.add(new Step.Send(head.slice(at, at + 1)));
            steps.add(new Step.Pause(Duration.ofMillis(millis)));
        }
        steps.addAll(whole.steps().subList(1, whole.steps().size()));
        return new Scenario(steps);
    }

    /** T1 with a silence between its second and third event. */
    private static Scenario gap(int millis) {
        List<Step> steps = new ArrayList<>(whole("t1").steps());
        steps.add(3, new Step.Pause(Duration.ofMillis(millis)));
        return new Scenario(steps);
    }

    /** A stream that begins and ends as it should, with these steps within. */
    private static Scenario ended(Step... middle) {
        return Scenario.of(Heads.stream())
                .then(middle)
                .then(
                        new Step.Chunk(ChatEvents.finish("hy3", "stop")),
                        new Step.Chunk(ChatEvents.usage("hy3", ChatEvents.usageOf(10, 20, 0, 0.001))),
                        new Step.Chunk(ChatEvents.done()),
                        new Step.LastChunk(List.of()));
    }
}
