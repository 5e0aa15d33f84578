package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout.Deadline;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.settings.GatewaySettings;

/** Which failures before the first chunk are worth another attempt. Pure. */
final class FailoverPolicy {
    private FailoverPolicy() {}

    /** Whether another attempt may help, and does no harm. */
    static boolean mayTryAgain(GatewayException failure, GatewaySettings settings) {
        return switch (failure) {
            case GatewayException.RateLimited e -> true;
            case GatewayException.QuotaExhausted e -> true;
            case GatewayException.CredentialRejected e -> true;
            case GatewayException.ModelNotFound e -> true;
            case GatewayException.UpstreamGarbled e -> true;
            case GatewayException.UpstreamIncomplete e -> true;
            case GatewayException.UpstreamTimeout e -> e.deadline() == Deadline.FIRST_EVENT;
            case UpstreamUnavailable e ->
                switch (e.reason()) {
                    case UNREACHABLE, ERROR, OVERLOADED -> true;
                    case BROKEN -> settings.attempts().retryAmbiguous();
                    case TLS, REDIRECT -> false;
                };
            case GatewayException.InvalidRequest e -> false;
            case GatewayException.RequestRefused e -> false;
            case GatewayException.NoCredential e -> false;
            case GatewayException.Cancelled e -> false;
            case GatewayException.ShuttingDown e -> false;
            case GatewayException.CredentialUnknown e -> false;
            case GatewayException.Overloaded e -> false;
            case GatewayException.TooManyLogins e -> false;
            case GatewayException.StoreFailed e -> false;
        };
    }

    /** Whether the failure says something of the credential, which a caller cannot act on. */
    static boolean isAboutCredential(GatewayException failure) {
        return failure instanceof GatewayException.RateLimited
                || failure instanceof GatewayException.QuotaExhausted
                || failure instanceof GatewayException.CredentialRejected;
    }

    /** Whether it says nothing of the credential, so that the same one may be tried once more. */
    static boolean isAboutConnection(GatewayException failure) {
        return failure instanceof UpstreamUnavailable trouble
                && (trouble.reason() == UpstreamUnavailable.Reason.UNREACHABLE
                        || trouble.reason() == UpstreamUnavailable.Reason.BROKEN);
    }

    /** What the pool is told. */
    static Verdict verdict(GatewayException failure) {
        return failure instanceof GatewayException.Cancelled || failure instanceof GatewayException.ShuttingDown
                ? Verdict.ABANDONED
                : new Verdict.Failed(failure);
    }
}
