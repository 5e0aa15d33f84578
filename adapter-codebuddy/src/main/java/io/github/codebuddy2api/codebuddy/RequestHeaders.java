package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one chat request (protocol sheet, 4.2). {@code Host} is not among them: it follows from the address. Of
 * the caller's headers the correlation ids alone travel. Pure, but for the injected random source.
 */
final class RequestHeaders {
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9.-]{1,253}");
    private static final int ID_BYTES = 16;
    private static final int TOKEN_TAIL = 8;
    private static final int MAX_CORRELATION_LENGTH = 512;
    private static final List<String> CARRIED =
            List.of("traceparent", "tracestate", "x-trace-id", "x-session-id", "x-originator");

    private final RandomGenerator random;

    RequestHeaders(RandomGenerator random) {
        this.random = random;
    }

    /** By name, without regard to case; every value is safe to send. */
    Map<String, String> of(CodeBuddyOptions options, Credential credential, Correlation correlation) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(options.client().headers());
        headers.put("Content-Type", "application/json");
        headers.put("Accept-Encoding", "identity");
        String token = credential.accessToken().reveal();
        if (!HeaderText.isValue(token) || token.indexOf(' ') >= 0) {
            throw new CredentialRejected(true, "A stored access token has characters that no token has.");
        }
        headers.put("Authorization", "Bearer " + token);
        identify(headers, credential.account(), token);
        put(headers, "X-Domain", domain(options, credential.account()));
        correlate(headers, correlation.headers());
        return headers;
    }

    private static void identify(Map<String, String> headers, Account account, String token) {
        headers.put("X-User-Id", userId(account, token));
        put(headers, "X-Enterprise-Id", account.enterpriseId());
        put(headers, "X-Tenant-Id", account.enterpriseId());
        if (account.departmentFullName() != null) {
            put(headers, "X-Department-Info", percentEncoded(account.departmentFullName()));
        }
    }

    private static String userId(Account account, String token) {
        String known = usable(account.uid());
        known = known == null ? usable(JwtSubject.of(token)) : known;
        known = known == null ? usable(account.userId()) : known;
        return known == null ? "anonymous_" + token.substring(Math.max(0, token.length() - TOKEN_TAIL)) : known;
    }

    private static @Nullable String domain(CodeBuddyOptions options, Account account) {
        String own = account.domain();
        if (own != null && DOMAIN.matcher(own).matches()) {
            return own;
        }
        String host = options.endpoint().getHost();
        return DOMAIN.matcher(host).matches() ? host : null;
    }

    private void correlate(Map<String, String> headers, Map<String, String> given) {
        headers.put("X-Conversation-ID", givenOr(given, "X-Conversation-ID", uuid()));
        headers.put("X-Conversation-Request-ID", givenOr(given, "X-Conversation-Request-ID", hexId()));
        headers.put("X-Conversation-Message-ID", givenOr(given, "X-Conversation-Message-ID", hexId()));
        headers.put("X-Request-ID", givenOr(given, "X-Request-ID", hexId()));
        for (String name : CARRIED) {
            put(headers, name, correlation(given.get(name)));
        }
    }

    private static String givenOr(Map<String, String> given, String name, String fresh) {
        String value = correlation(given.get(name));
        return value == null ? fresh : value;
    }

    private static @Nullable String correlation(@Nullable String value) {
        return value != null && value.length() <= MAX_CORRELATION_LENGTH ? usable(value) : null;
    }

    private static @Nullable String usable(@Nullable String value) {
        return value != null && HeaderText.isValue(value) ? value : null;
    }

    private static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null && HeaderText.isValue(value)) {
            headers.put(name, value);
        }
    }

    /** Everything but RFC 3986's unreserved characters is written as {@code %XX} of its UTF-8 bytes. */
    private static String percentEncoded(String text) {
        HexFormat hex = HexFormat.of().withUpperCase();
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean unreserved =
                    c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
            if (unreserved) {
                out.append(c);
            } else {
                out.append('%').append(hex.toHexDigits(b));
            }
        }
        return out.toString();
    }

    private String hexId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private String uuid() {
        String hex = hexId();
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                "4" + hex.substring(13, 16),
                "a" + hex.substring(17, 20),
                hex.substring(20));
    }
}
