package io.github.codebuddy2api.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Triggers about HTTP itself: framing, lengths, encodings, odd but legal answers and illegal ones. */
final class WireTriggers {
    private static final Pattern REDIRECT = Pattern.compile("redirect(?:-(3\\d\\d))?");
    private static final int BOMB = 32 * 1024 * 1024;
    private static final int HUGE_HEADER = 1024 * 1024;
    private static final String EVENTS = "text/event-stream";

    Optional<Supplier<Scenario>> find(String name) {
        Matcher redirect = REDIRECT.matcher(name);
        if (redirect.matches()) {
            int status = redirect.group(1) == null ? 302 : Integer.parseInt(redirect.group(1));
            return Optional.of(() ->
                    Heads.fixed(status, "text/html", Bytes.empty(), List.of(new Header("Location", "/redirected"))));
        }
        return switch (name) {
            case "early-hints" -> Optional.of(WireTriggers::earlyHints);
            case "chunk-extension" -> Optional.of(WireTriggers::chunkExtension);
            case "close-delimited" -> Optional.of(WireTriggers::closeDelimited);
            case "content-length" -> Optional.of(() -> withLength(0));
            case "wrong-length-long" -> Optional.of(() -> withLength(100).then(new Step.Close()));
            case "wrong-length-short" -> Optional.of(() -> withLength(-40).then(new Step.Close()));
            case "trailer" -> Optional.of(WireTriggers::trailer);
            case "no-last-chunk" -> Optional.of(WireTriggers::noLastChunk);
            case "bad-chunk-size" -> Optional.of(WireTriggers::badChunkSize);
            case "cut-in-chunk" -> Optional.of(WireTriggers::cutInChunk);
            case "many-events-one-chunk" -> Optional.of(() -> Scenario.pieces(List.of(body())));
            case "gzip" -> Optional.of(() -> gzip(body()));
            case "gzip-bomb" -> Optional.of(() -> gzip(ChatEvents.text("hy3", "x".repeat(BOMB))));
            case "gzip-false" -> Optional.of(WireTriggers::gzipFalse);
            case "no-content-type" -> Optional.of(() -> typed(List.of()));
            case "upper-content-type" ->
                Optional.of(() -> typed(List.of(new Header("content-type", "Text/Event-Stream;charset=UTF-8"))));
            case "huge-header" ->
                Optional.of(() -> typed(
                        List.of(new Header("Content-Type", EVENTS), new Header("X-Huge", "x".repeat(HUGE_HEADER)))));
            case "not-http" ->
                Optional.of(() -> Scenario.of(new Step.Send(Bytes.utf8("SSH-2.0-simulated\r\n")), new Step.Close()));
            case "no-content-204" -> Optional.of(() -> Scenario.of(Heads.dated(204, List.of())));
            default -> Optional.empty();
        };
    }

    private static Bytes body() {
        return Transcripts.body("t1");
    }

    private static Scenario earlyHints() {
        Step hints = new Step.Head(103, List.of(new Header("Link", "</style.css>; rel=preload")));
        return Scenario.pieces(Delivery.byEvent(body())).after(hints);
    }

    private static Scenario chunkExtension() {
        List<Step> steps = new ArrayList<>();
        steps.add(Heads.stream());
        for (Bytes piece : Delivery.byEvent(body())) {
            String size = Integer.toHexString(piece.length()) + ";simulated=\"yes\"\r\n";
            steps.add(new Step.Send(Bytes.utf8(size + piece.text() + "\r\n")));
        }
        steps.add(new Step.LastChunk(List.of()));
        return new Scenario(steps);
    }

    private static Scenario closeDelimited() {
        List<Step> steps = new ArrayList<>();
        steps.add(Heads.dated(200, List.of(new Header("Content-Type", EVENTS), new Header("Connection", "close"))));
        Delivery.byEvent(body()).forEach(piece -> steps.add(new Step.Send(piece)));
        steps.add(new Step.Close());
        return new Scenario(steps);
    }

    private static Scenario withLength(int wrongBy) {
        String length = Integer.toString(body().length() + wrongBy);
        List<Step> steps = new ArrayList<>();
        steps.add(Heads.dated(200, List.of(new Header("Content-Type", EVENTS), new Header("Content-Length", length))));
        Delivery.byEvent(body()).forEach(piece -> steps.add(new Step.Send(piece)));
        return new Scenario(steps);
    }

    private static Scenario trailer() {
        List<Step> steps = new ArrayList<>();
        steps.add(Heads.stream(List.of(new Header("Trailer", "X-Simulated"))));
        Delivery.byEvent(body()).forEach(piece -> steps.add(new Step.Chunk(piece)));
        steps.add(new Step.LastChunk(List.of(new Header("X-Simulated", "yes"))));
        return new Scenario(steps);
    }

    private static Scenario noLastChunk() {
        List<Step> steps = new ArrayList<>();
        steps.add(Heads.stream());
        Delivery.byEvent(body()).forEach(piece -> steps.add(new Step.Chunk(piece)));
        steps.add(new Step.Close());
        return new Scenario(steps);
    }

    private static Scenario badChunkSize() {
        return Scenario.of(
                Heads.stream(),
                new Step.Chunk(ChatEvents.text("hy3", "Seven")),
                new Step.Send(Bytes.utf8("zz\r\n")),
                new Step.Close());
    }

    /** The connection ends in the middle of a chunk whose length had been told. */
    private static Scenario cutInChunk() {
        return Scenario.of(
                Heads.stream(),
                new Step.Chunk(ChatEvents.text("hy3", "Seven")),
                new Step.Send(Bytes.utf8("ff\r\ndata: {\"id\":\"s1\",")),
                new Step.Close());
    }

    private static Scenario gzip(Bytes plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain.shared());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Scenario.of(
                Heads.stream(List.of(new Header("Content-Encoding", "gzip"))),
                new Step.Chunk(Bytes.of(packed.toByteArray())),
                new Step.LastChunk(List.of()));
    }

    /** Says gzip and sends plain text. */
    private static Scenario gzipFalse() {
        return Scenario.of(
                Heads.stream(List.of(new Header("Content-Encoding", "gzip"))),
                new Step.Chunk(body()),
                new Step.LastChunk(List.of()));
    }

    private static Scenario typed(List<Header> headers) {
        List<Header> all = new ArrayList<>(headers);
        all.add(new Header("Transfer-Encoding", "chunked"));
        List<Step> steps = new ArrayList<>();
        steps.add(Heads.dated(200, all));
        Delivery.byEvent(body()).forEach(piece -> steps.add(new Step.Chunk(piece)));
        steps.add(new Step.LastChunk(List.of()));
        return new Scenario(steps);
    }
}
