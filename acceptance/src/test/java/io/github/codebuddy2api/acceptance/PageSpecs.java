package io.github.codebuddy2api.acceptance;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tests in {@code page/specs}, which drive the page in Chromium. */
record PageSpecs(NodeFolder folder) {
    private static final int CHECK_LIMIT_SECONDS = 300;

    /** With the packages they need. */
    static PageSpecs installed() throws IOException, InterruptedException {
        NodeFolder folder = new NodeFolder(Packaged.acceptance().resolve("page"));
        folder.install();
        return new PageSpecs(folder);
    }

    /** Fails if they are not well-formed. */
    void check() throws IOException, InterruptedException {
        folder.execute(CHECK_LIMIT_SECONDS, Map.of(), "npm", "run", "--silent", "check");
    }

    /** Runs those whose names match one of {@code names}, all if there are none, against the packaged product. */
    NodeFolder.Result run(int limitSeconds, Map<String, String> environment, String... names)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("PAGE_SERVICE", json(Packaged.command("serve")));
        all.put("PAGE_SIMULATOR", json(Packaged.simulatorCommand()));
        String[] command = Stream.concat(Stream.of("npx", "playwright", "test"), Stream.of(names))
                .toArray(String[]::new);
        return folder.run(limitSeconds, all, command);
    }

    private static String json(List<String> words) {
        return words.stream()
                .map(word -> "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
