package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.spi.Time;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackgroundTest {
    private final CountDownLatch looks = new CountDownLatch(2);
    private final CountDownLatch runs = new CountDownLatch(1);

    @Test
    void a_chore_that_throws_whatever_it_is_asked_does_not_end_the_others() throws InterruptedException {
        Alarm alarm = new Alarm(Time.system());
        try (Background background =
                new Background(Time.system(), alarm, List.of(new Broken(), new Failing(), new Counting()))) {
            background.start();

            assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
            alarm.ring();
            assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static final class Broken implements Chore {
        @Override
        public Instant nextDue() {
            throw new IllegalStateException("a bug");
        }

        @Override
        public void run() {
            throw new IllegalStateException("a bug");
        }
    }

    private static final class Failing implements Chore {
        @Override
        public Instant nextDue() {
            return Instant.MIN;
        }

        @Override
        public void run() {
            throw new AssertionError("a bug");
        }
    }

    private final class Counting implements Chore {
        @Override
        public Instant nextDue() {
            looks.countDown();
            return runs.getCount() == 0 ? NEVER : Instant.MIN;
        }

        @Override
        public void run() {
            runs.countDown();
        }
    }
}
