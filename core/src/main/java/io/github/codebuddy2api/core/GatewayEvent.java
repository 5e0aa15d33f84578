package io.github.codebuddy2api.core;

import io.github.codebuddy2api.core.chat.Usage;
import io.github.codebuddy2api.core.credential.Considered;
import io.github.codebuddy2api.core.credential.CredentialId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened, for operators: ids, kinds, counts and lengths of time; never content or a secret. The model's name is
 * whatever the caller wrote, so a listener bounds and escapes it.
 */
public sealed interface GatewayEvent {
    /** What happened to one chat request. */
    sealed interface OfRequest extends GatewayEvent {
        /** The request it is about. */
        RequestId requestId();
    }

    /**
     * A credential has new tokens.
     *
     * @param stored whether they could be stored; if not, that is tried again
     */
    record CredentialRefreshed(CredentialId credential, boolean stored) implements GatewayEvent {}

    /**
     * A credential did not get new tokens.
     *
     * @param retryAt when that is tried again; null if only a new login helps
     * @param code the failure, as {@link GatewayException#code()}
     */
    record RefreshFailed(CredentialId credential, @Nullable Instant retryAt, String code) implements GatewayEvent {}

    /** An account was logged in and is stored. */
    record LoggedIn(CredentialId credential) implements GatewayEvent {}

    /**
     * The daily check-in was claimed unasked.
     *
     * @param code null if it went well, else why it did not
     */
    record CheckedIn(CredentialId credential, @Nullable String code) implements GatewayEvent {}

    /** The upstream did not tell which models a credential may use. */
    record ModelsUnknown(CredentialId credential, String code) implements GatewayEvent {}

    /** The list of credentials is another one now, or its owner has chosen among them; it may also be as before. */
    record CredentialsChanged() implements GatewayEvent {}

    /**
     * A request has come; its end is told by {@link RequestFailed} or {@link AnswerEnded}.
     *
     * @param streamed whether the caller reads the answer as it comes
     */
    record RequestStarted(RequestId requestId, String model, boolean streamed) implements OfRequest {}

    /**
     * A credential was looked for. Of a request that has to wait it is told twice for one attempt: as it begins to wait,
     * and when that is over.
     *
     * @param attempt which attempt it was for, counting from 1
     * @param considered why each one was or was not chosen, in the store's order, at most {@value Considered#MOST}; one
     *     of them is the chosen one, unless none could be used
     */
    record CredentialsConsidered(RequestId requestId, int attempt, List<Considered> considered) implements OfRequest {
        public CredentialsConsidered {
            considered = List.copyOf(considered);
        }

        /** The one that was chosen; empty if none could be used. */
        public Optional<CredentialId> chosen() {
            return considered.stream()
                    .filter(it -> it.standing().isChosen())
                    .map(Considered::credential)
                    .findFirst();
        }
    }

    /**
     * One credential did not lead to a first chunk.
     *
     * @param attempt counts from 1
     * @param code the failure, as {@link GatewayException#code()}
     */
    record AttemptFailed(RequestId requestId, String model, CredentialId credential, int attempt, String code)
            implements OfRequest {}

    /**
     * A credential was given a rest after a failure.
     *
     * @param model the one model it rests for, or null for all
     * @param until when the rest ends or, if nobody knows, when one request finds out; null if only a new login ends it
     */
    record CredentialRested(
            RequestId requestId,
            CredentialId credential,
            @Nullable String model,
            @Nullable Instant until,
            String code) implements OfRequest {}

    /**
     * A request has found out that a credential need not rest any longer.
     *
     * @param model the one model it rested for, or null for all
     * @param code the failure that had caused the rest
     */
    record CredentialRecovered(
            RequestId requestId,
            CredentialId credential,
            @Nullable String model,
            String code) implements OfRequest {}

    /**
     * The first chunk of an answer is there.
     *
     * @param attempts how many credentials were tried, this one included
     * @param timeToFirstChunk since the request came
     */
    record AnswerStarted(
            RequestId requestId, String model, CredentialId credential, int attempts, Duration timeToFirstChunk)
            implements OfRequest {}

    /**
     * An answer that had started is over.
     *
     * @param code null if it came to its end, else why it did not
     * @param usage the token counts, if they are known
     * @param duration since the request came
     */
    record AnswerEnded(
            RequestId requestId,
            String model,
            CredentialId credential,
            @Nullable String code,
            @Nullable Usage usage,
            Duration duration)
            implements OfRequest {}

    /**
     * A request ended before its first chunk.
     *
     * @param attempts how many credentials were tried
     * @param code the failure, as {@link GatewayException#code()}, or {@code internal_error} for a bug
     * @param duration since the request came
     */
    record RequestFailed(RequestId requestId, String model, int attempts, String code, Duration duration)
            implements OfRequest {}
}
