package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.codebuddy.ServiceCalls.Call;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.core.spi.TokenRefresher;
import java.time.Instant;
import java.util.Map;

/** Exchanges a refresh token for new tokens (protocol sheet, 3). */
final class CodeBuddyRefresher implements TokenRefresher {
    /** "Offline user session not found". */
    private static final String SESSION_GONE = "12153";

    private final ServiceCalls calls;
    private final ServiceFailures failures;
    private final Time time;

    CodeBuddyRefresher(ServiceCalls calls, ServiceFailures failures, Time time) {
        this.calls = calls;
        this.failures = failures;
        this.time = time;
    }

    @Override
    public Credential refresh(Credential credential) {
        CodeBuddyOptions now = calls.options();
        Secret refreshToken = credential.tokens().refreshToken();
        if (refreshToken == null) {
            throw new CredentialRejected(true, "The account has no refresh token: log in again.");
        }
        Map<String, String> headers = calls.headers().ofAccount(now, credential.tokens(), credential.account());
        AccountHeaders.putRefreshToken(headers, refreshToken);
        headers.put("X-Auth-Refresh-Source", "plugin");
        Reply reply = calls.send(Call.post(Endpoint.REFRESH, headers, "{}"), now);
        if (!reply.isSuccess()) {
            throw failure(reply);
        }
        Instant receivedAt = time.instant();
        TokenReply tokens = TokenReply.of(reply.data(), receivedAt);
        return credential
                .with(tokens.replacing(credential.tokens(), receivedAt))
                .with(at(tokens, credential.account()));
    }

    private static Account at(TokenReply tokens, Account known) {
        return new Account(
                known.uid(),
                known.userId(),
                known.email(),
                known.name(),
                tokens.domain() == null ? known.domain() : tokens.domain(),
                known.enterpriseId(),
                known.enterpriseName(),
                known.departmentFullName());
    }

    private GatewayException failure(Reply reply) {
        boolean turnedAway = reply.status() == 401 || reply.status() == 403;
        if (turnedAway && !reply.isEnvelope()) {
            // Asking again would give the same page, until somebody changes the site or logs in.
            return new CredentialRejected(
                    true,
                    "The site does not know the account's refresh token: check that the configured endpoint is the"
                            + " account's own site, or log in again.");
        }
        return turnedAway || reply.code().equals(SESSION_GONE)
                ? new CredentialRejected(true, "The upstream refused to refresh the account: log in again.")
                : failures.of(reply);
    }
}
