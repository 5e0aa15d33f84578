package io.github.codebuddy2api.acceptance;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The list of the external contract, and the tests that show its items. */
final class SurfaceList {
    /** How many there are. */
    static final int LAST = 105;

    private static final String CLASS = ".class";

    private SurfaceList() {}

    /** The items of a test method; empty if it shows none. */
    static List<Integer> numbers(Method method) {
        Item item = method.getAnnotation(Item.class);
        return item == null ? List.of() : Arrays.stream(item.value()).boxed().toList();
    }

    /** By number, all test methods of this module that show it. */
    static Map<Integer, List<Method>> shownBy() throws IOException {
        Map<Integer, List<Method>> shown = new TreeMap<>();
        for (Class<?> type : classes()) {
            for (Method method : type.getDeclaredMethods()) {
                for (int number : numbers(method)) {
                    shown.merge(
                            number,
                            List.of(method),
                            (some, one) ->
                                    Stream.concat(some.stream(), one.stream()).toList());
                }
            }
        }
        return shown;
    }

    private static List<Class<?>> classes() throws IOException {
        Path folder = Packaged.acceptance()
                .resolve("target/test-classes")
                .resolve(SurfaceList.class.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test" + CLASS))
                    .sorted()
                    .<Class<?>>map(SurfaceList::named)
                    .toList();
        }
    }

    private static Class<?> named(String fileName) {
        String name = fileName.substring(0, fileName.length() - CLASS.length());
        try {
            return Class.forName(SurfaceList.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
