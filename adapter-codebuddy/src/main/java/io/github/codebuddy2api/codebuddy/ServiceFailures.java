package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.GatewayException.ModelNotFound;
import io.github.codebuddy2api.core.GatewayException.RequestRefused;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable.Reason;
import io.github.codebuddy2api.core.login.LoginRefusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a reply means that is no success. The codes are those of chat, but nobody's request is at fault here, since we made
 * it up ourselves. Thread-safe.
 */
final class ServiceFailures {
    /** Codes by which a login ends for good (protocol sheet, 2.3). */
    private static final Map<String, LoginRefusal> REFUSALS = Map.of(
            "12005", LoginRefusal.NO_FREE_SEAT,
            "11212", LoginRefusal.LICENCE_EXPIRED,
            "11216", LoginRefusal.TRIAL_EXPIRED,
            "10081", LoginRefusal.ADDRESS_NOT_ALLOWED);

    private final UpstreamFailures failures;

    ServiceFailures(UpstreamFailures failures) {
        this.failures = failures;
    }

    /** Why the enterprise, or its licence, keeps a person out; null if the reply says nothing of the kind. */
    static @Nullable LoginRefusal refusal(Reply reply) {
        return REFUSALS.get(reply.code());
    }

    /** What {@code reply} means to a call that is made for an account. */
    GatewayException of(Reply reply) {
        LoginRefusal refusal = refusal(reply);
        if (refusal != null) {
            return new RequestRefused(refusal.message());
        }
        GatewayException failure = failures.ofResponse(reply.status(), reply.retryAfter(), reply.bytes());
        return failure instanceof InvalidRequest || failure instanceof ModelNotFound ? trouble(failure) : failure;
    }

    /** What {@code reply} means to a call that is made for nobody yet. */
    GatewayException ofNobody(Reply reply) {
        GatewayException failure = of(reply);
        return failure instanceof CredentialRejected
                ? new UpstreamUnavailable(
                        Reason.ERROR,
                        null,
                        "The upstream turned the login away: check that the configured endpoint is the right site.",
                        null)
                : failure;
    }

    private static GatewayException trouble(GatewayException failure) {
        return new UpstreamUnavailable(Reason.ERROR, null, failure.getMessage(), null);
    }

    /** A success that lacks what a success must have. */
    static UpstreamGarbled incomplete(String what) {
        return UpstreamGarbled.malformed("The upstream's reply lacks " + what + ".", null);
    }
}
