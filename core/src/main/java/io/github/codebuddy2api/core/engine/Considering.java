package io.github.codebuddy2api.core.engine;

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
 * How the credentials stand towards one attempt of one request. It lives as long as the pool's lock is held, and looks
 * before the picked one's seat is taken.
 */
record Considering(Rests rests, Seats seats, Set<CredentialId> disabled, Picking.Task task) {
    /**
     * What the pick was made by.
     *
     * @param pinned the one that all requests go to, if that is in force
     * @param rotating whether the credentials take turns
     * @param pick the one to use, if any
     * @param probe what the request finds out with it
     */
    record Outcome(@Nullable CredentialId pinned, boolean rotating, Picking.Pick pick, Optional<Probe> probe) {
        boolean isNone() {
            return pick.credential() == null;
        }

        boolean chose(Credential credential) {
            return pick.credential() != null && pick.credential().id().equals(credential.id());
        }

        /** The failure that caused the rest of which the request finds out whether it is over. */
        @Nullable String probed() {
            return probe.map(Probe::code).orElse(null);
        }

        Standing chosen() {
            return pick.own() ? Standing.CHOSEN_FOR_CONVERSATION : Standing.CHOSEN;
        }

        Standing ready() {
            return rotating && !pick.own() ? Standing.NOT_ITS_TURN : Standing.READY;
        }

        boolean passedOver(Credential credential) {
            return pinned != null && !pinned.equals(credential.id());
        }
    }

    /** Those of {@code known} that are told of, in their order; the chosen one is always among them. */
    List<Considered> of(List<Credential> known, Outcome outcome) {
        List<Considered> told = new ArrayList<>(Math.min(known.size(), Considered.MOST));
        boolean named = outcome.isNone();
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
            return new Considered(credential.id(), credential.name(), outcome.chosen(), null, outcome.probed());
        }
        if (disabled.contains(credential.id())) {
            return Considered.of(credential, Standing.DISABLED);
        }
        if (credential.isExpired(task.now())) {
            return Considered.of(credential, Standing.EXPIRED);
        }
        if (outcome.passedOver(credential)) {
            return Considered.of(credential, Standing.NOT_PINNED);
        }
        Instant now = task.now();
        boolean wasTried = task.wish().tried().contains(credential.accessToken());
        Optional<Rest> rest = rests.of(credential, task.wish().model(), now);
        if (rest.isPresent()) {
            return resting(credential, rest.get(), wasTried);
        }
        if (wasTried) {
            return Considered.of(credential, Standing.TRIED);
        }
        boolean isFree = seats.isFree(credential.id(), task.most());
        return Considered.of(credential, isFree ? outcome.ready() : Standing.BUSY);
    }

    private Considered resting(Credential credential, Rest rest, boolean wasTried) {
        Standing resting = rest.until() == null ? Standing.NEEDS_LOGIN : Standing.COOLING_DOWN;
        Standing why = rests.isBeingProbed(credential, task.wish().model(), task.now()) ? Standing.PROBED : resting;
        return new Considered(
                credential.id(), credential.name(), wasTried ? Standing.TRIED : why, rest.until(), rest.code());
    }
}
