package io.github.codebuddy2api.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import io.github.codebuddy2api.app.logging.LogControl;
import io.github.codebuddy2api.app.logging.LogSettings;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.core.login.LoginStep;
import io.github.codebuddy2api.core.spi.AccountDirectory;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.core.spi.LoginProvider;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.filestore.Config;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each secret is written to the log on purpose, at the moment at which it comes in; it never arrives there. */
final class LogGuardTest {
    private static final Logger LOG = LoggerFactory.getLogger(LogGuardTest.class);

    @TempDir
    Path home;

    private LogControl log;
    private LogGuard guard;

    @BeforeEach
    void start() {
        log = LogControl.start(home, Time.system());
        log.apply(LogSettings.read(Config.defaults(home).logging()));
        guard = new LogGuard(log.secrets());
    }

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void what_is_stored_is_hidden() throws IOException {
        InMemoryCredentialStore store = InMemoryCredentialStore.of(Credentials.named("plum"));
        CredentialStore guarded = guard.over(store);

        say(guarded.all());
        guarded.add(new NewCredential(tokens("quince"), Account.UNKNOWN, NewCredential.Origin.MANUAL, null));
        say(store.all());
        guarded.replace(store.all().getFirst().with(tokens("medlar")));
        say(store.all());
        store.replace(Credentials.of("cherry"));
        say(guarded.allNow());

        assertHidden(
                "not-a-token-of-plum", "access-quince", "refresh-quince", "refresh-medlar", "not-a-token-of-cherry");
    }

    @Test
    void what_the_upstream_hands_out_is_hidden() throws IOException {
        Credential old = Credentials.of("plum");
        AccountDirectory directory = new AccountDirectory() {
            @Override
            public List<Account> accounts(Credential credential) {
                return List.of();
            }

            @Override
            public Credential switchTo(Credential credential, Account target) {
                return credential.with(tokens("quince"));
            }
        };
        LoginStep.AwaitingPerson begun =
                new LoginStep.AwaitingPerson(Secret.of("state-of-damson"), URI.create("https://sign.example/"));
        LoginProvider provider = new LoginProvider() {
            @Override
            public LoginStep.AwaitingPerson start() {
                return begun;
            }

            @Override
            public LoginStep advance(LoginStep.Pending step) {
                return new LoginStep.AwaitingChoices(tokens("cherry"), Account.UNKNOWN);
            }
        };

        say(List.of(
                guard.over((Credential credential) -> credential.with(tokens("medlar")))
                        .refresh(old),
                guard.over(directory).switchTo(old, Account.UNKNOWN)));
        LOG.info("{}", guard.over(provider).start().state().reveal());
        assertThat(guard.over(provider).advance(begun)).isInstanceOf(LoginStep.AwaitingChoices.class);
        LOG.info("{}", tokens("cherry").accessToken().reveal());

        assertHidden("access-medlar", "refresh-quince", "state-of-damson", "access-cherry");
    }

    private static Tokens tokens(String name) {
        return Tokens.of(Secret.of("access-" + name)).refreshedBy(Secret.of("refresh-" + name));
    }

    private static void say(List<Credential> credentials) {
        for (Credential credential : credentials) {
            LOG.info("found {}", credential.accessToken().reveal());
            Secret refresh = credential.tokens().refreshToken();
            LOG.info("found {}", refresh == null ? "" : refresh.reveal());
        }
    }

    private void assertHidden(String... secrets) throws IOException {
        assertThat(LoggerFactory.getILoggerFactory()).isInstanceOf(LoggerContext.class);
        assertThat(Files.readString(home.resolve("logs/codebuddy2api.log")))
                .contains("found ***")
                .doesNotContain(secrets);
    }
}
