package io.github.codebuddy2api.core;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every way a call can fail. The kinds are nested here, so a {@code switch} over them is complete; each is thrown where
 * it is known and mapped once, at the edge. A message is one English sentence or two for the person who must act; it
 * never holds a secret, a prompt, an answer or an address.
 */
public abstract sealed class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    private GatewayException(String code, String message, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** A stable word for programs, such as {@code rate_limit_exceeded}; the {@code code} of OpenAI's error object. */
    public final String code() {
        return code;
    }

    @Override
    public final String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** The request itself is wrong: another credential would get the same answer. */
    public static final class InvalidRequest extends GatewayException {
        private static final long serialVersionUID = 1L;

        private final @Nullable String param;

        public InvalidRequest(String code, String message, @Nullable String param) {
            super(code, message, null);
            this.param = param;
        }

        /** A field that is missing. */
        public static InvalidRequest missing(String param, String message) {
            return new InvalidRequest("missing_required_parameter", message, param);
        }

        /** A field of a wrong type or value. */
        public static InvalidRequest value(String param, String message) {
            return new InvalidRequest("invalid_value", message, param);
        }

        /** The JSON path of the field at fault, such as {@code messages[3].content}; empty if no one field is. */
        public Optional<String> param() {
            return Optional.ofNullable(param);
        }
    }

    /** The model is not offered, to this account or at all. */
    public static final class ModelNotFound extends GatewayException {
        private static final long serialVersionUID = 1L;

        public ModelNotFound(String message) {
            super("model_not_found", message, null);
        }
    }

    /** The upstream refuses to serve this content or this way of calling it. Final: it is never rotated over. */
    public static final class RequestRefused extends GatewayException {
        private static final long serialVersionUID = 1L;

        public RequestRefused(String message) {
            super("upstream_refused", message, null);
        }
    }

    /** There is no credential to try: none is stored, or none of them may be used before somebody acts. */
    public static final class NoCredential extends GatewayException {
        private static final long serialVersionUID = 1L;

        private final @Nullable Duration retryAfter;

        private NoCredential(String code, @Nullable Duration retryAfter, String message) {
            super(code, message, null);
            this.retryAfter = retryAfter;
        }

        /** Nothing is stored. */
        public static NoCredential noneStored() {
            return new NoCredential("no_credentials", null, "No CodeBuddy account is stored. Log one in first.");
        }

        /** All that are stored are expired or were refused by the upstream. */
        public static NoCredential noneUsable() {
            return new NoCredential(
                    "no_usable_credentials",
                    null,
                    "No stored CodeBuddy account can be used. Log in again or add another one.");
        }

        /**
         * All that are stored are expired, and new tokens could not be had yet.
         *
         * @param retryAfter how long until they are asked for again; null if that is happening now
         */
        public static NoCredential noneRefreshed(@Nullable Duration retryAfter) {
            return new NoCredential(
                    "no_usable_credentials",
                    retryAfter,
                    "No stored CodeBuddy account can be used now: new tokens could not be had yet, and are asked for again.");
        }

        /**
         * All that are stored rest, and another request is finding out whether one may be used again.
         *
         * @param retryAfter when that may be known
         */
        public static NoCredential beingTried(Duration retryAfter) {
            return new NoCredential(
                    "no_usable_credentials",
                    retryAfter,
                    "Whether a CodeBuddy account can be used again is being found out by another request.");
        }

        /** How long until one may be usable, if that is known. */
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }
    }

    /** What a rate limit covers. */
    public enum LimitScope {
        /** Everything the credential does. */
        CREDENTIAL,
        /** The requested model alone; the credential may still serve others. */
        MODEL
    }

    /** Too many requests for now. */
    public static final class RateLimited extends GatewayException {
        private static final long serialVersionUID = 1L;

        private final LimitScope scope;
        private final @Nullable Duration retryAfter;

        public RateLimited(LimitScope scope, @Nullable Duration retryAfter, String message) {
            super("rate_limit_exceeded", message, null);
            this.scope = Objects.requireNonNull(scope, "scope");
            this.retryAfter = retryAfter;
        }

        public LimitScope scope() {
            return scope;
        }

        /** How long to wait, as far as it is known. */
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }
    }

    /** The account's credits are used up. */
    public static final class QuotaExhausted extends GatewayException {
        private static final long serialVersionUID = 1L;

        private final @Nullable Duration retryAfter;

        public QuotaExhausted(String message) {
            this(null, message);
        }

        /**
         * The upstream has said when there are credits again.
         *
         * @param retryAfter how long that is; null if it has not
         */
        public QuotaExhausted(@Nullable Duration retryAfter, String message) {
            super("insufficient_quota", message, null);
            this.retryAfter = retryAfter;
        }

        /** How long until there are credits again, if the upstream said so. */
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }
    }

    /**
     * The upstream does not accept the credential. It is a message from the {@code Upstream} port to the pool; a caller
     * of the gateway sees {@link NoCredential} instead, because his own key is not at fault.
     */
    public static final class CredentialRejected extends GatewayException {
        private static final long serialVersionUID = 1L;

        private final boolean needsLogin;

        public CredentialRejected(boolean needsLogin, String message) {
            super("credential_rejected", message, null);
            this.needsLogin = needsLogin;
        }

        /** Whether only a new login can help; otherwise the refusal may pass. */
        public boolean needsLogin() {
            return needsLogin;
        }
    }

    /** The upstream could not be reached, or said that it is in trouble. */
    public static final class UpstreamUnavailable extends GatewayException {
        private static final long serialVersionUID = 1L;

        private final Reason reason;
        private final @Nullable Duration retryAfter;

        /** What kept us from an answer. */
        public enum Reason {
            /** No connection: the request has not arrived. */
            UNREACHABLE("upstream_unreachable"),
            /** The connection broke before an answer; the request may have arrived, and been billed. */
            BROKEN("upstream_unreachable"),
            /** The TLS handshake failed: wrong certificate or host. */
            TLS("upstream_tls_error"),
            /** The upstream pointed elsewhere; redirects are never followed, since a token would travel along. */
            REDIRECT("upstream_redirect"),
            /** A status of 500 or above, or an error that the model reported. */
            ERROR("upstream_error"),
            /** The upstream itself said 503. */
            OVERLOADED("upstream_error");

            private final String code;

            Reason(String code) {
                this.code = code;
            }
        }

        public UpstreamUnavailable(
                Reason reason, @Nullable Duration retryAfter, String message, @Nullable Throwable cause) {
            super(reason.code, message, cause);
            this.reason = reason;
            this.retryAfter = retryAfter;
        }

        public Reason reason() {
            return reason;
        }

        /** The wait the upstream asked for, if it did. */
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }
    }

    /** The upstream was silent for longer than a deadline allows; the turn may have been billed. */
    public static final class UpstreamTimeout extends GatewayException {
        private static final long serialVersionUID = 1L;

        private final Deadline deadline;

        /** Which deadline passed. */
        public enum Deadline {
            FIRST_EVENT,
            GAP,
            TOTAL
        }

        public UpstreamTimeout(Deadline deadline, String message) {
            super(deadline == Deadline.TOTAL ? "stream_duration_exceeded" : "upstream_timeout", message, null);
            this.deadline = deadline;
        }

        public Deadline deadline() {
            return deadline;
        }
    }

    /** The upstream sent something that is not its protocol, or more of it than a limit allows. */
    public static final class UpstreamGarbled extends GatewayException {
        private static final long serialVersionUID = 1L;

        private UpstreamGarbled(String code, String message, @Nullable Throwable cause) {
            super(code, message, cause);
        }

        /** Not its protocol. */
        public static UpstreamGarbled malformed(String message, @Nullable Throwable cause) {
            return new UpstreamGarbled("upstream_malformed", message, cause);
        }

        /** It began a login with what is no sign-in page, or is one on a site that is not allowed. */
        public static UpstreamGarbled signInPage(String message) {
            return new UpstreamGarbled("oauth_upstream_invalid", message, null);
        }

        /** One event, or the whole answer, is larger than we agreed to hold. */
        public static UpstreamGarbled tooLarge(String message) {
            return new UpstreamGarbled("upstream_event_too_large", message, null);
        }
    }

    /** The upstream stopped before the answer was finished; what arrived is not an answer. */
    public static final class UpstreamIncomplete extends GatewayException {
        private static final long serialVersionUID = 1L;

        public UpstreamIncomplete(@Nullable Throwable cause) {
            super("upstream_incomplete", "The upstream ended the answer early.", cause);
        }
    }

    /** The caller left, or closed the stream: nobody waits for the answer any more. */
    public static final class Cancelled extends GatewayException {
        private static final long serialVersionUID = 1L;

        public Cancelled() {
            super("client_closed", "The caller cancelled the request.", null);
        }
    }

    /** Every credential that may serve the request is in full use, and there is no place to wait, or it waited too long. */
    public static final class Overloaded extends GatewayException {
        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        public Overloaded(Duration retryAfter) {
            super("server_overloaded", "Every CodeBuddy account is in full use. Try again shortly.", null);
            this.retryAfter = Objects.requireNonNull(retryAfter, "retryAfter");
        }

        /** How soon it is worth another try; a guess. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The gateway was closed, or is closing. */
    public static final class ShuttingDown extends GatewayException {
        private static final long serialVersionUID = 1L;

        public ShuttingDown() {
            super("server_shutting_down", "The server is shutting down. Try again in a moment.", null);
        }
    }

    /** A call names a credential that is not stored. */
    public static final class CredentialUnknown extends GatewayException {
        private static final long serialVersionUID = 1L;

        public CredentialUnknown() {
            super("credential_not_found", "There is no such credential: list them again.", null);
        }
    }

    /** As many logins as are allowed are under way. */
    public static final class TooManyLogins extends GatewayException {
        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        /** The wait is until the first of them ends by itself. */
        public TooManyLogins(Duration retryAfter) {
            super("too_many_logins", "Too many logins are under way: finish one, or wait until one ends.", null);
            this.retryAfter = Objects.requireNonNull(retryAfter, "retryAfter");
        }

        /** How long until one ends by itself. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** A store could not read or write; memory and disk still agree. */
    public static final class StoreFailed extends GatewayException {
        private static final long serialVersionUID = 1L;

        /** What was in the way. */
        public enum Obstacle {
            /** There is no room left. */
            FULL,
            /** Writing is not allowed there. */
            READ_ONLY,
            /** Anything else. */
            OTHER
        }

        private final Obstacle obstacle;

        public StoreFailed(Obstacle obstacle, String message, @Nullable Throwable cause) {
            super("persist_failed", message, cause);
            this.obstacle = Objects.requireNonNull(obstacle, "obstacle");
        }

        /** What was in the way. */
        public Obstacle obstacle() {
            return obstacle;
        }
    }
}
