package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Any bytes as a token, and as the claims of one. */
public final class FuzzedToken {
    private FuzzedToken() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        claims(new String(input, StandardCharsets.ISO_8859_1));
        claims("h." + Base64.getUrlEncoder().withoutPadding().encodeToString(input) + ".s");
    }

    private static void claims(String token) {
        JwtClaims claims = JwtClaims.of(token);
        assertThat(claims.toString()).startsWith("JwtClaims[");
        for (String text : new String[] {
            claims.subject(), claims.email(), claims.loginName(), claims.displayName(), claims.enterpriseId()
        }) {
            assertThat(text == null || text.chars().noneMatch(Character::isISOControl))
                    .isTrue();
        }
        claims.issuedAt();
        claims.expiresAt();
    }
}
