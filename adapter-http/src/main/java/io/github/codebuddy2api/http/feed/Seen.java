package io.github.codebuddy2api.http.feed;

import io.github.codebuddy2api.core.GatewayEvent;
import io.github.codebuddy2api.core.GatewayEvent.AnswerEnded;
import io.github.codebuddy2api.core.GatewayEvent.AnswerStarted;
import io.github.codebuddy2api.core.GatewayEvent.AttemptFailed;
import io.github.codebuddy2api.core.GatewayEvent.CredentialsConsidered;
import io.github.codebuddy2api.core.GatewayEvent.RequestFailed;
import io.github.codebuddy2api.core.GatewayEvent.RequestStarted;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.chat.Usage;
import io.github.codebuddy2api.core.credential.Considered;
import io.github.codebuddy2api.core.credential.CredentialId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request as far as it has come. Immutable: what happens to it makes another one.
 *
 * @param opening how it came
 * @param progress how far it is
 * @param attempts the looks for a credential, at most {@value #MOST_ATTEMPTS}
 */
record Seen(Opening opening, Progress progress, List<Attempt> attempts) {
    static final int MOST_ATTEMPTS = 5;

    private static final Integer OK = 200;

    /** Who hears these has left, or is sent away because the server stops. */
    private static final Set<String> FROM_OUTSIDE = Set.of(new Cancelled().code(), new ShuttingDown().code());

    /** How far a request is. */
    enum State {
        WAITING,
        STREAMING,
        ENDED
    }

    /** How it ended. */
    enum Outcome {
        OK,
        /** Before its first chunk. */
        FAILED,
        /** After its first chunk. */
        CUT,
        /** The caller left, or the server stops. */
        CANCELLED
    }

    /**
     * How a request came.
     *
     * @param model as asked, fit to be shown
     * @param nanos when, on the clock of lengths of time
     */
    record Opening(String id, String model, boolean streamed, Instant at, long nanos) {}

    /**
     * How far a request is.
     *
     * @param code why it did not end well
     * @param status the HTTP status, as soon as that is known
     * @param credential the one in use, or the last one used
     * @param timings since it came
     */
    record Progress(
            State state,
            @Nullable Outcome outcome,
            @Nullable String code,
            @Nullable Integer status,
            @Nullable CredentialId credential,
            Timings timings,
            @Nullable Spent spent) {
        Progress using(CredentialId id) {
            return new Progress(state, outcome, code, status, id, timings, spent);
        }

        Progress answeredWith(int sent) {
            return new Progress(state, outcome, code, sent, credential, timings, spent);
        }
    }

    /** When things happened, since the request came. */
    record Timings(@Nullable Duration firstChunk, @Nullable Duration whole) {}

    /** What an answer took, as far as it is known; not the rest of what an upstream tells of it, which may be long. */
    record Spent(
            @Nullable Long promptTokens,
            @Nullable Long completionTokens,
            @Nullable Long cachedTokens,
            @Nullable BigDecimal credit) {
        static @Nullable Spent of(@Nullable Usage usage) {
            return usage == null
                    ? null
                    : new Spent(usage.promptTokens(), usage.completionTokens(), usage.cachedTokens(), usage.credit());
        }
    }

    /**
     * One look for a credential, and what came of it.
     *
     * @param credential null if none could be used
     * @param at since the request came
     * @param code why it did not lead to an answer, if it did not
     */
    record Attempt(
            @Nullable CredentialId credential,
            Duration at,
            @Nullable String code,
            List<Considered> considered) {
        boolean isWith(CredentialId id) {
            return code == null && id.equals(credential);
        }

        Attempt failing(String why) {
            return new Attempt(credential, at, why, considered);
        }
    }

    /** A request that has just come. */
    static Seen coming(RequestStarted event, Instant at, long nanos) {
        String model = ModelName.shown(event.model());
        return new Seen(
                new Opening(event.requestId().value(), model, event.streamed(), at, nanos),
                new Progress(State.WAITING, null, null, null, null, new Timings(null, null), null),
                List.of());
    }

    String id() {
        return opening.id();
    }

    boolean isOver() {
        return progress.state() == State.ENDED;
    }

    /** It after {@code event}; the same if that changes nothing that is shown. */
    Seen after(GatewayEvent.OfRequest event, long nanos) {
        return switch (event) {
            case RequestStarted e -> this;
            case GatewayEvent.CredentialRested e -> this;
            case GatewayEvent.CredentialRecovered e -> this;
            case CredentialsConsidered e -> considering(e, TimeUnit.NANOSECONDS.toMillis(nanos - opening.nanos()));
            case AttemptFailed e -> failing(e);
            case AnswerStarted e -> at(streaming(e));
            case AnswerEnded e -> at(ended(e));
            case RequestFailed e -> at(failed(e));
        };
    }

    private Seen at(Progress next) {
        return new Seen(opening, next, attempts);
    }

    private Seen considering(CredentialsConsidered event, long millis) {
        if (attempts.size() >= MOST_ATTEMPTS) {
            return this;
        }
        CredentialId chosen = event.chosen().orElse(null);
        List<Attempt> more = new ArrayList<>(attempts);
        more.add(new Attempt(chosen, Duration.ofMillis(millis), null, event.considered()));
        return new Seen(opening, chosen == null ? progress : progress.using(chosen), List.copyOf(more));
    }

    private Seen failing(AttemptFailed event) {
        List<Attempt> told = attempts.stream()
                .map(attempt -> attempt.isWith(event.credential()) ? attempt.failing(event.code()) : attempt)
                .toList();
        return new Seen(opening, progress, told);
    }

    private Progress streaming(AnswerStarted event) {
        return new Progress(
                State.STREAMING,
                null,
                null,
                opening.streamed() ? OK : progress.status(),
                event.credential(),
                new Timings(event.timeToFirstChunk(), null),
                null);
    }

    private Progress ended(AnswerEnded event) {
        String code = event.code();
        Outcome broken = code != null && FROM_OUTSIDE.contains(code) ? Outcome.CANCELLED : Outcome.CUT;
        return new Progress(
                State.ENDED,
                code == null ? Outcome.OK : broken,
                code,
                progress.status(),
                event.credential(),
                new Timings(progress.timings().firstChunk(), event.duration()),
                Spent.of(event.usage()));
    }

    private Progress failed(RequestFailed event) {
        return new Progress(
                State.ENDED,
                FROM_OUTSIDE.contains(event.code()) ? Outcome.CANCELLED : Outcome.FAILED,
                event.code(),
                progress.status(),
                progress.credential(),
                new Timings(null, event.duration()),
                null);
    }

    /** It after its answer was sent with this HTTP status; the same if that is no news. */
    Seen answeredWith(int status) {
        return Objects.equals(progress.status(), status) ? this : at(progress.answeredWith(status));
    }
}
