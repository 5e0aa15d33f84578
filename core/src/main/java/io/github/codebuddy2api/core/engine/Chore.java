package io.github.codebuddy2api.core.engine;

import java.time.Instant;

/**
 * Something that is done now and then without being asked. The core's one background thread calls it, and it alone; it
 * is cancelled by interrupting that thread.
 */
interface Chore {
    /** It is not due as things are. */
    Instant NEVER = Instant.MAX;

    /**
     * When it is due next; a time that is past means now. It follows the settings and what people do, so it is asked
     * after every run and at least once a minute. Quick; does not block.
     */
    Instant nextDue();

    /**
     * Does one piece of what is due, which takes one question to the upstream at most, so that other chores do not wait
     * long. Does not throw.
     */
    void run();
}
