package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.GatewayException.UpstreamTimeout;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.quota.CheckIn;
import io.github.codebuddy2api.core.spi.QuotaSource;
import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Claims the daily check-in, at most once per real account and day, however many credentials the account has and however
 * often it is asked. Thread-safe.
 */
final class CheckIns {
    /** Longer than a claim can take, with all its deadlines. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The upstream's day is China's, wherever we are. */
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

    private final QuotaSource quotas;
    private final Time time;
    private final Consumer<CredentialId> told;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    // Both guarded by lock.
    private final Map<String, LocalDate> claimed = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();

    /**
     * @param told hears of each credential for which one was claimed: its account has more now
     */
    CheckIns(QuotaSource quotas, Time time, Consumer<CredentialId> told) {
        this.quotas = quotas;
        this.time = time;
        this.told = told;
    }

    /** Without a source there is nothing to claim. */
    static @Nullable CheckIns of(@Nullable QuotaSource quotas, Time time, @Nullable QuotaCache cache) {
        return quotas == null || cache == null ? null : new CheckIns(quotas, time, cache::forget);
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

    /** Whether we know without asking that the one of the upstream's day at {@code now} was claimed. */
    boolean isClaimed(Credential credential, Instant now) {
        lock.lock();
        try {
            return isClaimed(accountOf(credential), now);
        } finally {
            lock.unlock();
        }
    }

    private boolean isClaimed(String account, Instant now) {
        return chineseDayOf(now).equals(claimed.get(account));
    }

    private static LocalDate chineseDayOf(Instant now) {
        return LocalDate.ofInstant(now, CHINA);
    }

    /** How today's stands. */
    CheckIn status(Credential credential) {
        if (!isPersonal(credential)) {
            return new CheckIn.NotOffered();
        }
        return isClaimed(credential, time.instant()) ? new CheckIn.AlreadyClaimed() : quotas.checkInStatus(credential);
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
        LocalDate day = chineseDayOf(time.instant());
        boolean done = false;
        try {
            CheckIn outcome = quotas.checkIn(credential);
            done = outcome instanceof CheckIn.Claimed || outcome instanceof CheckIn.AlreadyClaimed;
            if (outcome instanceof CheckIn.Claimed) {
                told.accept(credential.id());
            }
            return outcome;
        } finally {
            end(account, day, done);
        }
    }

    private boolean begin(String account) {
        lock.lock();
        try {
            long start = time.nanoTime();
            Duration left = PATIENCE;
            while (underWay.contains(account) && left.isPositive()) {
                time.await(lock, ended, left);
                left = PATIENCE.minusNanos(time.nanoTime() - start);
            }
            if (isClaimed(account, time.instant())) {
                return false;
            }
            if (!underWay.add(account)) {
                throw new UpstreamTimeout(
                        UpstreamTimeout.Deadline.FIRST_EVENT, "The upstream takes too long to claim the check-in.");
            }
            return true;
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
