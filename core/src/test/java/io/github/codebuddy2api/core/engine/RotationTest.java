package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.credential.Credential;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RotationTest {
    private final Rotation rotation = new Rotation();

    @Test
    void the_first_of_all_is_the_first_in_the_store() {
        assertThat(picks("abc", 1, 1)).isEqualTo("a");
    }

    @Test
    void each_has_its_count_of_requests_and_then_the_next_one_has() {
        assertThat(picks("ac", 2, 5)).isEqualTo("aacca");
        assertThat(picks("ac", 2, 3)).isEqualTo("acc");
    }

    @Test
    void with_a_count_of_one_it_is_round_robin() {
        assertThat(picks("abc", 1, 7)).isEqualTo("abcabca");
    }

    @Test
    void with_a_count_of_zero_it_stays() {
        assertThat(picks("abc", 0, 4)).isEqualTo("aaaa");
    }

    @Test
    void switched_off_it_stays_and_switched_on_it_goes_on_where_it_was() {
        assertThat(picks("abc", 2, 3)).isEqualTo("aab");

        rotation.turn(false);
        assertThat(picks("abc", 2, 4)).isEqualTo("bbbb");

        rotation.turn(true);
        assertThat(picks("abc", 2, 3)).isEqualTo("bcc");
    }

    @Test
    void when_the_current_one_is_gone_it_begins_at_the_first_with_a_new_count() {
        assertThat(picks("abc", 2, 3)).isEqualTo("aab");

        assertThat(picks("ac", 2, 3)).isEqualTo("aac");
    }

    @Test
    void one_that_is_not_ready_is_passed_over_and_the_next_ready_one_gets_a_whole_count() {
        assertThat(picksReady("abc", "ac", 2, 6)).isEqualTo("aaccaa");
    }

    @Test
    void while_it_stays_one_that_is_not_ready_is_passed_over_for_this_request_only() {
        assertThat(picks("abc", 0, 1)).isEqualTo("a");
        assertThat(picksReady("abc", "bc", 0, 2)).isEqualTo("bb");
        assertThat(picks("abc", 0, 1)).isEqualTo("a");
    }

    @Test
    void if_none_is_ready_there_is_none() {
        assertThat(rotation.next(credentials("abc"), credential -> false, 1)).isNull();
    }

    @Test
    void a_smaller_count_takes_effect_with_the_next_request() {
        assertThat(picks("ab", 3, 2)).isEqualTo("aa");

        assertThat(picks("ab", 1, 3)).isEqualTo("bab");
    }

    private String picks(String valid, int count, int times) {
        return picksReady(valid, valid, count, times);
    }

    private String picksReady(String valid, String ready, int count, int times) {
        Predicate<Credential> isReady =
                credential -> ready.contains(credential.id().value());
        List<String> picked = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            picked.add(rotation.next(credentials(valid), isReady, count).id().value());
        }
        return String.join("", picked);
    }

    private static List<Credential> credentials(String ids) {
        return Stream.of(ids.split(""))
                .map(id -> Credential.of(id, "not-a-token"))
                .toList();
    }
}
