package io.github.codebuddy2api.core.credential;

import java.time.Instant;

/** What a credential is fit for at one moment. */
public sealed interface CredentialState {
    /** It can be used. */
    record Ready() implements CredentialState {}

    /**
     * It rests after a failure and is used again by itself.
     *
     * @param until when the rest ends
     * @param code the failure, as {@code GatewayException.code()}
     */
    record CoolingDown(Instant until, String code) implements CredentialState {}

    /**
     * Its time is over.
     *
     * @param refreshable whether it is refreshed by itself; if not, only a new login brings it back
     */
    record Expired(boolean refreshable) implements CredentialState {}

    /** The upstream revoked it, or refused to refresh it; only a new login brings it back. */
    record NeedsLogin() implements CredentialState {}

    /** Its owner switched it off. */
    record Disabled() implements CredentialState {}
}
