package io.github.codebuddy2api.core.credential;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why one credential was or was not chosen for an attempt, as it stood at that moment.
 *
 * @param credential names it
 * @param name what its store called it then, for display
 * @param standing what spoke for or against it
 * @param until when what speaks against it ends by itself, if it does
 * @param code the failure behind it, as {@code GatewayException.code()}; null if there is none
 */
public record Considered(
        CredentialId credential,
        String name,
        Standing standing,
        @Nullable Instant until,
        @Nullable String code) {
    /** So many are told of for one attempt; the chosen one is always among them. */
    public static final int MOST = 50;

    public Considered {
        Objects.requireNonNull(credential, "credential");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(standing, "standing");
    }

    /** Nothing more is known than how {@code credential} stood. */
    public static Considered of(Credential credential, Standing standing) {
        return new Considered(credential.id(), credential.name(), standing, null, null);
    }

    @Override
    public String toString() {
        return "Considered[" + credential + ", " + standing + (code == null ? "]" : ", " + code + "]");
    }

    /** What speaks for or against a credential. */
    public enum Standing {
        /** It is the one that is used; with a code, to find out whether the rest after that failure is over. */
        CHOSEN,
        /** It is the one that is used because it answered the same conversation before; the code as for {@link #CHOSEN}. */
        CHOSEN_FOR_CONVERSATION,
        /** It could have been used, and would have been if the one before it could not. */
        READY,
        /** It could have been used, but others come first by rotation. */
        NOT_ITS_TURN,
        /** This very request has tried it already. */
        TRIED,
        /** It rests after a failure. */
        COOLING_DOWN,
        /** It rests after a failure, and another request is finding out whether that is over. */
        PROBED,
        /** It serves as many requests as it may at once. */
        BUSY,
        /** The upstream revoked it. */
        NEEDS_LOGIN,
        /** Its time is over, until new tokens come. */
        EXPIRED,
        /** Its owner switched it off. */
        DISABLED,
        /** Its owner sends all requests to another. */
        NOT_PINNED;

        /** Whether it is the one that is used. */
        public boolean isChosen() {
            return this == CHOSEN || this == CHOSEN_FOR_CONVERSATION;
        }
    }
}
