package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.RestCause;
import io.github.codebuddy2api.core.credential.StoredRest;
import io.github.codebuddy2api.core.quota.Quota;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which credentials rest, for everything or for one model. A rest whose end is a guess is open from then on: one request
 * at a time probes whether it is over. Not thread-safe: the pool guards it.
 */
final class Rests {
    /** Model names come from callers, so there must be a limit to how many are remembered. */
    static final int MAX_MODELS = StoredRest.MOST;

    /** Where a rest stands: at a credential, or at one model of it. */
    private record Place(CredentialId credential, @Nullable String model) {}

    /** A request that is finding out, and since when. */
    private record Finding(long number, Instant since) {
        boolean isUnderWay(Instant now) {
            return now.isBefore(since.plus(RestPolicy.PROBE_PATIENCE)) && !now.isBefore(since);
        }
    }

    private final Map<Place, Rest> forAll = new LinkedHashMap<>();
    private final Map<Place, Rest> forModel = new LinkedHashMap<>();
    private final Map<Place, Finding> findings = new HashMap<>();
    private final Map<CredentialId, Instant> creditsAt = new HashMap<>();
    private long lastProbe;
    private long changes;

    /** How often anything has changed that should survive a restart. */
    long changes() {
        return changes;
    }

    /** What should survive a restart: soft rests are over before one is. */
    List<StoredRest> stored() {
        List<StoredRest> stored = new ArrayList<>();
        Stream.concat(forAll.entrySet().stream(), forModel.entrySet().stream())
                .filter(entry -> !entry.getValue().soft())
                .limit(StoredRest.MOST)
                .forEach(entry -> stored.add(entry.getValue()
                        .stored(entry.getKey().credential(), entry.getKey().model())));
        return List.copyOf(stored);
    }

    /**
     * Takes up the rests of an earlier run that are not over, the open ones too; whose token is another one goes with
     * {@link #retain}.
     */
    void takeUp(List<StoredRest> stored, Instant now) {
        for (StoredRest old : stored) {
            Rest rest = Rest.of(old);
            if (!rest.isOver(now)) {
                at(new Place(old.credential(), old.model())).put(new Place(old.credential(), old.model()), rest);
            }
        }
    }

    /**
     * Sends a credential to rest, unless it rests harder or longer already: requests run side by side, and their
     * failures arrive in any order. A request that was to find out whether a rest is over has the last word on it.
     *
     * @param lease the one that failed
     * @param rest what its failure asks for, taken for the first in a row
     * @return the rest that it has now, if anything has changed
     */
    Optional<Rest> put(Lease lease, Rest rest, Instant now) {
        Place place = new Place(lease.credential().id(), rest.forModelAlone() ? lease.model() : null);
        String model = place.model();
        if (model != null && model.length() > StoredRest.MAX_MODEL_LENGTH) {
            return Optional.empty();
        }
        Rest known = at(place).get(place);
        boolean foundOut =
                isProbing(lease, place) && known != null && !known.term().firm();
        Rest guessed = RestPolicy.guessedAgain(
                rest,
                known == null || !isSame(known, rest) || known.isOver(now)
                        ? 1
                        : known.term().times() + (foundOut ? 1 : 0),
                creditsAt.get(place.credential()));
        if (foundOut && rest.soft()) {
            postpone(place, rest.until());
            return Optional.empty();
        }
        if (!foundOut && !isStronger(guessed, known, now)) {
            return Optional.empty();
        }
        findings.remove(place);
        set(place, guessed);
        return Optional.of(guessed);
    }

    private static boolean isSame(Rest known, Rest rest) {
        return known.cause() == rest.cause() && known.token().equals(rest.token());
    }

    private static boolean isStronger(Rest rest, @Nullable Rest known, Instant now) {
        return known == null || known.isOver(now) || !known.token().equals(rest.token()) || rest.isHarderThan(known);
    }

    /** Trouble says nothing of what was to be found out, so that is left for a moment later. */
    private void postpone(Place place, @Nullable Instant moment) {
        at(place).computeIfPresent(place, (same, rest) -> {
            Instant until = rest.until();
            return moment == null || until == null || until.isAfter(moment) ? rest : rest.openAt(moment);
        });
    }

    private void set(Place place, Rest rest) {
        Map<Place, Rest> rests = at(place);
        rests.remove(place);
        if (place.model() != null && rests.size() >= MAX_MODELS) {
            Place oldest = rests.keySet().iterator().next();
            rests.remove(oldest);
            findings.remove(oldest);
        }
        rests.put(place, rest);
        changes++;
    }

    private Map<Place, Rest> at(Place place) {
        return place.model() == null ? forAll : forModel;
    }

    /**
     * Lets a request find out whether the rests that keep {@code credential} from serving {@code model} are over.
     *
     * @return empty if there is none to find out about
     */
    Optional<Probe> probe(Credential credential, String model, Instant now) {
        return probe(credential, model, now, rest -> !rest.term().firm());
    }

    /** The same, also of rests whose end is known or never comes: somebody wants to know. */
    Optional<Probe> trial(Credential credential, String model, Instant now) {
        return probe(credential, model, now, rest -> true);
    }

    private Optional<Probe> probe(Credential credential, String model, Instant now, Predicate<Rest> which) {
        List<Place> places = places(credential.id(), model)
                .filter(place -> current(place, credential, now).filter(which).isPresent())
                .toList();
        if (places.isEmpty()) {
            return Optional.empty();
        }
        lastProbe++;
        places.forEach(place -> findings.put(place, new Finding(lastProbe, now)));
        String code = current(places.get(0), credential, now).map(Rest::code).orElse("");
        return Optional.of(new Probe(lastProbe, code));
    }

