package io.github.codebuddy2api.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The AOT cache that the launcher makes for its users too. It takes some seconds once, and every start of a service is
 * three times as fast; without it (JDK 21, or its making failed) everything works the same.
 */
final class StartCache {
    private static final int FIRST_JDK = 25;
    private static final int MINUTES = 2;

    private StartCache() {}

    /** Made at first use. */
    private static final class Made {
        private static final List<String> OPTIONS = make();
    }

    /** The options of a JVM that is to use the cache; none if there is no cache. */
    static List<String> options() {
        return Made.OPTIONS;
    }

    private static List<String> make() {
        if (Runtime.version().feature() < FIRST_JDK) {
            return List.of();
        }
        try {
            Path cache = Packaged.acceptance().resolve("target/service.aot");
            return isFresh(cache) || rehearse(cache)
                    ? List.of(
                            "-XX:AOTCache=" + cache,
                            "-Xlog:disable",
                            "-Xlog:all=warning:stderr",
                            "-Xlog:aot*=off:stderr")
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static boolean isFresh(Path cache) throws IOException {
        if (!Files.isRegularFile(cache)) {
            return false;
        }
        Optional<FileTime> newest;
        try (Stream<Path> jars = Files.list(Packaged.lib())) {
            newest = jars.map(StartCache::changed).max(FileTime::compareTo);
        }
        return newest.isPresent() && Files.getLastModifiedTime(cache).compareTo(newest.get()) > 0;
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean rehearse(Path cache) throws IOException, InterruptedException {
        Files.deleteIfExists(cache);
        List<String> command = new ArrayList<>(Packaged.plainCommand("rehearse"));
        command.add(1, "-XX:AOTCacheOutput=" + cache);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return process.exitValue() == 0 && Files.isRegularFile(cache);
    }
}
