package io.github.codebuddy2api.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an owner may have left as the password that must not open anything. */
enum UnusablePassword {
    NONE(null, true),
    EXAMPLE("your_secret_password", true),
    EMPTY("", true),
    BLANK("   ", true),
    TAB_AND_LINE_END("\t \n", true),
    EXAMPLE_IN_CAPITALS("Your_Secret_Password", true),
    CHANGE_ME("changeme", true),
    SHORT_FOR_OTHERS("elevenchars", false),
    HASH_WITH_TOO_LITTLE_WORK("$pbkdf2-sha256$i=1000$c2FsdHNhbHQ$aGFzaA", true),
    HASH_OF_ANOTHER_KIND("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA", true),
    HASH_CUT_OFF("$pbkdf2-sha256$i=600000$", true);

    private final @Nullable String configured;
    private final boolean loopbackBind;

    UnusablePassword(@Nullable String configured, boolean loopbackBind) {
        this.configured = configured;
        this.loopbackBind = loopbackBind;
    }

    ServerPassword judged() {
        return ServerPassword.from(configured, loopbackBind);
    }

    /** Headers that might open something: the very text, nothing at all, words of carelessness, an older session. */
    List<String> attempts(String cookie) {
        List<String> tokens = new ArrayList<>(List.of("", " ", "null", "undefined", "x", "********"));
        tokens.add(Objects.requireNonNullElse(configured, "").strip());
        List<String> attempts = new ArrayList<>(List.of("", cookie + Browser.FROM_THE_PAGE));
        tokens.forEach(token -> attempts.add("Authorization: Bearer " + token + "\r\n"));
        attempts.add("Authorization: Basic Og==\r\n");
        return attempts;
    }
}
