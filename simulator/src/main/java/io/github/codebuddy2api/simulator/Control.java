package io.github.codebuddy2api.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The simulator's own calls, for tests that are not written in Java: the journal, scripts and gates over HTTP. They do not
 * appear in the journal. Thread-safe.
 */
final class Control {
    static final String PREFIX = "/simulator/";

    private static final String SCRIPT = PREFIX + "scripts/";
    private static final String GATE = PREFIX + "gates/";
    private static final String JOURNAL = PREFIX + "journal";

    /** Headers that carry tokens; only their last characters are shown. */
    private static final Set<String> SECRET = Set.of("authorization", "x-refresh-token", "x-api-key", "cookie");

    private static final int SHOWN = 4;

    private final Journal journal;
    private final Scripts scripts;
    private final Gates gates;

    Control(Journal journal, Scripts scripts, Gates gates) {
        this.journal = journal;
        this.scripts = scripts;
        this.gates = gates;
    }

    Scenario answer(Request request) {
        String call = request.method() + " " + request.path();
        if (call.equals("GET " + JOURNAL)) {
            return journal(request);
        }
        if (call.equals("DELETE " + JOURNAL)) {
            journal.clear();
            return done();
        }
        if (call.startsWith("PUT " + SCRIPT)) {
            return script(rest(request, SCRIPT), request);
        }
        if (call.startsWith("DELETE " + SCRIPT)) {
            scripts.remove(rest(request, SCRIPT));
            return done();
        }
        if (call.startsWith("PUT " + GATE)) {
            gates.open(rest(request, GATE));
            return done();
        }
        return Scenario.json(404, "{\"error\":\"there is no such call\"}");
    }

    /** A body with {@code next} lines holds several scenarios, one for each request in turn. */
    private Scenario script(String key, Request request) {
        try {
            String text = "for " + key + "\n" + request.body().text();
            List<Scenario> inTurn = ScriptParser.file(text).getOrDefault(key, List.of());
            scripts.put(key, inTurn);
            return done();
        } catch (IllegalArgumentException wrong) {
            return Scenario.json(
                    400,
                    Json.object("error", String.valueOf(wrong.getMessage())).write());
        }
    }

    private Scenario journal(Request request) {
        boolean bodies = request.parameter("bodies").orElse("").equals("true");
        String path = request.parameter("path").orElse("");
        List<Json> entries = journal.requests().stream()
                .filter(e -> path.isEmpty() || e.path().equals(path))
                .map(e -> entry(e, bodies))
                .toList();
        return Scenario.json(
                200,
                Json.object("nowNanos", System.nanoTime(), "requests", entries).write());
    }

    private static Json entry(Exchange exchange, boolean bodies) {
        return Json.object(
                "id", exchange.id(),
                "connection", exchange.connection(),
                "method", exchange.method(),
                "path", exchange.path(),
                "query", exchange.query(),
                "headers", exchange.headers().stream().map(Control::header).toList(),
                "body", bodies ? exchange.body().text() : null,
                "bodyBytes", exchange.body().length(),
                "arrivedNanos", exchange.arrivedNanos(),
                "startedNanos", orNull(exchange.startedNanos()),
                "firstEventNanos", orNull(exchange.firstEventNanos()),
                "bytesWritten", exchange.bytesWritten(),
                "end", exchange.end().map(Enum::name).orElse(null),
                "endNanos", orNull(exchange.endNanos()),
                "peerClosed",
                        exchange.peerClosed()
                                .map(c -> Json.object(
                                        "nanos", c.nanos(),
                                        "how", c.how().name(),
                                        "phase", c.phase().name()))
                                .orElse(null));
    }

    private static Json header(Header header) {
        boolean secret = SECRET.contains(header.name().toLowerCase(Locale.ROOT));
        String value = header.value();
        String shown = secret ? "…" + value.substring(Math.max(0, value.length() - SHOWN)) : value;
        return Json.object("name", header.name(), "value", shown);
    }

    private static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static String rest(Request request, String prefix) {
        return URLDecoder.decode(request.path().substring(prefix.length()), StandardCharsets.UTF_8);
    }

    private static Scenario done() {
        return Scenario.json(200, "{\"done\":true}");
    }
}
