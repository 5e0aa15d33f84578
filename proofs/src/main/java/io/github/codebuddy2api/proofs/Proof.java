package io.github.codebuddy2api.proofs;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One figure for one promise. What it shows is written to {@code target/trust} of the module, or to the folder that the
 * system property {@code trust.report} names. Used by one thread.
 */
public final class Proof {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** A figure is one line of a table; whoever needs more of a failure reads the test's own report. */
    private static final int LONGEST_FIGURE = 600;

    private final Promise promise;
    private final String name;
    private final Size size = Size.now();
    private final List<String> reservations = new ArrayList<>();
    private @Nullable Long seed;
    private @Nullable String shortfall;
    private boolean isInPart;

    Proof(Promise promise, String name) {
        this.promise = Objects.requireNonNull(promise, "promise");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a proof's name is lower-case-words-with-hyphens: " + name);
        }
        this.name = name;
    }

    /**
     * A proof that nothing is known of yet.
     *
     * @param name what is counted, in lower-case words with hyphens; stands in {@code proofs.txt}, so that it is missed
     *     when it does not run
     * @throws IllegalArgumentException if it does not stand there
     */
    public static Proof of(Promise promise, String name) {
        if (!ProofList.all().contains(new ProofList.Entry(promise, name))) {
            throw new IllegalArgumentException("proofs.txt has no line \"" + promise + " " + name + "\"");
        }
        return new Proof(promise, name);
    }

    /** How much to do. */
    public Size size() {
        return size;
    }

    /**
     * How many of something to do, by size. With less than the whole of it the promise holds as far as tried.
     *
     * @param gate within every build
     * @param brief within {@code ./trust}
     * @param whole the figure asked for
     */
    public int amount(int gate, int brief, int whole) {
        int amount = size.of(gate, brief, whole);
        isInPart |= amount != whole;
        return amount;
    }

    /** The seed of all that is random in it, for the report: the system property {@code trust.seed}, or one drawn now. */
    public long seed() {
        if (seed == null) {
            Long given = Long.getLong("trust.seed");
            seed = given == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : given;
        }
        return seed;
    }

    /**
     * What of the promise this proof does not show.
     *
     * @param what what is missing and why, as half a sentence
     * @return itself
     */
    public Proof without(String what) {
        reservations.add(what);
        return this;
    }

    /**
     * What was measured is less than what is promised: it is reported as not holding, though no test fails for it. For
     * times, which depend on the machine and are therefore never asserted.
     *
     * @param why what is missing, as half a sentence
     */
    public void fallsShort(String why) {
        shortfall = why;
    }

    /** What shows whether a promise holds. */
    @FunctionalInterface
    public interface Shown {
        /**
         * Tries it.
         *
         * @return the figure, as one line
         * @throws Exception if the promise does not hold
         */
        String figure() throws Exception;
    }

    /**
     * Tries it and reports how it went. Whatever {@code shown} throws is reported as a promise that does not hold, and
     * thrown on.
     */
    public void show(Shown shown) throws Exception {
        long begun = System.nanoTime();
        report(Outcome.UNFINISHED, "it did not come to an end", begun);
        try {
            String figure = shown.figure();
            if (shortfall == null) {
                report(Outcome.HOLDS, figure, begun);
            } else {
                report(Outcome.FAILS, shortfall + ": " + figure, begun);
            }
        } catch (Exception | Error e) {
            report(Outcome.FAILS, firstLine(e), begun);
            throw e;
        }
    }

    private void report(Outcome outcome, String figure, long begun) throws IOException {
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        OptionalLong used = seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
        new Finding(promise, name, size, outcome, oneLine(figure), isInPart, used, List.copyOf(reservations), took)
                .write(Path.of(System.getProperty("trust.report", "target/trust")));
    }

    private static String firstLine(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage()).strip();
        return thrown.getClass().getSimpleName() + ": "
                + message.lines().findFirst().orElse("");
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_FIGURE ? line : line.substring(0, LONGEST_FIGURE) + "…";
    }
}