    private boolean isProbing(Lease lease, Place place) {
        Finding finding = findings.get(place);
        return lease.probe() != null
                && finding != null
                && finding.number() == lease.probe().number();
    }

    /**
     * The upstream has answered {@code lease}: what it was to find out is over, and so is a soft rest. Other hard ones are
     * not disproved: nothing else is sent during those, so the success belongs to a request that was under way before.
     *
     * @return the rests that have ended, but for soft ones
     */
    List<Rest> answered(Lease lease) {
        CredentialId credential = lease.credential().id();
        forAll.computeIfPresent(new Place(credential, null), (place, rest) -> rest.soft() ? null : rest);
        List<Rest> ended = new ArrayList<>();
        places(credential, lease.model())
                .filter(place -> isProbing(lease, place))
                .toList()
                .forEach(place -> {
                    findings.remove(place);
                    Rest rest = at(place).remove(place);
                    if (rest != null) {
                        ended.add(rest);
                        changes++;
                    }
                });
        return ended;
    }

    /** The request has ended without finding out; the next one may, but not at once if it needs the rest to be over. */
    void giveUp(Lease lease, Instant now) {
        places(lease.credential().id(), lease.model())
                .filter(place -> isProbing(lease, place))
                .toList()
                .forEach(place -> {
                    findings.remove(place);
                    at(place).computeIfPresent(place, (same, rest) -> rest.lookedAt(now));
                });
    }

    /** The upstream has told what an account has left, which may open a rest for want of credits. */
    void learn(Credential credential, Quota quota, Instant now) {
        if (quota.resetsAt() == null) {
            creditsAt.remove(credential.id());
        } else {
            creditsAt.put(credential.id(), quota.resetsAt());
        }
        Place place = new Place(credential.id(), null);
        boolean opens = quota.remaining().signum() > 0
                && current(place, credential, now)
                        .filter(rest -> rest.cause() == RestCause.QUOTA && !rest.isOpen(now))
                        .isPresent();
        if (opens) {
            forAll.computeIfPresent(place, (same, rest) -> rest.openAt(now));
            changes++;
        }
    }

    /** What keeps {@code credential} from serving {@code model} now; the harder of two rests. */
    Optional<Rest> of(Credential credential, String model, Instant now) {
        return places(credential.id(), model)
                .flatMap(place -> closed(place, credential, now).stream())
                .reduce((a, b) -> b.isHarderThan(a) ? b : a);
    }

    /** What keeps {@code credential} from serving anything now. */
    Optional<Rest> ofAll(Credential credential, Instant now) {
        return closed(new Place(credential.id(), null), credential, now);
    }

    /** Whether {@code credential} has a rest whose end is a guess, open or not. */
    boolean isInQuestion(Credential credential, String model, Instant now) {
        return places(credential.id(), model).anyMatch(place -> isGuess(place, credential, now));
    }

    /** Whether another request is finding out if a rest of {@code credential} is over whose end is a guess. */
    boolean isBeingProbed(Credential credential, String model, Instant now) {
        return places(credential.id(), model)
                .anyMatch(place -> isUnderWay(place, now) && isGuess(place, credential, now));
    }

    private boolean isGuess(Place place, Credential credential, Instant now) {
        return current(place, credential, now)
                .filter(rest -> !rest.term().firm())
                .isPresent();
    }

    /** Whether all that keeps {@code credential} from serving {@code model} may be found out before its time. */
    boolean isOpenToTheNeedy(Credential credential, String model, Instant now) {
        return places(credential.id(), model)
                .flatMap(place -> closed(place, credential, now).stream()
                        .map(rest ->
                                rest.isOpenToTheNeedy(now) && !isUnderWay(place, now) && isGuessed(rest, credential)))
                .reduce((a, b) -> a && b)
                .orElse(false);
    }

    /** Whom new tokens may cure waits for those. */
    private static boolean isGuessed(Rest rest, Credential credential) {
        return rest.cause() != RestCause.REJECTED || !credential.isRefreshable();
    }

    private boolean isUnderWay(Place place, Instant now) {
        Finding finding = findings.get(place);
        return finding != null && finding.isUnderWay(now);
    }

    /** The rest there, unless it is open and nobody is finding out whether it is over. */
    private Optional<Rest> closed(Place place, Credential credential, Instant now) {
        return current(place, credential, now).filter(rest -> !rest.isOpen(now) || isUnderWay(place, now));
    }

    private Optional<Rest> current(Place place, Credential credential, Instant now) {
        Rest rest = at(place).get(place);
        return rest == null
                        || rest.isOver(now)
                        || !rest.token().equals(credential.accessToken().fingerprint())
                ? Optional.empty()
                : Optional.of(rest);
    }

    private static Stream<Place> places(CredentialId credential, String model) {
        return Stream.of(new Place(credential, null), new Place(credential, model));
    }

    /** Forgets credentials that are gone, and rests whose token was replaced. */
    void retain(List<Credential> credentials) {
        Map<CredentialId, Credential> byId =
                credentials.stream().collect(Collectors.toMap(Credential::id, credential -> credential));
        boolean some = forAll.entrySet().removeIf(entry -> isStale(entry.getKey(), entry.getValue(), byId));
        boolean more = forModel.entrySet().removeIf(entry -> isStale(entry.getKey(), entry.getValue(), byId));
        findings.keySet().removeIf(place -> !at(place).containsKey(place));
        creditsAt.keySet().retainAll(byId.keySet());
        changes += some || more ? 1 : 0;
    }

    private static boolean isStale(Place place, Rest rest, Map<CredentialId, Credential> byId) {
        Credential credential = byId.get(place.credential());
        return credential == null
                || !rest.token().equals(credential.accessToken().fingerprint());
    }
}
