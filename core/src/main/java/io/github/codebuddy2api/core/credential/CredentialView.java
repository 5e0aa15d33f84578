package io.github.codebuddy2api.core.credential;

import java.util.Objects;

/**
 * One credential as its owner may see it: no secret in it.
 *
 * @param id names it
 * @param account whose it is
 * @param state what it is fit for now, leaving aside limits on single models
 * @param pinned whether all requests go to it
 */
public record CredentialView(CredentialId id, Account account, CredentialState state, boolean pinned) {
    public CredentialView {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(state, "state");
    }
}
