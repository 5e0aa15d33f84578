package io.github.codebuddy2api.core.credential;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A rest of a credential as it survives a restart.
 *
 * @param credential whose rest it is
 * @param model the one model it is for; null if it is for all
 * @param cause what it was sent to rest for
 * @param code the failure that caused it, as {@code GatewayException.code()}
 * @param term when it is, and how sure that is
 * @param token the {@linkplain io.github.codebuddy2api.core.Secret#fingerprint() fingerprint} of the access token that
 *     failed: another one is not to blame
 */
public record StoredRest(
        CredentialId credential, @Nullable String model, RestCause cause, String code, Term term, String token) {
    /** So many are stored. */
    public static final int MOST = 1_000;
    /** No model has a longer name, in characters, so a longer one is not worth remembering. */
    public static final int MAX_MODEL_LENGTH = 128;

    public StoredRest {
        Objects.requireNonNull(credential, "credential");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(term, "term");
        Objects.requireNonNull(token, "token");
        if (model != null && model.length() > MAX_MODEL_LENGTH) {
            throw new IllegalArgumentException("no model has so long a name");
        }
    }

    /**
     * When a rest is.
     *
     * @param since when it began, or when it was last looked whether it is over
     * @param until when it ends; null if only another token ends it
     * @param firm whether that end is known; if not, it is found out there by one request
     * @param times how often in a row it was sent to rest, this time included; at least 1
     */
    public record Term(Instant since, @Nullable Instant until, boolean firm, int times) {
        public Term {
            Objects.requireNonNull(since, "since");
            if (times < 1) {
                throw new IllegalArgumentException("it rests at least once");
            }
        }
    }

    @Override
    public String toString() {
        return "StoredRest[" + credential + ", " + code + ", " + term + "]";
    }
}
