package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.credential.CredentialId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many requests use each credential now. Not thread-safe: the pool guards it. */
final class Seats {
    private final Map<CredentialId, Integer> taken = new HashMap<>();

    /** The use of a credential by one request, which ends once. */
    static final class Seat {
        private final CredentialId credential;
        private final @Nullable Conversation conversation;
        private boolean free;

        private Seat(CredentialId credential, @Nullable Conversation conversation) {
            this.credential = credential;
            this.conversation = conversation;
        }

        /** The one that the request belongs to; null if nobody knows, or it does not matter. */
        @Nullable Conversation conversation() {
            return conversation;
        }
    }

    /** Whether one more may use {@code credential} if {@code most} may; 0 means any number. */
    boolean isFree(CredentialId credential, int most) {
        return most == 0 || used(credential) < most;
    }

    int used(CredentialId credential) {
        return taken.getOrDefault(credential, 0);
    }

    Seat take(CredentialId credential, @Nullable Conversation conversation) {
        taken.merge(credential, 1, Integer::sum);
        return new Seat(credential, conversation);
    }

    /** Takes {@code seat} back; a second time changes nothing. */
    void free(@Nullable Seat seat) {
        if (seat != null && !seat.free) {
            seat.free = true;
            taken.computeIfPresent(seat.credential, (id, used) -> used == 1 ? null : used - 1);
        }
    }
}
