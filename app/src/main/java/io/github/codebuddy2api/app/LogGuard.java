package io.github.codebuddy2api.app;

import io.github.codebuddy2api.app.logging.KnownSecrets;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialLabel;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.core.credential.UnusableCredential;
import io.github.codebuddy2api.core.login.LoginStep;
import io.github.codebuddy2api.core.spi.AccountDirectory;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.core.spi.LoginProvider;
import io.github.codebuddy2api.core.spi.TokenRefresher;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stands where secrets come in and tells the log of each before anybody else gets it. It changes nothing else.
 */
final class LogGuard {
    private final KnownSecrets secrets;

    LogGuard(KnownSecrets secrets) {
        this.secrets = secrets;
    }

    private void learn(Tokens tokens) {
        secrets.learn(tokens.accessToken(), tokens.refreshToken());
    }

    private Credential learned(Credential credential) {
        learn(credential.tokens());
        return credential;
    }

    TokenRefresher over(TokenRefresher refresher) {
        return credential -> learned(refresher.refresh(credential));
    }

    AccountDirectory over(AccountDirectory directory) {
        return new AccountDirectory() {
            @Override
            public List<Account> accounts(Credential credential) {
                return directory.accounts(credential);
            }

            @Override
            public Credential switchTo(Credential credential, Account target) {
                return learned(directory.switchTo(credential, target));
            }
        };
    }

    LoginProvider over(LoginProvider logins) {
        return new LoginProvider() {
            @Override
            public LoginStep.AwaitingPerson start() {
                LoginStep.AwaitingPerson begun = logins.start();
                learn(begun);
                return begun;
            }

            @Override
            public LoginStep advance(LoginStep.Pending step) {
                LoginStep reached = logins.advance(step);
                learn(reached);
                return reached;
            }
        };
    }

    private void learn(LoginStep step) {
        switch (step) {
            case LoginStep.AwaitingPerson begun -> secrets.learn(begun.state());
            case LoginStep.AwaitingAccount account -> learn(account.tokens());
            case LoginStep.AwaitingChoices choices -> learn(choices.tokens());
            case LoginStep.Complete complete -> learn(complete.tokens());
            case LoginStep.Refused refused -> {}
        }
    }

    CredentialStore over(CredentialStore store) {
        return new GuardedStore(store);
    }

    private final class GuardedStore implements CredentialStore {
        private final CredentialStore store;
        private volatile List<Credential> known = List.of();

        GuardedStore(CredentialStore store) {
            this.store = store;
        }

        @Override
        public List<Credential> all() {
            return learned(store.all());
        }

        @Override
        public List<Credential> allNow() {
            return learned(store.allNow());
        }

        @Override
        public List<UnusableCredential> unusable() {
            return store.unusable();
        }

        /** The same list again has been learned already, which the store promises as long as nothing changed. */
        @SuppressWarnings("ReferenceEquality")
        private List<Credential> learned(List<Credential> all) {
            if (all != known) {
                secrets.learn(all.stream()
                        .map(Credential::tokens)
                        .flatMap(tokens -> tokens.refreshToken() == null
                                ? Stream.of(tokens.accessToken())
                                : Stream.of(tokens.accessToken(), tokens.refreshToken()))
                        .toList());
                known = all;
            }
            return all;
        }

        @Override
        public Credential add(NewCredential credential) {
            learn(credential.tokens());
            return store.add(credential);
        }

        @Override
        public boolean replace(Credential credential) {
            learn(credential.tokens());
            return store.replace(credential);
        }

        @Override
        public boolean rename(CredentialId id, @Nullable CredentialLabel label) {
            return store.rename(id, label);
        }

        @Override
        public boolean delete(CredentialId id) {
            return store.delete(id);
        }

        @Override
        public boolean restore(CredentialId id) {
            return store.restore(id);
        }

        @Override
        public void noteRefresh(CredentialId id) {
            store.noteRefresh(id);
        }

        @Override
        public void forgetRefresh(CredentialId id) {
            store.forgetRefresh(id);
        }

        @Override
        public Set<CredentialId> unfinishedRefreshes() {
            return store.unfinishedRefreshes();
        }
    }
}
