package io.github.codebuddy2api.simulator;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Status lines and headers as the real service sends them, and their form on the wire. */
final class Heads {
    private Heads() {}

    /** The head of a chunked event stream. */
    static Step.Head stream() {
        return stream(List.of());
    }

    /** The head of a chunked event stream with more headers. */
    static Step.Head stream(List<Header> more) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Content-Type", "text/event-stream; charset=utf-8"));
        headers.add(new Header("Cache-Control", "no-cache"));
        headers.add(new Header("Transfer-Encoding", "chunked"));
        headers.addAll(more);
        return dated(200, headers);
    }

    /** A complete answer with a known length. */
    static Scenario fixed(int status, String contentType, Bytes body, List<Header> more) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Content-Type", contentType));
        headers.add(new Header("Content-Length", Integer.toString(body.length())));
        headers.addAll(more);
        return Scenario.of(dated(status, headers), new Step.Send(body));
    }

    /** These headers and the date, which clients use to notice that their own clock is wrong. */
    static Step.Head dated(int status, List<Header> headers) {
        List<Header> all = new ArrayList<>();
        all.add(new Header("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC))));
        all.addAll(headers);
        return new Step.Head(status, all);
    }

    /** The bytes of a head. */
    static byte[] wire(Step.Head head) {
        StringBuilder text = new StringBuilder(256)
                .append("HTTP/1.1 ")
                .append(head.status())
                .append(' ')
                .append(reason(head.status()))
                .append("\r\n");
        head.headers().forEach(header -> line(text, header));
        return Bytes.utf8(text.append("\r\n").toString()).shared();
    }

    static void line(StringBuilder text, Header header) {
        text.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }

    private static String reason(int status) {
        return switch (status) {
            case 103 -> "Early Hints";
            case 200 -> "OK";
            case 302 -> "Found";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 402 -> "Payment Required";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 413 -> "Content Too Large";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Simulated";
        };
    }
}
