package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.codebuddy.UpstreamClient.Response;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.spi.Time;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the upstream for everything besides chat: one request, one whole reply, one deadline. Thread-safe. */
final class ServiceCalls {
    /** A reply with tokens is small. */
    static final int MAX_SMALL_REPLY_BYTES = 64 * 1024;

    private final Supplier<CodeBuddyOptions> options;
    private final RequestHeaders headers;
    private final Connections connections;
    private final Time time;

    ServiceCalls(Supplier<CodeBuddyOptions> options, RequestHeaders headers, Connections connections, Time time) {
        this.options = options;
        this.headers = headers;
        this.connections = connections;
        this.time = time;
    }

    /** How all calls are made now. One step of a protocol asks once and keeps to it. */
    CodeBuddyOptions options() {
        return options.get();
    }

    RequestHeaders headers() {
        return headers;
    }

    /**
     * One call. It prints nothing but its name, since path and headers may be secret.
     *
     * @param endpoint which call
     * @param more what follows its path: a query, for example
     * @param headers all of them
     * @param json the body of a POST; null for a GET
     */
    record Call(
            Endpoint endpoint,
            String more,
            Map<String, String> headers,
            @Nullable String json) {
        static Call get(Endpoint endpoint, Map<String, String> headers) {
            return new Call(endpoint, "", headers, null);
        }

        static Call post(Endpoint endpoint, Map<String, String> headers, String json) {
            return new Call(endpoint, "", headers, json);
        }

        Call with(String rest) {
            return new Call(endpoint, rest, headers, json);
        }

        @Override
        public String toString() {
            return "Call[" + endpoint + "]";
        }
    }

    /**
     * The reply, whatever it says.
     *
     * @throws io.github.codebuddy2api.core.GatewayException if none came in time, or it is larger than agreed
     */
    Reply send(Call call, CodeBuddyOptions now) {
        Duration deadline = now.services().deadline();
        long startedAt = time.nanoTime();
        Response response = head(call, now, deadline);
        if (!Connections.isReadable(response)) {
            response.body().close();
            throw UpstreamGarbled.malformed("The upstream's reply is packed in a way that nobody asked for.", null);
        }
        int maxBytes = maxBytes(call.endpoint(), now.services());
        byte[] body = connections.whole(response, now.deadlines(), startedAt, deadline, maxBytes);
        return Reply.of(
                response.status(), response.headers().firstValue("retry-after").orElse(null), body);
    }

    private Response head(Call call, CodeBuddyOptions now, Duration deadline) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(now.resolve(call.endpoint(), call.more()));
        call.headers().forEach(builder::setHeader);
        if (call.json() == null) {
            builder.GET();
        } else {
            builder.POST(BodyPublishers.ofString(call.json(), StandardCharsets.UTF_8));
        }
        return connections.send(builder.build(), now, deadline);
    }

    private static int maxBytes(Endpoint endpoint, ServiceOptions services) {
        return switch (endpoint) {
            case LOGIN_START, LOGIN_TOKEN, LOGIN_ACCOUNT, SWITCH_ACCOUNT, REFRESH ->
                Math.min(MAX_SMALL_REPLY_BYTES, services.maxReplyBytes());
            case CHAT, ACCOUNTS, MODELS, QUOTA, ENTERPRISE_QUOTA, CHECK_IN_STATUS, CHECK_IN -> services.maxReplyBytes();
        };
    }
}
