package io.github.codebuddy2api.proofs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** All proofs there are, so that a report can tell of one that did not run. */
final class ProofList {
    private static final String FILE = "proofs.txt";
    private static final List<Entry> ALL = read();

    private ProofList() {}

    /** A proof by its name. */
    record Entry(Promise promise, String name) {}

    static List<Entry> all() {
        return ALL;
    }

    private static List<Entry> read() {
        try (InputStream in = ProofList.class.getResourceAsStream(FILE)) {
            String text = new String(Objects.requireNonNull(in, FILE).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().map(ProofList::entry).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry entry(String line) {
        String[] promiseAndName = line.split(" ", 2);
        return new Entry(Promise.valueOf(promiseAndName[0]), promiseAndName[1]);
    }
}
