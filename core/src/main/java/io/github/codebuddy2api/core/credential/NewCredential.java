package io.github.codebuddy2api.core.credential;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A credential that is not stored yet, and so has no id.
 *
 * @param tokens what is presented to the upstream
 * @param account whose it is
 * @param origin how it came to us
 * @param name what its owner wants it to be called; a store takes of it what it can, and never overwrites another
 */
public record NewCredential(
        Tokens tokens,
        Account account,
        Origin origin,
        @Nullable String name) {
    /** How a credential came to us. */
    public enum Origin {
        /** By a login that we carried out. */
        LOGIN,
        /** Its owner typed the token in. */
        MANUAL,
        /** From the file of another program. */
        IMPORT
    }

    public NewCredential {
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(origin, "origin");
    }

    @Override
    public String toString() {
        return "NewCredential[" + origin + "]";
    }

    /** What its owner wants it to be called, if anything. */
    public Optional<String> wantedName() {
        return Optional.ofNullable(name);
    }
}
