package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.api.Accounts;
import io.github.codebuddy2api.core.api.Accounts.Reading;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedQuotas;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What an account has left, and for how long that is known. */
class QuotaTest {
    private static final CredentialId A = new CredentialId("a");
    private static final CredentialId B = new CredentialId("b");

    @AutoClose
    private final Benches benches = new Benches();

    private final FullBench bench = benches.full("a", "b");
    private final Accounts accounts = bench.gateway.accounts();

    /** A folder that was read once and cannot be looked at again. */
    private record UnreadableFolder(List<Credential> all) implements CredentialStore {
        @Override
        public List<Credential> allNow() {
            throw new StoreFailed(StoreFailed.Obstacle.OTHER, "The folder cannot be read.", null);
        }
    }

    @Test
    void a_quota_is_told_while_the_folder_of_the_credentials_cannot_be_read() {
        ScriptedQuotas quotas = new ScriptedQuotas();
        try (Gateway gateway = Gateway.builder()
                .upstream(ScriptedUpstream.always(Script.text("Seven.")))
                .credentials(new UnreadableFolder(List.of(Credentials.of("a"))))
                .quotas(quotas)
                .build()) {
            Reading first = gateway.accounts().quota(A);

            assertThat(gateway.accounts().quota(A)).isEqualTo(first);
        }
        assertThat(quotas.quotas.asked()).containsExactly("a");
    }

    @Test
    void a_quota_of_a_credential_that_was_gone_is_asked_anew() {
        accounts.quota(A);
        accounts.quota(B);
        bench.store.replace(Credentials.named("b"));
        accounts.quota(B);
        bench.store.replace(Credentials.named("a", "b"));

        accounts.quota(A);

        assertThat(bench.quotas.quotas.asked()).containsExactly("a", "b", "a");
    }

    @Test
    void a_quota_that_was_asked_for_before_a_check_in_is_not_good_after_it() {
        Gate gate = Gate.shut();
        bench.quotas.quotas.nowWaitsAt(gate);
        OtherThread<Reading> before = OtherThread.start(() -> accounts.quota(A));
        gate.awaitArrival();
        accounts.checkIn(A);
        OtherThread<Reading> after = OtherThread.start(() -> accounts.quota(A));
        after.letItWait();
        gate.open();

        assertThat(before.result()).isNotNull();
        assertThat(after.result()).isNotNull();
        assertThat(accounts.quota(A)).isEqualTo(after.result());
        assertThat(bench.quotas.quotas.asked()).containsExactly("a", "a");
    }
}
