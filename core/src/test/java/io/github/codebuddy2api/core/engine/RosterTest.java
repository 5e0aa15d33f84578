package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.CredentialStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class RosterTest {
    private static final Credential OLD = Credential.of("a", "not-a-token");
    private static final Credential FRESH = Credential.of("a", "not-a-token-either");
    private static final Credential OTHER = Credential.of("a", "not-a-token-of-another-program");

    private List<Credential> stored = List.of(OLD);
    private List<Credential> used = List.of();
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
