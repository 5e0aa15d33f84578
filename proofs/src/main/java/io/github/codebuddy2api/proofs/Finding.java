package io.github.codebuddy2api.proofs;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;

/**
 * What one run of a proof found.
 *
 * @param figure one line; why not, if it does not hold
 * @param inPart whether it did less than the figure asked for
 * @param reservations what it does not show
 */
record Finding(
        Promise promise,
        String name,
        Size size,
        Outcome outcome,
        String figure,
        boolean inPart,
        OptionalLong seed,
        List<String> reservations,
        Duration took) {
    static final String SUFFIX = ".properties";

    void write(Path folder) throws IOException {
        Properties all = new Properties();
        all.setProperty("promise", promise.name());
        all.setProperty("name", name);
        all.setProperty("size", size.name());
        all.setProperty("outcome", outcome.name());
        all.setProperty("figure", figure);
        all.setProperty("inPart", Boolean.toString(inPart));
        seed.ifPresent(value -> all.setProperty("seed", Long.toString(value)));
        all.setProperty("reservations", String.join("\n", reservations));
        all.setProperty("took", took.toString());
        Files.createDirectories(folder);
        try (Writer writer = Files.newBufferedWriter(folder.resolve(promise + "-" + name + SUFFIX))) {
            all.store(writer, null);
        }
    }

    /** The place of a proof that should have run. */
    static Finding missing(ProofList.Entry entry) {
        return new Finding(
                entry.promise(),
                entry.name(),
                Size.GATE,
                Outcome.UNFINISHED,
                "it was not tried",
                true,
                OptionalLong.empty(),
                List.of(),
                Duration.ZERO);
    }

    boolean isOf(ProofList.Entry entry) {
        return promise == entry.promise() && name.equals(entry.name());
    }

    /** Whether it shows all that is promised. */
    boolean isWhole() {
        return !inPart && size != Size.GATE && reservations.isEmpty();
    }

    static Finding read(Path file) throws IOException {
        Properties all = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            all.load(reader);
        }
        String seed = all.getProperty("seed");
        return new Finding(
                Promise.valueOf(all.getProperty("promise")),
                all.getProperty("name"),
                Size.valueOf(all.getProperty("size")),
                Outcome.valueOf(all.getProperty("outcome")),
                all.getProperty("figure"),
                Boolean.parseBoolean(all.getProperty("inPart")),
                seed == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(seed)),
                all.getProperty("reservations").lines().toList(),
                Duration.parse(all.getProperty("took")));
    }
}
