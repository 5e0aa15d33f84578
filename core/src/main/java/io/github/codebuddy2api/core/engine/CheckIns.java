package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.quota.CheckIn;
import io.github.codebuddy2api.core.spi.QuotaSource;
import io.github.codebuddy2api.core.spi.Time;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Claims the daily check-in, at most once per real account and day, however many credentials the account has and however
 * often it is asked. Thread-safe.
 */
final class CheckIns {
    private final QuotaSource quotas;
    private final Time time;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    // Both guarded by lock.
    private final Map<String, LocalDate> claimed = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();

    CheckIns(QuotaSource quotas, Time time) {
        this.quotas = quotas;
        this.time = time;
    }

    /** Without a source there is nothing to claim. */
    static @Nullable CheckIns of(@Nullable QuotaSource quotas, Time time) {
        return quotas == null ? null : new CheckIns(quotas, time);
    }

    /** The day it is here. */
    static LocalDate dayOf(Instant now) {
        return LocalDate.ofInstant(now, ZoneId.systemDefault());
    }

    /** Names the real account; a credential of which no account is known stands for itself. */
    static String accountOf(Credential credential) {
        String uid = credential.account().uid();
        return uid == null ? "credential " + credential.id() : "account " + uid;
    }

    /** Whether there can be a check-in at all. */
    static boolean isPersonal(Credential credential) {
        return credential.account().enterprise().isEmpty();
    }

    /** Whether we know without asking that today's was claimed. */
    boolean isClaimed(Credential credential) {
        lock.lock();
        try {
            return isClaimedToday(accountOf(credential));
        } finally {
            lock.unlock();
        }
    }

    private boolean isClaimedToday(String account) {
        return dayOf(time.instant()).equals(claimed.get(account));
    }

    /** How today's stands. */
    CheckIn status(Credential credential) {
        if (!isPersonal(credential)) {
            return new CheckIn.NotOffered();
        }
        return isClaimed(credential) ? new CheckIn.AlreadyClaimed() : quotas.checkInStatus(credential);
    }

    /** Claims today's; who comes second waits for the first one's success. */
    CheckIn claim(Credential credential) {
        if (!isPersonal(credential)) {
            return new CheckIn.NotOffered();
        }
        String account = accountOf(credential);
        if (!begin(account)) {
            return new CheckIn.AlreadyClaimed();
        }
        LocalDate day = dayOf(time.instant());
        boolean done = false;
        try {
            CheckIn outcome = quotas.checkIn(credential);
            done = outcome instanceof CheckIn.Claimed || outcome instanceof CheckIn.AlreadyClaimed;
            return outcome;
        } finally {
            end(account, day, done);
        }
    }

    private boolean begin(String account) {
        lock.lock();
        try {
            while (underWay.contains(account)) {
                ended.await();
            }
            return !isClaimedToday(account) && underWay.add(account);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled();
        } finally {
            lock.unlock();
        }
    }

    private void end(String account, LocalDate day, boolean done) {
        lock.lock();
        try {
            claimed.values().removeIf(earlier -> !earlier.equals(day));
            if (done) {
                claimed.put(account, day);
            }
            underWay.remove(account);
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
