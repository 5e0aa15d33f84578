package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.CredentialStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RosterTest {
    private static final Credential OLD = Credential.of("a", "not-a-token");
    private static final Credential FRESH = Credential.of("a", "not-a-token-either");
    private static final Credential OTHER = Credential.of("a", "not-a-token-of-another-program");

    private List<Credential> stored = List.of(OLD);
    private volatile List<Credential> used = List.of();
    private boolean broken;
    private final Roster roster = new Roster(new Store(), all -> used = all);

    @Test
    void a_store_that_fails_stops_no_request_once_it_was_read() {
        roster.adopt();
        broken = true;

        roster.adoptUnlessBusy();

        assertThat(used).containsExactly(OLD);
    }

    @Test
    void a_store_that_was_never_read_fails_the_request() {
        broken = true;

        assertThatThrownBy(roster::adoptUnlessBusy).isInstanceOf(StoreFailed.class);
    }

    /** Regression: the second of two first requests was told that nothing is stored. */
    @Test
    void whoever_comes_while_the_first_list_is_taken_over_waits_for_it() throws InterruptedException {
        AtomicReference<List<Credential>> seen = new AtomicReference<>();
        AtomicReference<Roster> shared = new AtomicReference<>();
        Thread second = new Thread(() -> {
            shared.get().adoptUnlessBusy();
            seen.set(used);
        });
        shared.set(new Roster(new Store(), all -> {
            second.start();
            while (second.isAlive() && second.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            used = all;
        }));

        shared.get().adoptUnlessBusy();
        second.join();

        assertThat(seen.get()).containsExactly(OLD);
    }

    @Test
    void unstored_tokens_outlive_a_missing_file_but_not_another_token_in_its_place() {
        roster.adopt();
        roster.useUnstored(OLD, FRESH);
        stored = List.of();
        roster.adopt();
        assertThat(used).containsExactly(FRESH);

        stored = List.of(OLD);
        roster.adopt();
        assertThat(used).containsExactly(FRESH);

        stored = List.of(OTHER);
        roster.adopt();
        assertThat(used).containsExactly(OTHER);
        assertThat(roster.unstored(OLD.id())).isEmpty();
    }

    private final class Store implements CredentialStore {
        @Override
        public List<Credential> all() {
            if (broken) {
                throw new StoreFailed(StoreFailed.Obstacle.OTHER, "Broken.", null);
            }
            return stored;
        }
    }
}
