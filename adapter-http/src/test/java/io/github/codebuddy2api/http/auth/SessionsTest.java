package io.github.codebuddy2api.http.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.ServerPassword;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a request alone does not show of the sessions. */
class SessionsTest {
    private static final ServerPassword PASSWORD = ServerPassword.from("correct horse", true);

    private volatile ServerPassword password = PASSWORD;
    private volatile Instant wall = ManualTime.START;
    private final ManualTime time = new ManualTime();

    /** Two clocks that can part. */
    private final Time clocks = new Time() {
        @Override
        public Instant instant() {
            return wall;
        }

        @Override
        public long nanoTime() {
            return time.nanoTime();
        }
    };

    private final SecureRandom random = new SecureRandom();
    private final PasswordCheck check = new PasswordCheck(() -> password, random, clocks);
    private final Sessions sessions = new Sessions(check, random, clocks);

    @Test
    void an_id_prints_nothing_of_itself() {
        SessionId id = sessions.begin(PASSWORD);

        assertThat(id.toString()).doesNotContain(id.reveal().substring(5));
        assertThat(id.digest()).doesNotContain(id.reveal().substring(5));
    }

    @Test
    void a_pass_ends_with_its_session_and_does_not_prolong_it() {
        SessionId id = sessions.begin(PASSWORD);
        Pass pass = sessions.use(id).orElseThrow();

        time.advance(Duration.ofMinutes(59));
        assertThat(pass.stillHolds()).isTrue();
        time.advance(Duration.ofMinutes(1));
        assertThat(pass.stillHolds()).isFalse();
    }

    @Test
    void a_pass_ends_with_the_password_and_when_the_session_is_ended() {
        Pass ofEnded = sessions.use(sessions.begin(PASSWORD)).orElseThrow();
        SessionId id = sessions.begin(PASSWORD);
        Pass pass = sessions.use(id).orElseThrow();

        sessions.end(id);
        assertThat(pass.stillHolds()).isFalse();
        assertThat(ofEnded.stillHolds()).isTrue();
        password = new ServerPassword.NotConfigured();
        assertThat(ofEnded.stillHolds()).isFalse();
    }

    @Test
    void a_session_for_a_password_that_has_just_changed_never_counts() {
        password = ServerPassword.from("another one", true);

        assertThat(sessions.use(sessions.begin(PASSWORD))).isEmpty();
    }

    @Test
    void it_is_over_when_either_clock_says_so() {
        SessionId slept = sessions.begin(PASSWORD);
        wall = wall.plus(Duration.ofHours(2));
        assertThat(sessions.left(slept)).isEmpty();

        SessionId setBack = sessions.begin(PASSWORD);
        wall = wall.minus(Duration.ofDays(1));
        assertThat(sessions.left(setBack)).hasValue(Duration.ofHours(1));
        time.advance(Duration.ofHours(1));
        assertThat(sessions.left(setBack)).isEmpty();
    }

    @Test
    void many_at_once_leave_ten() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SessionId>> begun = IntStream.range(0, 200)
                    .mapToObj(i -> callers.submit(() -> {
                        SessionId id = sessions.begin(PASSWORD);
                        sessions.use(id);
                        return id;
                    }))
                    .toList();
            List<SessionId> ids = new ArrayList<>();
            for (Future<SessionId> id : begun) {
                ids.add(id.get());
            }

            assertThat(ids.stream().filter(id -> sessions.left(id).isPresent())).hasSize(10);
        }
        assertThat(sessions.use(sessions.begin(PASSWORD))).isPresent();
    }
}
