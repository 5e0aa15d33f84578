package io.github.codebuddy2api.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Writes {@code target/section-i.txt}: for each item of the list its number, its result and what was shown. */
public final class SurfaceListReport implements TestExecutionListener {
    private enum Result {
        PASSED,
        NOT_RUN,
        FAILED
    }

    private final Map<Method, Result> results = new ConcurrentHashMap<>();

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        record(test, Result.NOT_RUN);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        record(test, passed ? Result.PASSED : Result.FAILED);
    }

    private void record(TestIdentifier test, Result result) {
        test.getSource().ifPresent(source -> {
            if (source instanceof MethodSource method) {
                record(method.getJavaMethod(), result);
            } else if (source instanceof ClassSource type && result != Result.PASSED) {
                for (Method method : type.getJavaClass().getDeclaredMethods()) {
                    record(method, result);
                }
            }
        });
    }

    private void record(Method method, Result result) {
        Item item = method.getAnnotation(Item.class);
        if (item != null) {
            results.merge(method, result, (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (results.isEmpty()) {
            return;
        }
        Map<Integer, List<Method>> shown = new TreeMap<>();
        results.keySet()
                .forEach(method -> SurfaceList.numbers(method)
                        .forEach(number -> shown.computeIfAbsent(number, unused -> new ArrayList<>())
                                .add(method)));
        List<String> lines = new ArrayList<>();
        for (int number = 1; number <= SurfaceList.LAST; number++) {
            List<Method> methods = shown.getOrDefault(number, List.of());
            if (methods.isEmpty()) {
                lines.add("%3d  not run".formatted(number));
            }
            for (Method method : methods) {
                lines.add(line(number, method));
            }
        }
        try {
            Path report = Packaged.acceptance().resolve("target/section-i.txt");
            Files.write(report, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line(int number, Method method) {
        Item item = method.getAnnotation(Item.class);
        String result = results.get(method).name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String note = item.note();
        return "%3d  %-7s  %s%s  [%s]"
                .formatted(
                        number,
                        result,
                        method.getName().replace('_', ' '),
                        note.isEmpty() ? "" : " (" + note + ")",
                        method.getDeclaringClass().getSimpleName());
    }
}
