package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any text around a secret in a line of the log: one harmless line, and the secret is not in it. */
public final class FuzzedLogText {
    private static final String SECRET = "fake-canary-0123456789";
    private static final KnownSecrets KNOWN = known();

    private FuzzedLogText() {}

    private static KnownSecrets known() {
        KnownSecrets known = new KnownSecrets();
        known.learn(List.of(Secret.of(SECRET)));
        return known;
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        int middle = text.length() / 2;
        for (String line : List.of(text, text.substring(0, middle) + SECRET + text.substring(middle))) {
            String written = KNOWN.hide(LogText.safe(line));
            assertThat(written.chars().noneMatch(Character::isISOControl)).isTrue();
            assertThat(written.contains(SECRET)).isFalse();
        }
        // Without a word that says what it is, only a known secret is seen; nothing may join two halves of it.
        String other = text.replace(SECRET, " ");
        assertThat(LogText.safe("Authorization: Bearer " + SECRET + " " + other).contains(SECRET))
                .isFalse();
    }
}
