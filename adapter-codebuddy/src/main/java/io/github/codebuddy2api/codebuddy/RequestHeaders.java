package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.Tokens;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one request (protocol sheet, 2.2, 4.2, 7.1 and 8). {@code Host} is not among them: it follows from the
 * address. Of the caller's headers the correlation ids alone travel. Pure, but for the injected ids.
 */
final class RequestHeaders {
    private static final int MAX_CORRELATION_LENGTH = 512;
    private static final List<String> CARRIED =
            List.of("traceparent", "tracestate", "x-trace-id", "x-session-id", "x-originator");

    /** All that billing takes along with a key instead of a token (protocol sheet, 8). */
    private static final Set<String> WITH_A_KEY =
            Set.of("authorization", "content-type", "accept", "user-agent", "accept-encoding");

    private static final String KEY_PREFIX = "ck_";

    private final RequestIds ids;

    RequestHeaders(RequestIds ids) {
        this.ids = ids;
    }

    /** Of a chat request; by name, without regard to case; every value is safe to send. */
    Map<String, String> of(CodeBuddyOptions options, Credential credential, Correlation correlation) {
        Map<String, String> headers = constant(options);
        AccountHeaders.put(headers, credential.accessToken(), credential.account());
        AccountHeaders.putDomain(headers, options, credential.account().domain());
        correlate(headers, correlation.headers());
        return headers;
    }

    /** Of a request that is made for nobody yet. */
    Map<String, String> ofNobody(CodeBuddyOptions options) {
        Map<String, String> headers = constant(options);
        AccountHeaders.putDomain(headers, options, null);
        for (String absent : List.of("Authorization", "User-Id", "Enterprise-Id", "Department-Info")) {
            headers.put("X-No-" + absent, "true");
        }
        headers.put("Cache-Control", "no-cache");
        headers.put("Pragma", "no-cache");
        headers.put("X-Request-ID", ids.hex());
        return headers;
    }

    /** Of a request besides chat that is made for an account. */
    Map<String, String> ofAccount(CodeBuddyOptions options, Tokens tokens, Account account) {
        Map<String, String> headers = constant(options);
        AccountHeaders.put(headers, tokens.accessToken(), account);
        AccountHeaders.putDomain(headers, options, account.domain());
        headers.put("X-Request-ID", ids.hex());
        return headers;
    }

    /** The same for a request about credits, which are refused if a key comes with more than it needs. */
    Map<String, String> ofBilling(CodeBuddyOptions options, Credential credential) {
        Map<String, String> headers = ofAccount(options, credential.tokens(), credential.account());
        if (headers.getOrDefault("Authorization", "").startsWith("Bearer " + KEY_PREFIX)) {
            headers.keySet().removeIf(name -> !WITH_A_KEY.contains(name.toLowerCase(Locale.ROOT)));
        }
        return headers;
    }

    private static Map<String, String> constant(CodeBuddyOptions options) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(options.client().headers());
        headers.put("Content-Type", "application/json");
        headers.put("Accept-Encoding", "identity");
        return headers;
    }

    private void correlate(Map<String, String> headers, Map<String, String> given) {
        headers.put("X-Conversation-ID", givenOr(given, "X-Conversation-ID", ids.uuid()));
        headers.put("X-Conversation-Request-ID", givenOr(given, "X-Conversation-Request-ID", ids.hex()));
        headers.put("X-Conversation-Message-ID", givenOr(given, "X-Conversation-Message-ID", ids.hex()));
        headers.put("X-Request-ID", givenOr(given, "X-Request-ID", ids.hex()));
        for (String name : CARRIED) {
            AccountHeaders.put(headers, name, correlation(given.get(name)));
        }
    }

    private static String givenOr(Map<String, String> given, String name, String fresh) {
        String value = correlation(given.get(name));
        return value == null ? fresh : value;
    }

    private static @Nullable String correlation(@Nullable String value) {
        return value != null && value.length() <= MAX_CORRELATION_LENGTH ? AccountHeaders.usable(value) : null;
    }
}
