package io.github.codebuddy2api.acceptance;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Asks again until the answer is the wanted one; for what can be seen from outside only by asking. */
final class Eventually {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Eventually() {}

    /** The first answer that is as wanted; the last one is told if there is none within the limit. */
    static <T> T get(String what, Duration limit, Callable<T> ask, Predicate<T> wanted) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        T answer = ask.call();
        while (!wanted.test(answer)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what + "; it is still " + answer);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            answer = ask.call();
        }
        return answer;
    }
}
