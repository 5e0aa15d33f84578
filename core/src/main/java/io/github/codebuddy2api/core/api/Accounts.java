package io.github.codebuddy2api.core.api;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.quota.CheckIn;
import io.github.codebuddy2api.core.quota.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the owner may ask the upstream about the account behind one credential, which is exactly the one named: nothing
 * here takes another one's place, and nothing counts as a turn. Thread-safe; every call blocks, and fails with {@code
 * CredentialUnknown} if the credential is not stored.
 */
public interface Accounts {
    /** The accounts this credential's owner may act for, the current one included. */
    List<Account> list(CredentialId id);

    /**
     * Switches a credential to another account of {@link #list}; its tokens are stored before they are used.
     *
     * @param target one of the listed accounts
     */
    CredentialView switchTo(CredentialId id, Account target);

    /** What the account has left. An answer may be up to five minutes old; a failure is not remembered. */
    Reading quota(CredentialId id);

    /** The same, asked anew, unless it was within the last two seconds. */
    Reading freshQuota(CredentialId id);

    /** Whether today's check-in can be claimed. */
    CheckIn checkInStatus(CredentialId id);

    /** Claims today's check-in. */
    CheckIn checkIn(CredentialId id);

    /** The models of this account. */
    List<Model> models(CredentialId id);

    /**
     * Asks for one short answer, which costs what such an answer costs.
     *
     * @param model the model to ask; null takes the first on offer
     */
    Trial test(CredentialId id, @Nullable String model);

    /**
     * What an account had left.
     *
     * @param at when the upstream told it
     */
    record Reading(Quota quota, Instant at) {
        public Reading {
            Objects.requireNonNull(quota, "quota");
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * How a test went.
     *
     * @param model the model that was asked
     * @param duration how long it took
     * @param failure why it failed; null if it did not
     */
    record Trial(String model, Duration duration, @Nullable GatewayException failure) {
        /** Why it failed; empty if it did not. */
        public Optional<GatewayException> reason() {
            return Optional.ofNullable(failure);
        }
    }
}
