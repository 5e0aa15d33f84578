package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which tool call of a choice a fragment belongs to (protocol sheet, 6.3). CodeBuddy's models leave out the index, or say
 * 0 for every call, or repeat the id, or leave it out; trusting a wrong index would glue two calls' arguments together.
 * Not thread-safe.
 */
final class ToolCallSlots {
    /** More calls than this in one answer is not an answer. */
    static final int MAX_CALLS = 256;
    /** In characters; ids are kept as long as the answer lasts. */
    static final int MAX_ID = 1024;

    private final Map<String, Integer> byId = new HashMap<>();
    private final Map<Integer, Integer> lastByUpstreamIndex = new HashMap<>();
    private int count;
    private int last = -1;

    /** The number of the call, from 0 in order of appearance. An empty id is none. */
    int resolve(@Nullable String id, @Nullable Integer upstreamIndex) {
        int slot = slotOf(id == null ? "" : id, upstreamIndex);
        if (upstreamIndex != null) {
            lastByUpstreamIndex.put(upstreamIndex, slot);
            if (lastByUpstreamIndex.size() > MAX_CALLS) {
                throw tooMany();
            }
        }
        last = slot;
        return slot;
    }

    private int slotOf(String id, @Nullable Integer upstreamIndex) {
        if (!id.isEmpty()) {
            Integer known = byId.get(id);
            if (known != null) {
                return known;
            }
            if (id.length() > MAX_ID) {
                throw UpstreamGarbled.tooLarge("A tool call's id is longer than " + MAX_ID + " characters.");
            }
            int opened = open();
            byId.put(id, opened);
            return opened;
        }
        if (upstreamIndex != null) {
            Integer known = lastByUpstreamIndex.get(upstreamIndex);
            return known == null ? open() : known;
        }
        return last < 0 ? open() : last;
    }

    private int open() {
        if (count == MAX_CALLS) {
            throw tooMany();
        }
        return count++;
    }

    private static UpstreamGarbled tooMany() {
        return UpstreamGarbled.tooLarge("The answer calls more than " + MAX_CALLS + " tools.");
    }
}
