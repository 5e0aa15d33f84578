package io.github.codebuddy2api.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.http.ServerPassword;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuessThrottleTest {
    private static final ServerPassword PASSWORD = ServerPassword.from("correct horse", true);

    private final ManualTime time = new ManualTime();
    private final GuessThrottle throttle = new GuessThrottle(time);
    private int tried;

    private static byte[] tag(String token) {
        return token.getBytes(StandardCharsets.UTF_8);
    }

    private void guess(String address) {
        unjudged(address).setWrong();
    }

    private GuessThrottle.Guess unjudged(String address) {
        return throttle.admit(address, tag("guess " + tried++), PASSWORD);
    }

    private void know(String address) {
        throttle.takeBack(throttle.admit(address, tag("right"), PASSWORD));
    }

    private void assertRefused(String address, Duration wait) {
        assertThatThrownBy(() -> throttle.requireRoom(address)).isInstanceOfSatisfying(HttpFailure.class, failure -> {
            assertThat(failure.error().status()).isEqualTo(429);
            assertThat(failure.error().advice().retryAfter()).isEqualTo(wait);
        });
        assertThatThrownBy(() -> guess(address)).isInstanceOf(HttpFailure.class);
    }

    @Test
    void one_address_has_ten_tries_and_another_its_own() {
        for (int left = 9; left >= 0; left--) {
            guess("one");
            assertThat(throttle.left("one")).isEqualTo(left);
        }
        time.advance(Duration.ofSeconds(20));

        assertRefused("one", Duration.ofSeconds(40));
        guess("two");
        assertThat(throttle.left("two")).isEqualTo(9);
        time.advance(Duration.ofSeconds(40));
        assertThat(throttle.left("one")).isEqualTo(10);
    }

    @Test
    void while_one_is_being_judged_the_wait_is_a_second_because_it_may_be_right() {
        for (int i = 0; i < 9; i++) {
            guess("one");
        }
        GuessThrottle.Guess last = unjudged("one");

        assertRefused("one", Duration.ofSeconds(1));
        last.setWrong();
        assertRefused("one", Duration.ofMinutes(1));
    }

    @Test
    void the_minute_goes_along_with_the_guesses() {
        for (int i = 0; i < 10; i++) {
            guess("one");
            time.advance(Duration.ofSeconds(5));
        }

        assertRefused("one", Duration.ofSeconds(10));
        time.advance(Duration.ofSeconds(10));
        guess("one");
        assertRefused("one", Duration.ofSeconds(5));
    }

    @Test
    void strangers_have_fifty_together_and_leave_ten_to_whom_is_known() {
        know("home");
        for (int i = 0; i < 50; i++) {
            guess("address " + i);
        }

        assertRefused("address 50", Duration.ofMinutes(1));
        assertThat(throttle.left("address 50")).isZero();
        for (int left = 9; left >= 0; left--) {
            guess("home");
            assertThat(throttle.left("home")).isEqualTo(left);
        }
        assertRefused("home", Duration.ofMinutes(1));
    }

    @Test
    void all_together_have_sixty_whoever_they_are() {
        for (int i = 0; i < 12; i++) {
            know("home " + i);
        }
        for (int i = 0; i < 60; i++) {
            guess("home " + i % 12);
        }

        for (int i = 0; i < 12; i++) {
            assertRefused("home " + i, Duration.ofMinutes(1));
        }
    }

    @Test
    void a_right_try_leaves_nothing_behind() {
        for (int i = 0; i < 100; i++) {
            know("one");
            know("address " + i);
        }
        assertThat(throttle.left("one")).isEqualTo(10);
    }

    @Test
    void the_same_password_again_is_the_same_guess_until_it_may_be_right() {
        GuessThrottle.Guess first = throttle.admit("one", tag("wrong"), PASSWORD);
        first.setWrong();

        assertThat(throttle.admit("one", tag("wrong"), PASSWORD)).isSameAs(first);
        assertThat(throttle.admit("two", tag("wrong"), PASSWORD)).isNotSameAs(first);
        assertThat(throttle.admit("one", tag("other"), PASSWORD)).isNotSameAs(first);
        assertThat(throttle.admit("one", tag("wrong"), ServerPassword.from("wrong", true))
                        .isWrong())
                .isFalse();
        assertThat(throttle.left("one")).isEqualTo(7);
    }

    @Test
    void who_is_known_is_forgotten_for_others_who_are() {
        know("home");
        for (int i = 0; i < 64; i++) {
            know("address " + i);
        }
        for (int i = 0; i < 50; i++) {
            guess("stranger " + i);
        }

        assertRefused("home", Duration.ofMinutes(1));
        assertThat(throttle.left("address 0")).isEqualTo(10);
    }
}
