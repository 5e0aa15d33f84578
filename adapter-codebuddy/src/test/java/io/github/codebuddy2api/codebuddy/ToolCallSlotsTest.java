package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import org.junit.jupiter.api.Test;

class ToolCallSlotsTest {
    private final ToolCallSlots slots = new ToolCallSlots();

    @Test
    void ordinary_indexes_are_followed_even_interleaved() {
        assertThat(slots.resolve("a", 0)).isZero();
        assertThat(slots.resolve("b", 1)).isEqualTo(1);
        assertThat(slots.resolve(null, 0)).isZero();
        assertThat(slots.resolve("", 1)).isEqualTo(1);
        assertThat(slots.resolve(null, 0)).isZero();
    }

    @Test
    void an_index_that_is_always_0_yields_to_the_ids() {
        assertThat(slots.resolve("a", 0)).isZero();
        assertThat(slots.resolve("", 0)).isZero();
        assertThat(slots.resolve("b", 0)).isEqualTo(1);
        assertThat(slots.resolve(null, 0)).isEqualTo(1);
        assertThat(slots.resolve("a", 0)).isZero();
        assertThat(slots.resolve(null, 0)).isZero();
    }

    @Test
    void without_index_and_id_it_is_the_last_call() {
        assertThat(slots.resolve(null, null)).isZero();
        assertThat(slots.resolve("a", null)).isEqualTo(1);
        assertThat(slots.resolve("b", null)).isEqualTo(2);
        assertThat(slots.resolve("a", null)).isEqualTo(1);
        assertThat(slots.resolve("", null)).isEqualTo(1);
    }

    /** Regression: ids are kept as long as the answer lasts, and had no limit. */
    @Test
    void an_id_has_a_limit() {
        assertThat(slots.resolve("i".repeat(ToolCallSlots.MAX_ID), null)).isZero();

        assertThatThrownBy(() -> slots.resolve("i".repeat(ToolCallSlots.MAX_ID + 1), null))
                .isInstanceOf(UpstreamGarbled.class);
    }

    @Test
    void an_unknown_index_without_id_opens_a_call() {
        assertThat(slots.resolve(null, 5)).isZero();
        assertThat(slots.resolve(null, 7)).isEqualTo(1);
        assertThat(slots.resolve(null, 5)).isZero();
    }
}
