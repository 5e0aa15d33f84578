package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.codebuddy.CodeBuddyOptions.Deadlines;
import io.github.codebuddy2api.codebuddy.StreamDeadlines.Passed;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamDeadlinesTest {
    private static final long START = -1_000_000;
    private final StreamDeadlines deadlines =
            new StreamDeadlines(new Deadlines(nanos(1), nanos(100), nanos(50), nanos(1000), nanos(10)), START);

    @Test
    void the_first_event_has_its_own_time_which_reading_does_not_prolong() {
        deadlines.waitingFrom(START + 90);

        assertThat(deadlines.passed(START + 99)).isNull();
        assertThat(deadlines.passed(START + 100)).isEqualTo(Passed.FIRST_EVENT);
        assertThat(deadlines.nothingBefore(START + 80)).isEqualTo(20);
        assertThat(deadlines.nothingBefore(START + 10))
                .as("an event now, and silence after it")
                .isEqualTo(50);
    }

    @Test
    void silence_counts_from_the_moment_somebody_waits() {
        deadlines.progressed();
        assertThat(deadlines.passed(START + 900)).as("nobody waits").isNull();

        deadlines.waitingFrom(START + 900);

        assertThat(deadlines.passed(START + 949)).isNull();
        assertThat(deadlines.passed(START + 950)).isEqualTo(Passed.GAP);
        assertThat(deadlines.nothingBefore(START + 910)).isEqualTo(40);
        deadlines.progressed();
        assertThat(deadlines.passed(START + 950)).isNull();
        assertThat(deadlines.nothingBefore(START + 910)).isEqualTo(50);
    }

    @Test
    void the_whole_answer_has_its_time_even_if_nobody_waits() {
        deadlines.progressed();

        assertThat(deadlines.passed(START + 999)).isNull();
        assertThat(deadlines.passed(START + 1000)).isEqualTo(Passed.TOTAL);
        assertThat(deadlines.nothingBefore(START + 990)).isEqualTo(10);
    }

    @Test
    void what_follows_the_finish_is_waited_for_briefly_and_once() {
        deadlines.progressed();
        deadlines.finish();
        assertThat(deadlines.nothingBefore(START + 200)).isEqualTo(10);
        deadlines.waitingFrom(START + 200);
        assertThat(deadlines.passed(START + 209)).isNull();
        assertThat(deadlines.passed(START + 210)).isEqualTo(Passed.AFTER_FINISH);

        deadlines.progressedAfterFinish(START + 206);
        deadlines.waitingFrom(START + 300);

        assertThat(deadlines.nothingBefore(START + 300)).isEqualTo(4);
        assertThat(deadlines.passed(START + 303)).isNull();
        assertThat(deadlines.passed(START + 304)).isEqualTo(Passed.AFTER_FINISH);
    }

    private static Duration nanos(long length) {
        return Duration.ofNanos(length);
    }
}
