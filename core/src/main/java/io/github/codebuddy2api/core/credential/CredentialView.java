package io.github.codebuddy2api.core.credential;

import io.github.codebuddy2api.core.Secret;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One credential as its owner may see it. It holds a preview of the access token, never the token.
 *
 * @param id names it
 * @param name what its store calls it
 * @param label what its owner calls it, if anything
 * @param account whose it is
 * @param state what it is fit for now, leaving aside limits on single models
 * @param pinned whether all requests go to it
 * @param enabled whether its owner lets it be used
 * @param facts what is known of its tokens
 * @param refresh how its last refresh went
 */
public record CredentialView(
        CredentialId id,
        String name,
        @Nullable CredentialLabel label,
        Account account,
        CredentialState state,
        boolean pinned,
        boolean enabled,
        Facts facts,
        Refresh refresh) {
    public CredentialView {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(facts, "facts");
        Objects.requireNonNull(refresh, "refresh");
    }

    @Override
    public String toString() {
        return "CredentialView[" + id + ", " + state + (pinned ? ", pinned]" : "]");
    }

    /** How the refresh of a credential stands. */
    public enum Refresh {
        /** Nothing to tell: it was not due, or it went well. */
        FINE,
        /** It is under way. */
        RUNNING,
        /** It failed for a reason that may pass, and is tried again. */
        WAITING,
        /** The upstream refused it; a new login is needed once the access token ends. */
        REFUSED,
        /** An earlier run of the program ended while it was under way, so nobody knows whether the token was used up. */
        OUTCOME_UNKNOWN,
        /** The new tokens could not be stored; they are used from memory, and storing them is tried again. */
        NOT_STORED
    }

    /**
     * What may be told of a credential's tokens.
     *
     * @param preview the first and last characters of the access token; empty if it is too short to show any
     * @param refreshable whether there is a refresh token
     * @param type the scheme it is sent with
     * @param issuedAt when the access token was issued
     * @param expiresAt when the access token ends
     * @param expired whether it is not used any more, which begins some minutes before its end
     * @param scope what the upstream allowed it
     * @param sessionState the upstream's name of the session it belongs to
     */
    public record Facts(
            String preview,
            boolean refreshable,
            @Nullable String type,
            @Nullable Instant issuedAt,
            @Nullable Instant expiresAt,
            boolean expired,
            @Nullable String scope,
            @Nullable String sessionState) {
        private static final int SHOWN_AT_THE_START = 10;
        private static final int SHOWN_AT_THE_END = 4;

        public Facts {
            Objects.requireNonNull(preview, "preview");
        }

        /** What may be told of {@code tokens} at {@code now}. */
        public static Facts of(Tokens tokens, Instant now) {
            return new Facts(
                    preview(tokens.accessToken()),
                    tokens.refreshToken() != null,
                    tokens.type(),
                    tokens.issuedAt(),
                    tokens.expiresAt(),
                    tokens.isExpired(now),
                    tokens.scope(),
                    tokens.sessionState());
        }

        /** When the access token ends, if that is known. */
        public Optional<Instant> expiry() {
            return Optional.ofNullable(expiresAt);
        }

        @Override
        public String toString() {
            return "Facts[expiresAt=" + expiresAt + "]";
        }

        private static String preview(Secret token) {
            String text = token.reveal();
            return text.length() > SHOWN_AT_THE_START + SHOWN_AT_THE_END
                    ? text.substring(0, SHOWN_AT_THE_START) + "..." + text.substring(text.length() - SHOWN_AT_THE_END)
                    : "";
        }
    }
}
