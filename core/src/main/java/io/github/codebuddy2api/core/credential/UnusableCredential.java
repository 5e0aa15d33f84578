package io.github.codebuddy2api.core.credential;

import java.util.Objects;

/**
 * Something in a store that should be a credential and cannot be used.
 *
 * @param name what its owner knows it by, such as its file's name, fit for one line; can hold an account's name, so it is
 *     not logged
 * @param reason what is wrong with it, as a sentence without a full stop; holds nothing of its content
 */
public record UnusableCredential(String name, String reason) {
    public UnusableCredential {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String toString() {
        return "UnusableCredential";
    }
}
