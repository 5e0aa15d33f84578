package io.github.codebuddy2api.codebuddy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The user named in an access token. Nothing is verified: the token is the upstream's own (protocol sheet, 2.8). Pure. */
final class JwtSubject {
    private static final int MAX_PAYLOAD = 16 * 1024;

    private JwtSubject() {}

    /** The {@code sub} claim, or null if {@code token} is no JWT that has one. */
    static @Nullable String of(String token) {
        int begin = token.indexOf('.') + 1;
        int end = token.indexOf('.', begin);
        if (begin == 0 || end < 0 || end - begin > MAX_PAYLOAD) {
            return null;
        }
        try {
            byte[] payload =
                    Base64.getUrlDecoder().decode(token.substring(begin, end).getBytes(StandardCharsets.US_ASCII));
            JsonNode subject = Json.MAPPER.readTree(payload).path("sub");
            return subject.isString() ? subject.stringValue() : null;
        } catch (IllegalArgumentException | JacksonException notAJwt) {
            return null;
        }
    }
}
