package io.github.codebuddy2api.http.auth;

/** That somebody was let in, and whether he still would be; for answers that go on for long. Thread-safe. */
@FunctionalInterface
public interface Pass {
    /** Whether what let him in still counts; asking makes it last no longer. Cheap. */
    boolean stillHolds();
}
