package io.github.codebuddy2api.testkit.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/**
 * Feeds targets the inputs of their corpus, which stands in the tree, and what grows out of it. A target is a public
 * class with {@code public static void fuzzerTestOneInput(byte[])}, which throws what is a finding. Its corpus is the
 * folder {@code src/test/resources/corpus/} plus its name. Used by one thread.
 */
public final class Fuzzing {
    private static final Path CORPORA = Path.of("src/test/resources/corpus");
    private static final int MAX_BYTES = 64 * 1024;

    private final List<Target> targets = new ArrayList<>();
    private final long seed;
    private long executions;
    private long inputs;

    /** One parser that is tried. */
    @FunctionalInterface
    public interface Parser {
        /**
         * Parses.
         *
         * @throws Exception if the parser did not answer in words
         */
        void parse(byte[] input) throws Exception;
    }

    private record Target(String name, Class<?> holder, Parser parser) {
        Path corpus() {
            return CORPORA.resolve(name);
        }
    }

    /** Nothing tried yet; {@code seed} decides all that is random. */
    public Fuzzing(long seed) {
        this.seed = seed;
    }

    /** Also tries {@code holder}, whose method is {@code parser}, with the corpus {@code name}. */
    public Fuzzing with(String name, Class<?> holder, Parser parser) {
        targets.add(new Target(name, holder, parser));
        return this;
    }

    /** Tries every input of the corpora as it is, and so many random changes of them, in this process. */
    public String regress(int changes) throws Exception {
        for (Target target : targets) {
            List<byte[]> corpus = read(target);
            inputs += corpus.size();
            for (byte[] input : corpus) {
                run(target, input);
            }
            Random random = new Random(seed);
            for (int i = 0; i < changes; i++) {
                run(target, Change.of(corpus, random, MAX_BYTES));
            }
        }
        return figure("by replaying the corpus and changing it at random");
    }

    /**
     * Tries them with Jazzer, which looks where each input leads and goes on from there, in processes of their own.
     *
     * @param each how long each target is tried
     */
    public String search(Duration each) throws Exception {
        for (Target target : targets) {
            inputs += read(target).size();
            executions += new JazzerRun(target.name(), target.holder(), target.corpus()).of(each, seed);
        }
        return figure("by Jazzer, " + each.toSeconds() + " s each");
    }

    private String figure(String how) {
        return "%,d executions of %d targets %s, from %d inputs in the tree: 0 findings"
                .formatted(executions, targets.size(), how, inputs);
    }

    private List<byte[]> read(Target target) throws IOException {
        try (Stream<Path> files = Files.list(target.corpus())) {
            List<byte[]> corpus = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                corpus.add(Files.readAllBytes(file));
            }
            Assertions.assertThat(corpus).as("the corpus of " + target.name()).isNotEmpty();
            return corpus;
        }
    }

    private void run(Target target, byte[] input) {
        executions++;
        try {
            target.parser().parse(input);
        } catch (Exception | Error e) {
            throw new AssertionError(target.name() + " fails at " + Change.shown(input), e);
        }
    }
}
