package io.github.codebuddy2api.app;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.api.Accounts;
import io.github.codebuddy2api.core.api.Credentials;
import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.core.quota.CheckIn;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import java.time.Instant;
import java.util.List;

/** A gateway that holds one credential, whose account can be changed unless that is refused. */
final class OneCredential {
    private final InMemoryCredentialStore store;
    private final Gateway gateway;
    private Account switchedTo;
    private boolean refusing;

    OneCredential(CredentialId id, String name, Account account) {
        Tokens tokens = new Tokens(
                Secret.of("not-a-token"),
                Secret.of("not-a-refresh-token"),
                null,
                Instant.parse("2126-01-01T00:00:00Z"),
                null,
                null,
                null,
                null);
        store = InMemoryCredentialStore.of(new Credential(id, name, tokens, account));
        gateway = Gateway.builder()
                .upstream(ScriptedUpstream.of())
                .credentials(store)
                .build();
    }

    Credentials credentials() {
        return gateway.credentials();
    }

    /** The account that was changed to; null if none was. */
    Account switchedTo() {
        return switchedTo;
    }

    void refuseSwitches() {
        refusing = true;
    }

    Accounts accounts() {
        return new Accounts() {
            @Override
            public CredentialView switchTo(CredentialId id, Account target) {
                if (refusing) {
                    throw GatewayException.InvalidRequest.value("account", "No.");
                }
                switchedTo = target;
                store.replace(store.all().getFirst().with(target));
                return gateway.credentials().list().getFirst();
            }

            @Override
            public List<Account> list(CredentialId id) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Reading quota(CredentialId id) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Reading freshQuota(CredentialId id) {
                throw new UnsupportedOperationException();
            }

            @Override
            public CheckIn checkInStatus(CredentialId id) {
                throw new UnsupportedOperationException();
            }

            @Override
            public CheckIn checkIn(CredentialId id) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Model> models(CredentialId id) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Trial test(CredentialId id, String model) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
