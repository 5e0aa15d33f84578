package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayEvent.CheckedIn;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.quota.CheckIn;
import io.github.codebuddy2api.core.spi.SettingsSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Claims the daily check-in of every personal account, once a day at the time the owner chose, and as soon as possible
 * if we were not there at that time. Used by the background thread alone.
 */
final class CheckInSchedule implements Chore {
    /** How often a day one account is tried. */
    static final int MAX_TRIES = 3;
    /** After trouble that may pass, the account is tried again this much later. */
    static final Duration RETRY_AFTER = Duration.ofMinutes(30);
    /** What is told if there is nothing to be claimed. */
    static final String NOT_OFFERED = "check_in_not_offered";

    private final CheckIns checkIns;
    private final Shelf shelf;
    private final SettingsSource settings;
    private final Engine.Surroundings surroundings;

    private @Nullable LocalDate day;
    // The accounts tried on that day.
    private final Map<String, Tries> tries = new HashMap<>();

    /** How often an account was tried, and when it is tried again. */
    private record Tries(int count, Instant next) {
        static final Tries NONE = new Tries(0, Instant.MIN);
    }

    CheckInSchedule(CheckIns checkIns, Shelf shelf, SettingsSource settings, Engine.Surroundings surroundings) {
        this.checkIns = checkIns;
        this.shelf = shelf;
        this.settings = settings;
        this.surroundings = surroundings;
    }

    @Override
    public Instant nextDue() {
        return nextDue(surroundings.time().instant());
    }

    /** One look at the clock for all, because it goes on between two. */
    private Instant nextDue(Instant now) {
        Optional<LocalTime> at = settings.current().upkeep().checkInTime();
        if (at.isEmpty()) {
            return NEVER;
        }
        LocalDate today = CheckIns.dayOf(now);
        Instant start = momentOf(today, at.get());
        if (now.isBefore(start)) {
            return start;
        }
        return shelf.usable().stream()
                .map(credential -> dueAt(credential, now))
                .min(Instant::compareTo)
                .filter(due -> due.isBefore(NEVER))
                .orElse(momentOf(today.plusDays(1), at.get()));
    }

    /** When an account is to be tried today, if the time of day has come; never if it is done with. */
    private Instant dueAt(Credential credential, Instant now) {
        if (!CheckIns.isPersonal(credential) || checkIns.isClaimed(credential, now)) {
            return NEVER;
        }
        Tries so = CheckIns.dayOf(now).equals(day) ? tries.get(CheckIns.accountOf(credential)) : null;
        return so == null ? now : so.next();
    }

    private static Instant momentOf(LocalDate day, LocalTime at) {
        return day.atTime(at).atZone(ZoneId.systemDefault()).toInstant();
    }

    @Override
    public void run() {
        Instant now = surroundings.time().instant();
        if (now.isBefore(nextDue(now))) {
            return;
        }
        LocalDate today = CheckIns.dayOf(now);
        if (!today.equals(day)) {
            day = today;
            tries.clear();
        }
        shelf.usable().stream()
                .filter(credential -> !dueAt(credential, now).isAfter(now))
                .findFirst()
                .ifPresent(credential -> claim(credential, now));
    }

    private void claim(Credential credential, Instant now) {
        String account = CheckIns.accountOf(credential);
        int count = tries.getOrDefault(account, Tries.NONE).count() + 1;
        tries.put(account, new Tries(count, count < MAX_TRIES ? now.plus(RETRY_AFTER) : NEVER));
        try {
            CheckIn outcome = checkIns.claim(credential);
            tries.put(account, new Tries(count, NEVER));
            tell(credential, outcome);
        } catch (Cancelled ended) {
            tries.remove(account); // The gateway is closing.
        } catch (GatewayException failure) {
            report(credential, failure.code());
        }
    }

    private void tell(Credential credential, CheckIn outcome) {
        switch (outcome) {
            case CheckIn.Claimed claimed -> report(credential, null);
            case CheckIn.NotOffered none -> report(credential, NOT_OFFERED);
            case CheckIn.AlreadyClaimed earlier -> {
                // Somebody else claimed it, so there is nothing to tell of what we did.
            }
            case CheckIn.Open open -> report(credential, NOT_OFFERED);
        }
    }

    private void report(Credential credential, @Nullable String code) {
        Events.report(surroundings.listener(), new CheckedIn(credential.id(), code));
    }
}
