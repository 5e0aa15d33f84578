package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.Overloaded;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.RotationState;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.Sharing;
import io.github.codebuddy2api.core.spi.SettingsSource;
import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Many at once: never more than agreed per credential, in their order, and nothing is lost by those who leave. */
class LineTest {
    /** Long enough for others to come meanwhile. */
    private static final long HELD_NANOS = 20_000;

    private static final String MODEL = "glm-5.2";
    private static final Wish WISH = new Wish(MODEL, Set.of(), null);

    private final Time time = Time.system();

    private record Parts(CredentialPool pool, Line line) {
        static Parts of(Time time, Sharing sharing, String... ids) {
            GatewaySettings settings = GatewaySettings.DEFAULT.with(sharing);
            return of(time, () -> settings, ids);
        }

        static Parts of(Time time, SettingsSource settings, String... ids) {
            CredentialPool pool = new CredentialPool(settings, time, RotationState.INITIAL);
            pool.take(List.of(ids).stream()
                    .map(id -> Credential.of(id, "not-a-token-" + id))
                    .toList());
            Line line = new Line(pool, settings, time);
            pool.whenChanged(line::changed);
            return new Parts(pool, line);
        }

        Lease lease() {
            return line.look(WISH, queued -> {}).lease().orElseThrow();
        }
    }

    /** It happened that what got free while it was offered along the line went to one further back. */
    @RepeatedTest(20)
    void those_who_wait_are_served_in_their_order() throws Exception {
        Parts parts = Parts.of(time, new Sharing(true, 1, 64, Duration.ofMinutes(1)), "a");
        Lease held = parts.lease();
        ConcurrentLinkedQueue<Integer> order = new ConcurrentLinkedQueue<>();
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            CountDownLatch queued = new CountDownLatch(1);
            waiting.add(Thread.ofVirtual().start(() -> {
                Lease lease = parts.line()
                        .look(WISH, look -> queued.countDown())
                        .lease()
                        .orElseThrow();
                order.add(number);
                parts.pool().release(lease, Verdict.SUCCEEDED);
            }));
            assertThat(queued.await(20, TimeUnit.SECONDS)).isTrue();
        }

        parts.pool().release(held, Verdict.SUCCEEDED);
        for (Thread thread : waiting) {
            thread.join();
        }

        assertThat(List.copyOf(order)).as("%s", order).isSorted().hasSize(20);
        assertThat(parts.line().length()).isZero();
    }

    @Test
    void a_crowd_that_comes_goes_and_gives_up_never_exceeds_the_limit_and_loses_no_place() throws Exception {
        long seed = new Random().nextLong();
        Parts parts = Parts.of(time, new Sharing(true, 2, 200, Duration.ofMillis(300)), "a", "b", "c");
        Map<CredentialId, AtomicInteger> used = new ConcurrentHashMap<>();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        AtomicInteger gaveUp = new AtomicInteger();
        List<Thread> crowd = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Random random = new Random(seed + i);
            crowd.add(Thread.ofVirtual().start(() -> {
                for (int n = 0; n < 60; n++) {
                    boolean leaves = random.nextInt(4) == 0;
                    if (leaves) {
                        Thread.currentThread().interrupt();
                    }
                    try {
                        Lease lease = parts.lease();
                        AtomicInteger users =
                                used.computeIfAbsent(lease.credential().id(), id -> new AtomicInteger());
                        most.accumulateAndGet(users.incrementAndGet(), Math::max);
                        LockSupport.parkNanos(HELD_NANOS);
                        users.decrementAndGet();
                        parts.pool().release(lease, random.nextBoolean() ? Verdict.SUCCEEDED : Verdict.ABANDONED);
                        parts.pool().release(lease, Verdict.ABANDONED);
                        served.incrementAndGet();
                    } catch (Cancelled | Overloaded none) {
                        gaveUp.incrementAndGet();
                    }
                    var unused = Thread.interrupted();
                }
            }));
        }
        for (Thread thread : crowd) {
            thread.join();
        }

        assertThat(most.get()).as("seed %d", seed).isBetween(1, 2);
        assertThat(served.get() + gaveUp.get()).as("seed %d", seed).isEqualTo(6_000);
        assertThat(served.get()).as("seed %d", seed).isPositive();
        assertThat(parts.line().length()).as("seed %d", seed).isZero();
        List<Lease> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(parts.pool().lease(MODEL, Set.of()).lease().orElseThrow());
        }
        assertThat(all).as("every place is free again; seed %d", seed).hasSize(6);
        assertThat(parts.pool().lease(MODEL, Set.of()).busy()).isTrue();
    }

    /** Regression: who failed between joining the line and waiting in it stayed there, and kept the place he was given. */
    @Test
    void settings_that_break_while_one_joins_the_line_cost_nobody_a_place() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        Sharing sharing = new Sharing(true, 1, 64, Duration.ofMinutes(1));
        Parts parts = Parts.of(
                time,
                () -> {
                    if (broken.get()) {
                        throw new IllegalStateException("a bug of the embedder");
                    }
                    return GatewaySettings.DEFAULT.with(sharing);
                },
                "a");
        Lease held = parts.lease();

        Look second = parts.line().look(WISH, look -> {
            parts.pool().release(held, Verdict.SUCCEEDED);
            broken.set(true);
        });

        broken.set(false);
        parts.pool().release(second.lease().orElseThrow(), Verdict.SUCCEEDED);
        assertThat(parts.line().length()).isZero();
        assertThat(parts.lease().credential()).isEqualTo(held.credential());
    }

    /** Regression: what got free while the gateway closed was still given to those who waited. */
    @Test
    void a_line_that_is_closed_serves_nobody() {
        Parts parts = Parts.of(time, new Sharing(true, 1, 64, Duration.ofMinutes(1)), "a");
        Lease held = parts.lease();

        assertThatThrownBy(() -> parts.line().look(WISH, look -> {
                    parts.line().close();
                    parts.pool().release(held, Verdict.SUCCEEDED);
                }))
                .isInstanceOf(ShuttingDown.class);

        assertThatThrownBy(parts::lease).isInstanceOf(ShuttingDown.class);
        assertThat(parts.line().length()).isZero();
        assertThat(parts.pool().lease(MODEL, Set.of()).lease()).isPresent();
    }

    @Test
    void whom_nothing_free_can_serve_does_not_hold_up_those_behind_him() throws Exception {
        Parts parts = Parts.of(time, new Sharing(true, 1, 64, Duration.ofMinutes(1)), "a", "b");
        Lease first = parts.lease();
        Lease second = parts.lease();
        Wish onlyFirst = new Wish(MODEL, Set.of(second.credential().accessToken()), null);
        CountDownLatch queued = new CountDownLatch(2);
        CountDownLatch served = new CountDownLatch(1);
        Thread picky = Thread.ofVirtual()
                .start(() -> parts.pool()
                        .release(
                                parts.line()
                                        .look(onlyFirst, look -> queued.countDown())
                                        .lease()
                                        .orElseThrow(),
                                Verdict.SUCCEEDED));
        Thread other = Thread.ofVirtual().start(() -> {
            parts.line().look(WISH, look -> queued.countDown());
            served.countDown();
        });
        assertThat(queued.await(20, TimeUnit.SECONDS)).isTrue();

        parts.pool().release(second, Verdict.SUCCEEDED);

        assertThat(served.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(parts.line().length()).isEqualTo(1);
        parts.pool().release(first, Verdict.SUCCEEDED);
        picky.join();
        other.join();
    }
}
