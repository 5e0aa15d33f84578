package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Considered;
import io.github.codebuddy2api.core.credential.Considered.Standing;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the credentials stand towards one attempt of one request. It lives as long as the pool's lock is held.
 *
 * @param tried the access tokens the request has tried already
 */
record Considering(Rests rests, Set<CredentialId> disabled, String model, Set<Secret> tried, Instant now) {
    /**
     * What the pick was made by.
     *
     * @param pinned the one that all requests go to, if that is in force
     * @param rotating whether the credentials take turns
     * @param chosen the one to use; null if none can be used
     */
    record Outcome(
            @Nullable CredentialId pinned,
            boolean rotating,
            @Nullable Credential chosen) {
        boolean chose(Credential credential) {
            return chosen != null && chosen.id().equals(credential.id());
        }

        boolean passedOver(Credential credential) {
            return pinned != null && !pinned.equals(credential.id());
        }
    }

    /** Those of {@code known} that are told of, in their order; the chosen one is always among them. */
    List<Considered> of(List<Credential> known, Outcome outcome) {
        List<Considered> told = new ArrayList<>(Math.min(known.size(), Considered.MOST));
        boolean named = outcome.chosen() == null;
        for (int i = 0; i < known.size() && told.size() < Considered.MOST; i++) {
            Credential credential = known.get(i);
            boolean isLastPlace = told.size() == Considered.MOST - 1;
            if (!isLastPlace || named || outcome.chose(credential)) {
                told.add(of(credential, outcome));
                named = named || outcome.chose(credential);
            }
        }
        return List.copyOf(told);
    }

    private Considered of(Credential credential, Outcome outcome) {
        if (outcome.chose(credential)) {
            return Considered.of(credential, Standing.CHOSEN);
        }
        if (disabled.contains(credential.id())) {
            return Considered.of(credential, Standing.DISABLED);
        }
        if (credential.isExpired(now)) {
            return Considered.of(credential, Standing.EXPIRED);
        }
        if (outcome.passedOver(credential)) {
            return Considered.of(credential, Standing.NOT_PINNED);
        }
        boolean wasTried = tried.contains(credential.accessToken());
        Optional<Rest> rest = rests.of(credential, model, now);
        if (rest.isPresent()) {
            return resting(credential, rest.get(), wasTried);
        }
        Standing ready = outcome.rotating() ? Standing.NOT_ITS_TURN : Standing.READY;
        return Considered.of(credential, wasTried ? Standing.TRIED : ready);
    }

    private static Considered resting(Credential credential, Rest rest, boolean wasTried) {
        Standing why = rest.until() == null ? Standing.NEEDS_LOGIN : Standing.COOLING_DOWN;
        return new Considered(
                credential.id(), credential.name(), wasTried ? Standing.TRIED : why, rest.until(), rest.code());
    }
}
