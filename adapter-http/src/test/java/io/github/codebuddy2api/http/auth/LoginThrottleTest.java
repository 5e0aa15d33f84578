package io.github.codebuddy2api.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private final ManualTime time = new ManualTime();
    private final LoginThrottle throttle = new LoginThrottle(time);

    private void assertRefused(String address, Duration wait) {
        assertThatThrownBy(() -> throttle.count(address)).isInstanceOfSatisfying(HttpFailure.class, failure -> {
            assertThat(failure.error().status()).isEqualTo(429);
            assertThat(failure.error().advice().retryAfter()).isEqualTo(wait);
        });
    }

    @Test
    void one_address_has_ten_tries_and_another_its_own() {
        for (int left = 9; left >= 0; left--) {
            assertThat(throttle.count("one")).isEqualTo(left);
        }
        time.advance(Duration.ofSeconds(20));

        assertRefused("one", Duration.ofSeconds(40));
        assertThat(throttle.count("two")).isEqualTo(9);
        time.advance(Duration.ofSeconds(40));
        assertThat(throttle.count("one")).isEqualTo(9);
    }

    @Test
    void all_addresses_together_have_sixty() {
        for (int i = 0; i < 55; i++) {
            assertThat(throttle.count("address " + i)).isEqualTo(Math.min(9, 59 - i));
        }
        for (int left = 4; left >= 0; left--) {
            assertThat(throttle.count("one")).isEqualTo(left);
        }

        assertRefused("one", Duration.ofMinutes(1));
        assertRefused("two", Duration.ofMinutes(1));
        throttle.takeBack("address 3");
        assertThat(throttle.count("two")).isZero();
    }

    @Test
    void a_right_try_leaves_nothing_behind() {
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.count("one")).isEqualTo(9);
            throttle.takeBack("one");
        }
        throttle.takeBack("one");
        throttle.takeBack("nobody");

        for (int i = 0; i < 60; i++) {
            throttle.count("address " + i);
        }
        assertRefused("two", Duration.ofMinutes(1));
    }

    @Test
    void a_right_try_of_the_minute_before_is_no_gift() {
        throttle.count("one");
        time.advance(Duration.ofMinutes(1));
        throttle.count("two");
        throttle.takeBack("one");

        assertThat(throttle.count("two")).isEqualTo(8);
    }
}
