package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialLabel;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.spi.CredentialStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps credentials in memory, in the order given. Thread-safe. */
public final class InMemoryCredentialStore implements CredentialStore {
    private final ReentrantLock lock = new ReentrantLock();
    // Written under the lock.
    private volatile List<Credential> all;
    private volatile boolean broken;
    private final Map<CredentialId, Credential> deleted = new LinkedHashMap<>();
    private final Set<CredentialId> refreshing = new LinkedHashSet<>();
    private int added;

    private InMemoryCredentialStore(List<Credential> all) {
        this.all = all;
    }

    /** A store that holds {@code credentials}. */
    public static InMemoryCredentialStore of(Credential... credentials) {
        return new InMemoryCredentialStore(checked(List.of(credentials)));
    }

    /** From now on it holds these and no others. */
    public void replace(Credential... credentials) {
        change(unused -> checked(List.of(credentials)));
    }

    /** From now on every change fails, or succeeds again. */
    public void breakDown(boolean on) {
        broken = on;
    }

    @Override
    public List<Credential> all() {
        return all;
    }

    @Override
    public List<Credential> allNow() {
        return all;
    }

    @Override
    public Credential add(NewCredential credential) {
        failIfBroken();
        lock.lock();
        try {
            added++;
            CredentialId id = new CredentialId("added-" + added);
            String name = credential.wantedName().orElse(id.value());
            Credential stored = new Credential(id, name, credential.tokens(), credential.account());
            change(before -> {
                List<Credential> more = new ArrayList<>(before);
                more.add(stored);
                return more;
            });
            return stored;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean replace(Credential credential) {
        failIfBroken();
        lock.lock();
        try {
            refreshing.remove(credential.id());
            boolean there = find(credential.id()) != null;
            change(before -> before.stream()
                    .map(old -> old.id().equals(credential.id()) ? credential.labelled(old.label()) : old)
                    .toList());
            return there;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean rename(CredentialId id, @Nullable CredentialLabel label) {
        failIfBroken();
        lock.lock();
        try {
            boolean there = find(id) != null;
            change(before -> before.stream()
                    .map(old -> old.id().equals(id) ? old.labelled(label) : old)
                    .toList());
            return there;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean delete(CredentialId id) {
        failIfBroken();
        lock.lock();
        try {
            Credential gone = find(id);
            if (gone == null) {
                return false;
            }
            deleted.put(id, gone);
            change(before -> before.stream().filter(old -> !old.id().equals(id)).toList());
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean restore(CredentialId id) {
        failIfBroken();
        lock.lock();
        try {
            Credential back = deleted.remove(id);
            if (back == null || find(id) != null) {
                return false;
            }
            change(before -> {
                List<Credential> more = new ArrayList<>(before);
                more.add(back);
                return more;
            });
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void noteRefresh(CredentialId id) {
        failIfBroken();
        lock.lock();
        try {
            refreshing.add(id);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void forgetRefresh(CredentialId id) {
        lock.lock();
        try {
            refreshing.remove(id);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Set<CredentialId> unfinishedRefreshes() {
        lock.lock();
        try {
            return Set.copyOf(refreshing);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Credential find(CredentialId id) {
        return all.stream()
                .filter(credential -> credential.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private void change(UnaryOperator<List<Credential>> change) {
        lock.lock();
        try {
            all = List.copyOf(change.apply(all));
        } finally {
            lock.unlock();
        }
    }

    private void failIfBroken() {
        if (broken) {
            throw new StoreFailed(StoreFailed.Obstacle.FULL, "The store is full.", null);
        }
    }

    private static List<Credential> checked(List<Credential> credentials) {
        if (credentials.stream().map(Credential::id).distinct().count() < credentials.size()) {
            throw new IllegalArgumentException("two credentials have the same id");
        }
        return credentials;
    }
}
