package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The headers that tell for whom a request is made (protocol sheet, 4.2). Every value is safe to send. Pure. */
final class AccountHeaders {
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9.-]{1,253}");
    private static final int TOKEN_TAIL = 8;

    private AccountHeaders() {}

    /** Adds the access token and whose it is. */
    static void put(Map<String, String> headers, Secret accessToken, Account account) {
        String token = checked(accessToken, "access");
        headers.put("Authorization", "Bearer " + token);
        headers.put("X-User-Id", userId(account, token));
        put(headers, "X-Enterprise-Id", account.enterpriseId());
        put(headers, "X-Tenant-Id", account.enterpriseId());
        if (account.departmentFullName() != null) {
            put(headers, "X-Department-Info", percentEncoded(account.departmentFullName()));
        }
    }

    /** Adds the refresh token, for the few calls that use it up. */
    static void putRefreshToken(Map<String, String> headers, Secret refreshToken) {
        headers.put("X-Refresh-Token", checked(refreshToken, "refresh"));
    }

    private static String checked(Secret secret, String which) {
        String token = secret.reveal();
        if (!isToken(token)) {
            throw new CredentialRejected(true, "A stored " + which + " token has characters that no token has.");
        }
        return token;
    }

    /** Whether {@code text} could be a token at all. */
    static boolean isToken(String text) {
        return HeaderText.isValue(text) && text.indexOf(' ') < 0;
    }

    private static String userId(Account account, String token) {
        String known = usable(account.uid());
        known = known == null ? usable(JwtClaims.of(token).subject()) : known;
        known = known == null ? usable(account.userId()) : known;
        return known == null ? "anonymous_" + token.substring(Math.max(0, token.length() - TOKEN_TAIL)) : known;
    }

    /** Adds the site the credential belongs to; the host we call if it names none. */
    static void putDomain(Map<String, String> headers, CodeBuddyOptions options, @Nullable String own) {
        if (own != null && isDomain(own)) {
            headers.put("X-Domain", own);
            return;
        }
        String host = options.endpoint().getHost();
        if (isDomain(host)) {
            headers.put("X-Domain", host);
        }
    }

    static boolean isDomain(String text) {
        return DOMAIN.matcher(text).matches();
    }

    static @Nullable String usable(@Nullable String value) {
        return value != null && HeaderText.isValue(value) ? value : null;
    }

    static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null && HeaderText.isValue(value)) {
            headers.put(name, value);
        }
    }

    /** Everything but RFC 3986's unreserved characters is written as {@code %XX} of its UTF-8 bytes. */
    static String percentEncoded(String text) {
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
}
