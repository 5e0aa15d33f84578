package io.github.codebuddy2api.simulator;

import io.github.codebuddy2api.simulator.Refusals.Refusal;
import io.github.codebuddy2api.simulator.Refusals.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Triggers that refuse: by code, by status, in each shape, and as the edge in front of the service does it. */
final class RefusalTriggers {
    private static final Pattern BY_CODE =
            Pattern.compile("(?:(\\d{3})-)?(\\d{4,6}|integer-below-min-value)(?:-(\\d{3}))?");
    private static final Pattern GENERIC = Pattern.compile("error-(\\d{3})-(\\d{1,9})(?:-([abcs]))?");
    private static final Pattern EDGE = Pattern.compile("(html|empty|text)-(\\d{3})");
    private static final Pattern STATUS = Pattern.compile("[45]\\d\\d");
    private static final Pattern RETRY_AFTER = Pattern.compile("retry-after-(\\d{1,9})(?:-(\\d{3}))?");
    private static final Pattern JSON = Pattern.compile("json-200(?:-(\\d{1,9}))?");

    private final Refusals refusals;

    RefusalTriggers(Refusals refusals) {
        this.refusals = refusals;
    }

    Optional<Supplier<Scenario>> find(String name) {
        return special(name)
                .or(() -> matched(BY_CODE, name, this::byCode))
                .or(() -> matched(GENERIC, name, this::generic))
                .or(() -> matched(EDGE, name, RefusalTriggers::edge))
                .or(() -> matched(STATUS, name, RefusalTriggers::status))
                .or(() -> matched(RETRY_AFTER, name, RefusalTriggers::retryAfter))
                .or(() -> matched(JSON, name, this::json));
    }

    private Optional<Supplier<Scenario>> special(String name) {
        return switch (name) {
            case "11128-first-message" ->
                Optional.of(() -> refusals.answer("11128", "first message is not system prompt"));
            case "11128-policy" ->
                Optional.of(
                        () -> refusals.answer(refusal("11128").with(403).saying("request blocked by security policy")));
            case "11140-limit", "429-11140" ->
                Optional.of(() -> refusals.answer(providerLimit().with(429)));
            case "200-11140" ->
                Optional.of(() -> refusals.answer(providerLimit().with(200)));
            case "t7" ->
                Optional.of(
                        () -> Scenario.json(400, Transcripts.resource("t7.json").text()));
            default -> Optional.empty();
        };
    }

    private Refusal providerLimit() {
        return refusal("11140").with(Shape.A).saying("model provider is rate-limiting requests");
    }

    private Scenario byCode(Matcher m) {
        Refusal refusal = refusals.find(m.group(2).replace('-', '_')).orElse(unknown(m.group(2)));
        String status = m.group(1) != null ? m.group(1) : m.group(3);
        return refusals.answer(status == null ? refusal : refusal.with(Integer.parseInt(status)));
    }

    private Scenario generic(Matcher m) {
        Refusal refusal = refusals.find(m.group(2)).orElse(unknown(m.group(2))).with(Integer.parseInt(m.group(1)));
        Shape shape = m.group(3) == null ? Shape.A : Shape.valueOf(m.group(3).toUpperCase(Locale.ROOT));
        return refusals.answer(refusal.with(shape));
    }

    private Scenario json(Matcher m) {
        if (m.group(1) == null) {
            return Scenario.json(200, "{\"answer\":\"this is neither a stream nor an envelope\"}");
        }
        return refusals.answer(refusals.find(m.group(1))
                .orElse(unknown(m.group(1)))
                .with(Shape.A)
                .with(200));
    }

    private Refusal refusal(String code) {
        return refusals.find(code).orElseThrow();
    }

    private static Refusal unknown(String code) {
        return new Refusal(code, 400, Shape.A, "simulated", "simulated refusal " + code);
    }

    private static Scenario edge(Matcher m) {
        int status = Integer.parseInt(m.group(2));
        return switch (m.group(1)) {
            case "html" -> edgePage(status);
            case "text" ->
                Heads.fixed(status, "text/plain", Bytes.utf8("simulated plain text " + status + "\n"), List.of());
            default -> Heads.fixed(status, "application/json", Bytes.empty(), List.of());
        };
    }

    /** The page of the edge, which knows nothing of envelopes. */
    static Scenario edgePage(int status) {
        return Scenario.html(
                status,
                "<html>\r\n<head><title>" + status + "</title></head>\r\n<body>\r\n<center><h1>" + status
                        + "</h1></center>\r\n<hr><center>openresty</center>\r\n"
                        + "<p><em>Powered by APISIX.</em></p></body>\r\n</html>\r\n");
    }

    private static Scenario status(Matcher m) {
        int status = Integer.parseInt(m.group());
        return Scenario.json(
                status,
                Json.object("error", Json.object("message", "simulated status " + status, "type", "server_error"))
                        .write());
    }

    private static Scenario retryAfter(Matcher m) {
        int status = m.group(2) == null ? 429 : Integer.parseInt(m.group(2));
        return Scenario.json(
                status,
                "{\"code\":14003,\"msg\":\"too many requests\",\"requestId\":\"5151c0de\"}",
                new Header("Retry-After", m.group(1)));
    }

    private static Optional<Supplier<Scenario>> matched(
            Pattern pattern, String name, Function<Matcher, Scenario> answer) {
        Matcher matcher = pattern.matcher(name);
        return matcher.matches() ? Optional.of(() -> answer.apply(matcher)) : Optional.empty();
    }
}
