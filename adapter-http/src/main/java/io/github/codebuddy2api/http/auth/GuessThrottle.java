package io.github.codebuddy2api.http.auth;

import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.ServerPassword;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.error.OpenAiError.Advice;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Counts the passwords that were checked and wrong: in any minute at most {@value #MOST_OF_ONE} of one address and
 * {@value #MOST_OF_ALL} of all. What is one too many is not even looked at, so that it can find nothing out and costs
 * next to nothing. Remembers what it counts and {@value #MOST_KNOWN} addresses, however many there are. Thread-safe.
 */
final class GuessThrottle {
    static final int MOST_OF_ONE = 10;
    static final int MOST_OF_ALL = 60;

    /** The rest is kept for addresses that had the right password, so that strangers cannot keep them out. */
    static final int MOST_OF_STRANGERS = 50;

    static final int MOST_KNOWN = 64;
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** Those that are still being checked may turn out to be right, and then there is room. */
    private static final Duration UNTIL_JUDGED = Duration.ofSeconds(1);

    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock; the oldest first.
    private final Deque<Guess> guesses = new ArrayDeque<>();
    private final Set<String> known = new LinkedHashSet<>();

    /** A password that is being checked, or was wrong. The same one again is the same guess, however often it comes. */
    static final class Guess {
        private final String address;
        private final byte[] tag;
        private final ServerPassword password;
        private final boolean byStranger;
        private final long at;
        private volatile boolean wrong;

        private Guess(String address, byte[] tag, ServerPassword password, boolean byStranger, long at) {
            this.address = address;
            this.tag = tag;
            this.password = password;
            this.byStranger = byStranger;
            this.at = at;
        }

        @SuppressWarnings("ReferenceEquality") // What was wrong before a change may be right after it.
        private boolean isRepeatedBy(String otherAddress, byte[] otherTag, ServerPassword otherPassword) {
            return password == otherPassword && address.equals(otherAddress) && MessageDigest.isEqual(tag, otherTag);
        }

        /** Whether it has been checked, in vain. */
        boolean isWrong() {
            return wrong;
        }

        /** It was checked in vain. */
        void setWrong() {
            wrong = true;
        }
    }

    GuessThrottle(Time time) {
        this.time = time;
    }

    /**
     * Lets {@code address} try anything at all; asked before any work is done for it.
     *
     * @throws HttpFailure if it has to wait
     */
    void requireRoom(String address) {
        lock.lock();
        try {
            requireRoom(address, time.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    private void requireRoom(String address, long now) {
        forgetTheOld(now);
        boolean byStranger = !known.contains(address);
        Stream.of(
                        wait(guess -> guess.address.equals(address), MOST_OF_ONE),
                        wait(guess -> byStranger && guess.byStranger, MOST_OF_STRANGERS),
                        wait(guess -> true, MOST_OF_ALL))
                .flatMap(Optional::stream)
                .max(Long::compare)
                .ifPresent(until -> {
                    boolean areJudged = guesses.stream().allMatch(Guess::isWrong);
                    throw tooMany(areJudged ? Duration.ofNanos(until - now) : UNTIL_JUDGED);
                });
    }

    private void forgetTheOld(long now) {
        while (!guesses.isEmpty() && now - guesses.getFirst().at >= WINDOW.toNanos()) {
            guesses.removeFirst();
        }
    }

    /** When there are fewer than {@code most} of those; empty if there are now. */
    private Optional<Long> wait(Predicate<Guess> those, int most) {
        return guesses.stream().filter(those).count() < most
                ? Optional.empty()
                : guesses.stream().filter(those).findFirst().map(oldest -> oldest.at + WINDOW.toNanos());
    }

    /**
     * Counts a guess before it is judged, so that no more can be under way than are allowed; or finds the one that it
     * repeats.
     *
     * @param tag stands for the password that is tried
     * @param password what it is compared with
     * @throws HttpFailure if it is one too many
     */
    Guess admit(String address, byte[] tag, ServerPassword password) {
        lock.lock();
        try {
            long now = time.nanoTime();
            requireRoom(address, now);
            for (Guess earlier : guesses) {
                if (earlier.isRepeatedBy(address, tag, password)) {
                    return earlier;
                }
            }
            Guess guess = new Guess(address, tag, password, !known.contains(address), now);
            guesses.addLast(guess);
            return guess;
        } finally {
            lock.unlock();
        }
    }

    /** It was no guess: whoever sent it knows the password. */
    void takeBack(Guess guess) {
        lock.lock();
        try {
            guesses.remove(guess);
            known.remove(guess.address);
            known.add(guess.address);
            if (known.size() > MOST_KNOWN) {
                Iterator<String> longestUnseen = known.iterator();
                longestUnseen.next();
                longestUnseen.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many more passwords of {@code address} would be checked within the minute if they are wrong. */
    int left(String address) {
        lock.lock();
        try {
            forgetTheOld(time.nanoTime());
            long ofOne = guesses.stream()
                    .filter(guess -> guess.address.equals(address))
                    .count();
            long ofStrangers =
                    guesses.stream().filter(guess -> guess.byStranger).count();
            long left = Math.min(MOST_OF_ONE - ofOne, MOST_OF_ALL - guesses.size());
            return (int) (known.contains(address) ? left : Math.min(left, MOST_OF_STRANGERS - ofStrangers));
        } finally {
            lock.unlock();
        }
    }

    private static HttpFailure tooMany(Duration wait) {
        return new HttpFailure(
                OpenAiError.of(429, OpenAiError.RATE_LIMIT, "too_many_attempts", "Too many passwords were tried.")
                        .with(Advice.retryAfter(wait)));
    }
}
