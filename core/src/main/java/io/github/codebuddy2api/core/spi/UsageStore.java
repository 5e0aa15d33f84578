package io.github.codebuddy2api.core.spi;

import io.github.codebuddy2api.core.usage.UsageRecord;
import java.util.function.Consumer;

/** Where usage survives a restart. Thread-safe. */
public interface UsageStore {
    /** Takes a record in. Called at the end of each request, so it must be quick; a record that cannot be kept is lost. */
    void append(UsageRecord usage);

    /** Hands over all that is kept, oldest first. Called once, before the first {@link #append}. May block. */
    void replay(Consumer<UsageRecord> reader);

    /** A store that keeps nothing beyond the end of the program. */
    static UsageStore none() {
        return new UsageStore() {
            @Override
            public void append(UsageRecord usage) {}

            @Override
            public void replay(Consumer<UsageRecord> reader) {}
        };
    }
}
