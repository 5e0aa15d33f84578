package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.codebuddy.ServiceCalls.Call;
import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.AccountDirectory;
import io.github.codebuddy2api.core.spi.Time;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The accounts a person may act for, and changing between them (protocol sheet, 2.6 and 2.7). */
final class CodeBuddyAccounts implements AccountDirectory {
    private final ServiceCalls calls;
    private final ServiceFailures failures;
    private final Time time;

    CodeBuddyAccounts(ServiceCalls calls, ServiceFailures failures, Time time) {
        this.calls = calls;
        this.failures = failures;
        this.time = time;
    }

    @Override
    public List<Account> accounts(Credential credential) {
        CodeBuddyOptions now = calls.options();
        Map<String, String> headers = calls.headers().ofAccount(now, credential.tokens(), credential.account());
        Reply reply = calls.send(Call.get(Endpoint.ACCOUNTS, headers), now);
        if (!reply.isSuccess()) {
            throw failures.of(reply);
        }
        if (!reply.data().path("accounts").isArray()) {
            throw ServiceFailures.incomplete("the accounts");
        }
        return AccountReply.usable(reply.data(), credential.account());
    }

    @Override
    public Credential switchTo(Credential credential, Account target) {
        CodeBuddyOptions now = calls.options();
        Secret refreshToken = credential.tokens().refreshToken();
        if (refreshToken == null) {
            throw new InvalidRequest(
                    "invalid_value", "This account was added without a refresh token, so it cannot be switched.", null);
        }
        Account wanted = merged(credential.account(), target, null);
        Map<String, String> headers = calls.headers().ofAccount(now, credential.tokens(), wanted);
        AccountHeaders.putRefreshToken(headers, refreshToken);
        String path = wanted.enterprise()
                .map(id -> "/" + AccountHeaders.percentEncoded(id))
                .orElse("");
        Reply reply =
                calls.send(Call.post(Endpoint.SWITCH_ACCOUNT, headers, "{}").with(path), now);
        if (!reply.isSuccess()) {
            throw failures.of(reply);
        }
        Instant receivedAt = time.instant();
        TokenReply tokens = TokenReply.of(reply.data(), receivedAt);
        return credential
                .with(tokens.replacing(credential.tokens(), receivedAt))
                .with(merged(credential.account(), target, tokens.domain()));
    }

    /** The target, with what is the person's own kept; of the enterprise that is left nothing is (2.7). */
    private static Account merged(Account current, Account target, @Nullable String domain) {
        boolean personal = target.enterpriseId() == null;
        return new Account(
                or(target.uid(), current.uid()),
                or(target.userId(), current.userId()),
                or(target.email(), current.email()),
                or(target.name(), current.name()),
                or(domain, current.domain()),
                target.enterpriseId(),
                personal ? null : target.enterpriseName(),
                personal ? null : target.departmentFullName());
    }

    private static @Nullable String or(@Nullable String mine, @Nullable String other) {
        return mine == null ? other : mine;
    }
}
