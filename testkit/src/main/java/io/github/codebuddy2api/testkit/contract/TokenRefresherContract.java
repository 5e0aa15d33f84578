package io.github.codebuddy2api.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.TokenRefresher;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import org.junit.jupiter.api.Test;

/** What a {@link TokenRefresher} promises, to whatever the upstream does. */
public interface TokenRefresherContract {
    /** What the upstream does with the next call. */
    enum Upstream {
        /** New tokens. */
        GIVES,
        /** A refusal for good. */
        REFUSES,
        /** An error that may pass. */
        FAILS,
        /** Nothing, for as long as the test takes. */
        SILENT
    }

    /** The refresher under test, against an upstream that does this. */
    TokenRefresher refresher(Upstream upstream);

    /** A credential with a refresh token that the upstream knows. */
    Credential credential();

    /** Waits until a call has arrived at a silent upstream. */
    void awaitCall();

    @Test
    default void the_same_credential_comes_back_with_other_tokens() {
        Credential fresh = refresher(Upstream.GIVES).refresh(credential());

        assertThat(fresh.id()).isEqualTo(credential().id());
        assertThat(fresh.name()).isEqualTo(credential().name());
        assertThat(fresh.accessToken()).isNotEqualTo(credential().accessToken());
        assertThat(fresh.isRefreshable()).isTrue();
    }

    @Test
    default void a_refusal_for_good_says_that_a_login_is_needed() {
        assertThatThrownBy(() -> refresher(Upstream.REFUSES).refresh(credential()))
                .isInstanceOfSatisfying(
                        CredentialRejected.class,
                        failure -> assertThat(failure.needsLogin()).isTrue());
    }

    @Test
    default void an_error_that_may_pass_does_not_say_so() {
        assertThatThrownBy(() -> refresher(Upstream.FAILS).refresh(credential()))
                .isInstanceOf(GatewayException.class)
                .matches(failure -> !(failure instanceof CredentialRejected rejected && rejected.needsLogin()));
    }

    @Test
    default void an_interrupt_cancels_it_and_stays_set() {
        OtherThread<Credential> caller =
                OtherThread.start(() -> refresher(Upstream.SILENT).refresh(credential()));
        awaitCall();

        caller.interrupt();

        assertThat(caller.failure()).isInstanceOf(Cancelled.class);
        assertThat(caller.endedInterrupted()).isTrue();
    }
}
