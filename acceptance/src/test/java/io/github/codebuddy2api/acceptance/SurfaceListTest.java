package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
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
    void nothing_is_pending_or_switched_off_but_what_is_known() throws Exception {
        Map<Integer, List<Method>> pending = new TreeMap<>(SurfaceList.shownBy());
        pending.values()
                .removeIf(methods -> methods.stream()
                        .allMatch(method ->
                                method.getAnnotation(Item.class).pending().isEmpty()
                                        && !method.isAnnotationPresent(Disabled.class)));

        assertThat(pending.keySet()).isEqualTo(SurfaceList.PENDING);
    }

    @Test
    void the_report_is_written() {
        assertThat(ServiceLoader.load(TestExecutionListener.class))
                .extracting(listener -> listener.getClass().getName())
                .contains(SurfaceListReport.class.getName());
    }
}
