package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.api.Credentials.Turn;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.RestCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Picks the credential for one request: the conversation's own one, if that can serve it; else the one whose turn it is.
 * Not thread-safe: the pool guards it.
 */
final class Picking {
    /** A conversation does not wait longer for its own credential: it moves. */
    static final Duration LONGEST_ABSENCE = Duration.ofMinutes(10);

    private final Rotation rotation;
    private final Rests rests;
    private final Seats seats;
    private final Homes homes = new Homes();

    Picking(Rotation rotation, Rests rests, Seats seats) {
        this.rotation = rotation;
        this.rests = rests;
        this.seats = seats;
    }

    /**
     * What one look is about.
     *
     * @param most so many requests may use one credential at once; 0 means any number
     */
    record Task(Wish wish, int rotationCount, int most, Instant now) {}

    /**
     * What came of it.
     *
     * @param credential the one to use; null if none can be used now
     * @param own whether it is that because the conversation belongs to it
     * @param busy whether one could be used if fewer requests used it
     */
    record Pick(@Nullable Credential credential, boolean own, boolean busy) {
        static final Pick NONE = new Pick(null, false, false);
    }

    /** The pick when the owner has chosen among {@code valid} himself. */
    Pick first(List<Credential> valid, Task task) {
        Predicate<Credential> ready = ready(valid, task);
        Credential first = valid.stream().filter(ready).findFirst().orElse(null);
        return new Pick(first, false, first == null && isBusy(valid, task));
    }

    /**
     * The pick among {@code valid}.
     *
     * @param lasting whether the conversation may wait for that one to come back
     */
    Pick next(List<Credential> valid, Task task, Predicate<CredentialId> lasting) {
        Predicate<Credential> ready = ready(valid, task);
        if (valid.stream().noneMatch(ready) && isBusy(valid, task)) {
            return new Pick(null, false, true); // Nobody's turn is over because he has to wait.
        }
        Conversation conversation = task.wish().conversation();
        if (conversation == null) {
            return new Pick(rotation.next(valid, ready, task.rotationCount()), false, false);
        }
        Optional<Homes.Home> home = homes.of(conversation, task.now()).filter(it -> conversation.underWay());
        Optional<Credential> own = home.flatMap(it -> find(valid, it.credential(), ready));
        if (own.isPresent()) {
            homes.heard(conversation, task.now());
            return new Pick(own.get(), true, false);
        }
        Credential picked = rotation.next(valid, ready, task.rotationCount());
        if (home.filter(it -> it.proven() && lasting.test(it.credential())).isPresent()) {
            homes.heard(conversation, task.now());
        } else if (picked != null) {
            homes.settle(conversation, picked.id(), task.now());
        }
        return new Pick(picked, false, false);
    }

    /**
     * Whose turn it is, whatever conversation comes; nobody's turn is used up.
     *
     * @param hoped those that can be used, or may be soon; not empty
     */
    Turn turn(List<Credential> hoped, int rotationCount, Instant now) {
        Predicate<Credential> unburdened =
                credential -> rests.ofAll(credential, now).isEmpty();
        boolean any = hoped.stream().anyMatch(unburdened);
        Rotation.Choice choice = rotation.peek(hoped, any ? unburdened : credential -> true, rotationCount);
        Optional<CredentialId> next = Optional.ofNullable(choice.credential()).map(Credential::id);
        return new Turn(next, false, rotation.isOn(), rotationCount, choice.used());
    }

    private static Optional<Credential> find(List<Credential> valid, CredentialId id, Predicate<Credential> ready) {
        return valid.stream()
                .filter(credential -> credential.id().equals(id))
                .filter(ready)
                .findFirst();
    }

    /**
     * Those without a rest come first, then those with a soft one, then, if nothing is worth waiting for, the others. Who
     * was refused once finds out nothing more while a credential is there of which nothing is to be found out.
     */
    private Predicate<Credential> ready(List<Credential> valid, Task task) {
        Predicate<Credential> free = credential -> seats.isFree(credential.id(), task.most());
        Predicate<Credential> usable = credential -> isUsable(credential, task);
        Predicate<Credential> unburdened = credential -> usable.test(credential)
                && rests.of(credential, task.wish().model(), task.now()).isEmpty();
        Predicate<Credential> certain = credential -> !task.wish().tried().isEmpty()
                && unburdened.test(credential)
                && !rests.isInQuestion(credential, task.wish().model(), task.now());
        boolean worthWaiting = valid.stream().anyMatch(usable);
        return Stream.of(certain.and(free), unburdened.and(free), usable.and(free))
                .filter(it -> valid.stream().anyMatch(it))
                .findFirst()
                .orElse(credential -> !worthWaiting && isOpenToTheNeedy(credential, task) && free.test(credential));
    }

    private boolean isUsable(Credential credential, Task task) {
        return !task.wish().tried().contains(credential.accessToken())
                && rests.of(credential, task.wish().model(), task.now())
                        .map(Rest::soft)
                        .orElse(true);
    }

    private boolean isOpenToTheNeedy(Credential credential, Task task) {
        return !task.wish().tried().contains(credential.accessToken())
                && rests.isOpenToTheNeedy(credential, task.wish().model(), task.now());
    }

    /** Whether one of them could serve if it were free; asked when none that is free can. */
    private boolean isBusy(List<Credential> valid, Task task) {
        return task.most() > 0 && valid.stream().anyMatch(it -> isUsable(it, task) || isOpenToTheNeedy(it, task));
    }

    /** Whether {@code rest} is one that a conversation waits for the end of. */
    static boolean isPassing(Rest rest, Instant now) {
        Instant until = rest.until();
        boolean mayPass = rest.cause() == RestCause.LIMIT
                || rest.cause() == RestCause.REJECTED
                || rest.cause() == RestCause.TROUBLE;
        return mayPass && until != null && !until.isAfter(now.plus(LONGEST_ABSENCE));
    }

    /** The request of {@code lease} was answered. */
    void answered(Lease lease, Instant now) {
        Seats.Seat seat = lease.seat();
        Conversation conversation = seat == null ? null : seat.conversation();
        if (conversation != null) {
            homes.prove(conversation, lease.credential().id(), now);
        }
    }
}
