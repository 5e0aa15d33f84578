package io.github.codebuddy2api.http;

import io.github.codebuddy2api.core.credential.NewCredential;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Understands what other programs store of an account. Thread-safe; it stores nothing itself. */
@FunctionalInterface
public interface CredentialImporter {
    /**
     * What the file of another program holds.
     *
     * @param content the file's text
     * @param accessTokenOnly whether to leave the refresh token out, so that the other program can go on with it
     * @throws io.github.codebuddy2api.core.GatewayException.InvalidRequest if no credential is in it
     */
    Import read(String content, boolean accessTokenOnly);

    /**
     * What was found.
     *
     * @param credential not stored yet
     * @param caution what the owner has to know before he uses both; null if there is nothing
     */
    record Import(NewCredential credential, @Nullable String caution) {
        public Import {
            Objects.requireNonNull(credential, "credential");
        }

        /** What the owner has to know before he uses both, if there is anything. */
        public Optional<String> warning() {
            return Optional.ofNullable(caution);
        }
    }
}
