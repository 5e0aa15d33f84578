package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.login.LoginProgress;
import io.github.codebuddy2api.core.login.LoginStep;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedLogins;
import io.github.codebuddy2api.testkit.fake.ScriptedRefresher;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A login after a refresh of which nobody learned how it went. */
final class LoginAfterRefreshTest {
    private static final Account MEI =
            new Account("u-2", "mei@example.com", "mei@example.com", "Mei", "www.codebuddy.cn", null, null, null);

    @TempDir
    Path home;

    /** Regression: such a login was taken for the end of that refresh, and its tokens were dropped without a word. */
    @Test
    void its_tokens_are_stored_though_the_file_is_another_persons_by_now() throws Exception {
        CredentialFilesBench bench = CredentialFilesBench.in(home);
        bench.put("account.json", """
                {"bearer_token": "hers-of-old", "account_uid": "u-1", "refresh_token": "r"}
                """);
        ScriptedLogins logins = new ScriptedLogins()
                .then(new LoginStep.Complete(
                        CredentialFilesBench.tokens("new", "refresh-new", CredentialFilesBench.NOW),
                        MEI,
                        List.of(MEI)));
        ScriptedRefresher refresher = ScriptedRefresher.lasting(Duration.ofDays(1), bench.time)
                .failsOnce(new UpstreamTimeout(UpstreamTimeout.Deadline.FIRST_EVENT, "No answer."));
        try (Gateway gateway = Gateway.builder()
                .upstream(ScriptedUpstream.always(Script.text("Seven.")))
                .credentials(bench.files())
                .refresher(refresher)
                .logins(logins)
                .time(bench.time)
                .build()) {
            var id = gateway.credentials().list().get(0).id();
            assertThatThrownBy(() -> gateway.credentials().refresh(id)).isInstanceOf(UpstreamTimeout.class);
            bench.put("account.json", """
                    {"bearer_token": "another-persons", "account_uid": "u-2", "account_username": "mei@example.com"}
                    """);
            bench.time.advance(Duration.ofMinutes(1));
            gateway.credentials().list();

            var login = gateway.logins().start().id();
            bench.time.advance(Duration.ofSeconds(1));
            assertThat(gateway.logins().poll(login)).isInstanceOf(LoginProgress.LoggedIn.class);
        }

        assertThat(CredentialFilesBench.tokens(bench.files())).containsExactly("new");
    }
}
