package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.RotationState;
import io.github.codebuddy2api.core.credential.StoredRest;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.spi.RestStore;
import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RestKeeperTest {
    private static final Credential A = Credential.of("a", "not-a-token-a");

    private final CredentialPool pool =
            new CredentialPool(() -> GatewaySettings.DEFAULT, Time.system(), RotationState.INITIAL);

    private RestKeeper keeper(Consumer<List<StoredRest>> save) {
        RestStore store = new RestStore() {
            @Override
            public List<StoredRest> load() {
                return List.of();
            }

            @Override
            public void save(List<StoredRest> rests) {
                save.accept(rests);
            }
        };
        RestKeeper keeper = new RestKeeper(store, pool, Time.system(), Duration.ofMillis(10));
        pool.take(List.of(A));
        pool.release(new Lease(A, "glm-5.2"), new Verdict.Failed(Failures.quota()));
        return keeper;
    }

    /** Regression: it waited for the disk without limit, and the process never ended. */
    @Test
    @Timeout(60)
    void a_disk_that_hangs_does_not_keep_the_gateway_from_closing() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch hangs = new CountDownLatch(1);
        RestKeeper keeper = keeper(rests -> {
            asked.countDown();
            try {
                hangs.await();
            } catch (InterruptedException told) {
                Thread.currentThread().interrupt();
            }
        });

        keeper.close();

        asked.await();
        hangs.countDown();
    }

    @Test
    void a_store_that_breaks_its_promise_is_a_store_that_refuses() {
        RestKeeper keeper = keeper(rests -> {
            throw new IllegalStateException("a bug of the embedder");
        });

        keeper.run();

        assertThat(keeper.nextDue()).isAfter(Time.system().instant());
    }
}
