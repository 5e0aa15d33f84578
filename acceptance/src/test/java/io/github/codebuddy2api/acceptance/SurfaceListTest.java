package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.TestExecutionListener;

/** Nothing of the list is forgotten: without this, an item whose test is deleted would merely be silent. */
final class SurfaceListTest {
    @Test
    void every_item_of_the_list_has_a_test() throws Exception {
        assertThat(SurfaceList.shownBy().keySet())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, SurfaceList.LAST).boxed().toList());
    }

    @Test
    void no_item_is_switched_off() throws Exception {
        assertThat(SurfaceList.shownBy().values().stream().flatMap(List::stream))
                .noneMatch(method -> method.isAnnotationPresent(Disabled.class));
    }

    @Test
    void the_report_is_written() {
        assertThat(ServiceLoader.load(TestExecutionListener.class))
                .extracting(listener -> listener.getClass().getName())
                .contains(SurfaceListReport.class.getName());
    }
}
