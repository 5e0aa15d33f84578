package io.github.codebuddy2api.http.openai;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.RequestId;
import io.github.codebuddy2api.http.web.Headers;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Collects the headers by which a caller ties his calls together (protocol sheet, 4.2); strange values are dropped. */
final class CallerIds {
    private static final List<HeaderName> NAMES = List.of(
            HeaderNames.create("x-conversation-id"),
            HeaderNames.create("x-conversation-request-id"),
            HeaderNames.create("x-conversation-message-id"),
            HeaderNames.create("traceparent"),
            HeaderNames.create("tracestate"),
            HeaderNames.create("x-trace-id"),
            HeaderNames.create("x-session-id"),
            HeaderNames.create("x-originator"));
    /** How clients name a conversation, the surest name first. */
    private static final List<HeaderName> CONVERSATION = List.of(
            HeaderNames.create("x-session-id"),
            HeaderNames.create("x-session-affinity"),
            HeaderNames.create("session-id"),
            HeaderNames.create("x-conversation-id"));

    private static final Pattern HARMLESS = Pattern.compile("[\\x20-\\x7e]{1,512}");

    private CallerIds() {}

    static Correlation of(ServerRequest request, ServerResponse response) {
        RequestId requestId =
                new RequestId(response.headers().get(Headers.X_REQUEST_ID).get());
        Map<String, String> ids = new HashMap<>();
        for (HeaderName name : NAMES) {
            harmless(request, name).ifPresent(value -> ids.put(name.lowerCase(), value));
        }
        request.headers()
                .value(Headers.X_REQUEST_ID)
                .filter(RequestId::isValid)
                .ifPresent(value -> ids.put(Headers.X_REQUEST_ID.lowerCase(), value));
        String conversation = CONVERSATION.stream()
                .flatMap(name -> harmless(request, name).stream())
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(null);
        return new Correlation(requestId, ids, conversation);
    }

    private static Optional<String> harmless(ServerRequest request, HeaderName name) {
        return request.headers()
                .value(name)
                .filter(value -> HARMLESS.matcher(value).matches());
    }
}
