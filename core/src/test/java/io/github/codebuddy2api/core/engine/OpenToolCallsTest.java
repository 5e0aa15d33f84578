package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.chat.ToolCallDelta;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpenToolCallsTest {
    private final OpenToolCalls.Withheld withheld = new OpenToolCalls.Withheld();
    private final OpenToolCalls calls = new OpenToolCalls(new Random(1), withheld);

    @Test
    void id_and_name_are_on_the_first_fragment_and_nowhere_else() {
        assertThat(accept(0, "call_1", "sum", "{")).containsExactly(fragment(0, "call_1", "sum", "{"));
        assertThat(accept(0, "call_1", "sum", "}")).containsExactly(fragment(0, null, null, "}"));
    }

    @Test
    void indexes_count_from_zero_in_order_of_appearance() {
        assertThat(accept(7, "call_1", "sum", "")).containsExactly(fragment(0, "call_1", "sum", ""));
        assertThat(accept(3, "call_2", "sum", "")).containsExactly(fragment(1, "call_2", "sum", ""));
        assertThat(accept(7, null, null, "{}")).containsExactly(fragment(0, null, null, "{}"));
    }

    @Test
    void a_call_whose_name_is_still_to_come_takes_no_index() {
        assertThat(accept(0, "call_1", null, "{")).isEmpty();

        assertThat(accept(1, "call_2", "sum", "")).containsExactly(fragment(0, "call_2", "sum", ""));
        assertThat(accept(0, null, "now", "}")).containsExactly(fragment(1, "call_1", "now", "{}"));
    }

    @Test
    void an_id_that_never_came_is_invented() {
        ToolCallDelta first = accept(0, null, "sum", "{}").get(0);

        assertThat(first.id()).matches("call_[0-9a-f]{24}");
        assertThat(accept(0, "call_too_late", null, "")).isEmpty();
    }

    @Test
    void an_empty_id_is_no_id() {
        assertThat(accept(0, "", "sum", "").get(0).id()).startsWith("call_");
    }

    @Test
    void fragments_before_the_name_are_kept_and_handed_on_with_it() {
        assertThat(accept(0, "call_1", null, "{\"a\"")).isEmpty();
        assertThat(accept(0, null, "", ":")).isEmpty();

        assertThat(accept(0, null, "sum", "1}")).containsExactly(fragment(0, "call_1", "sum", "{\"a\":1}"));
    }

    @Test
    void a_second_name_is_not_dropped_in_silence_and_its_arguments_are_not_glued_to_the_first_calls() {
        accept(0, "call_1", "sum", "{}");

        assertThatThrownBy(() -> accept(0, null, "product", "{}"))
                .isInstanceOf(UpstreamGarbled.class)
                .hasMessage("The upstream gave one tool call two names.");
    }

    @Test
    void a_fragment_that_says_nothing_new_is_dropped() {
        accept(0, "call_1", "sum", "{}");

        assertThat(accept(0, "call_1", "sum", "")).isEmpty();
    }

    @Test
    void at_the_end_missing_closers_follow_for_each_call() {
        accept(0, "call_1", "sum", "{\"a\":[1");
        accept(1, "call_2", "now", "");
        accept(2, "call_3", "whole", "{}");

        assertThat(calls.complete()).containsExactly(fragment(0, null, null, "]}"), fragment(1, null, null, "{}"));
    }

    @Test
    void a_call_that_never_had_a_name_is_garbled() {
        accept(0, "call_1", null, "{}");

        assertThatThrownBy(calls::complete)
                .isInstanceOfSatisfying(
                        UpstreamGarbled.class,
                        failure -> assertThat(failure.code()).isEqualTo("upstream_malformed"));
    }

    @Test
    void more_calls_than_an_answer_has_are_refused() {
        for (int i = 0; i < OpenToolCalls.MAX_CALLS; i++) {
            accept(i, null, "sum", "{}");
        }

        assertThatThrownBy(() -> accept(OpenToolCalls.MAX_CALLS, null, "sum", "{}"))
                .isInstanceOfSatisfying(
                        UpstreamGarbled.class,
                        failure -> assertThat(failure.code()).isEqualTo("upstream_event_too_large"));
    }

    @Test
    void what_is_kept_for_a_name_has_a_limit() {
        accept(0, null, null, "x".repeat(OpenToolCalls.Withheld.MOST));

        assertThatThrownBy(() -> accept(0, null, null, "x")).isInstanceOf(UpstreamGarbled.class);
    }

    /** Regression: each call had the limit for itself, and kept what it had handed on. */
    @Test
    void what_several_calls_and_choices_keep_counts_together_until_it_is_handed_on() {
        String half = "x".repeat(OpenToolCalls.Withheld.MOST / 2);
        OpenToolCalls ofAnotherChoice = new OpenToolCalls(new Random(1), withheld);
        accept(0, null, null, half);
        ofAnotherChoice.accept(List.of(fragment(0, null, null, half)));
        assertThatThrownBy(() -> accept(1, "i", null, "")).isInstanceOf(UpstreamGarbled.class);

        accept(0, null, "sum", "");

        accept(2, "i".repeat(half.length() - 1), null, "");
        assertThatThrownBy(() -> accept(2, null, null, "x")).isInstanceOf(UpstreamGarbled.class);
    }

    @Test
    void a_call_that_begins_with_its_name_may_be_as_long_as_it_likes() {
        String arguments = "x".repeat(OpenToolCalls.Withheld.MOST + 1);

        assertThat(accept(0, "call_1", "sum", arguments)).containsExactly(fragment(0, "call_1", "sum", arguments));
    }

    private List<ToolCallDelta> accept(int index, @Nullable String id, @Nullable String name, String arguments) {
        return calls.accept(List.of(fragment(index, id, name, arguments)));
    }

    private static ToolCallDelta fragment(int index, @Nullable String id, @Nullable String name, String arguments) {
        return new ToolCallDelta(index, id, name, arguments);
    }
}
