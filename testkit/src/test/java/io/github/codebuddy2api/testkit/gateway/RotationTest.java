package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialState;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RotationTest {
    private final Bench bench = new Bench(ScriptedUpstream.always(Script.text("Seven.")), "a", "b", "c");

    @Test
    void with_a_count_of_two_and_the_middle_one_expired_it_goes_a_a_c_c_a() {
        Bench one = new Bench(bench.upstream, withExpiredInTheMiddle()).rotating(2);

        one.chats(5);

        assertThat(one.used()).isEqualTo("aacca");
    }

    @Test
    void by_default_it_is_round_robin() {
        bench.chats(7);

        assertThat(bench.used()).isEqualTo("abcabca");
    }

    @Test
    void with_a_count_of_zero_it_is_always_the_same() {
        bench.rotating(0).chats(3);

        assertThat(bench.used()).isEqualTo("aaa");
    }

    @Test
    void switched_off_it_is_always_the_same_and_switched_on_it_rotates_again() {
        bench.gateway.credentials().rotate(false);
        bench.chats(3);
        bench.gateway.credentials().rotate(true);
        bench.chats(3);

        assertThat(bench.gateway.credentials().turn().rotating()).isTrue();
        assertThat(bench.used()).isEqualTo("aaa" + "abc");
    }

    @Test
    void a_pinned_credential_gets_every_request_and_the_rotation_stays_where_it_was() {
        bench.rotating(2).chats(1);

        assertThat(bench.gateway.credentials().pin(new CredentialId("c"))).isTrue();
        bench.chats(3);
        bench.gateway.credentials().unpin();
        bench.chats(3);

        assertThat(bench.used()).isEqualTo("a" + "ccc" + "abb");
    }

    @Test
    void the_pin_is_shown_and_an_unknown_one_changes_nothing() {
        bench.gateway.credentials().pin(new CredentialId("b"));

        assertThat(bench.gateway.credentials().pin(new CredentialId("unknown"))).isFalse();
        assertThat(bench.gateway.credentials().list())
                .filteredOn(CredentialView::pinned)
                .extracting(view -> view.id().value())
                .containsExactly("b");
    }

    @Test
    void a_pin_stays_with_its_credential_when_one_before_it_is_removed() {
        bench.gateway.credentials().pin(new CredentialId("c"));
        bench.store.replace(Credentials.named("b", "c"));

        bench.chats(2);

        assertThat(bench.used()).isEqualTo("cc");
    }

    @Test
    void when_the_pinned_one_expires_or_is_removed_the_others_serve_again() {
        Credential expiring = Credentials.expiring("b", ManualTime.START.plus(Duration.ofHours(1)));
        bench.store.replace(Credentials.of("a"), expiring);
        bench.gateway.credentials().pin(expiring.id());
        bench.chats(2);

        bench.time.advance(Duration.ofMinutes(55));
        bench.chats(2);

        assertThat(bench.used()).isEqualTo("bb" + "aa");
        assertThat(bench.state("b")).isEqualTo(new CredentialState.Expired(false));
        assertThat(bench.gateway.credentials().list())
                .extracting(CredentialView::pinned)
                .containsOnly(false);
    }

    @Test
    void a_new_credential_takes_its_turn_without_a_restart() {
        bench.chats(1);
        bench.store.replace(Credentials.named("a", "x", "b", "c"));
        bench.chats(4);

        assertThat(bench.used()).isEqualTo("a" + "xbca");
    }

    private static InMemoryCredentialStore withExpiredInTheMiddle() {
        return InMemoryCredentialStore.of(
                Credentials.of("a"),
                Credentials.expiring("b", ManualTime.START.plus(Tokens.EXPIRY_MARGIN)),
                Credentials.of("c"));
    }
}
