package io.github.codebuddy2api.app.logging;

import io.github.codebuddy2api.core.Secret;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every secret this process has come to know, so that none of them can stand in the log, whatever it looks like.
 * Thread-safe. A line without a secret costs one look at each of its characters, however many secrets there are.
 */
public final class KnownSecrets {
    /** Shorter secrets are not looked for: they would be found in ordinary words. */
    static final int MIN_CHARS = 8;

    /** Beyond so many the oldest is forgotten; two for each of the most credential files there can be, and some more. */
    static final int MAX_SECRETS = 24_000;

    private static final String HIDDEN = "***";
    private static final int WINDOW = MIN_CHARS;
    private static final int FACTOR = 31;
    private static final int FACTOR_OF_THE_OLDEST = factorOfTheOldest();
    private static final int MARKS = 1 << 16;

    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Set<String> secrets = new LinkedHashSet<>();

    private volatile Index index = Index.of(List.of());

    /** Hides these from now on. Cheap if all of them are known. */
    public void learn(Collection<Secret> learned) {
        lock.lock();
        try {
            boolean news = false;
            for (Secret secret : learned) {
                String text = secret.reveal();
                if (text.length() >= MIN_CHARS) {
                    // What is learned again is as new as what is learned now.
                    news |= !secrets.remove(text);
                    secrets.add(text);
                }
            }
            if (news) {
                forgetTheOldest();
                index = Index.of(secrets);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The same for single ones, of which some may be absent. */
    public void learn(@Nullable Secret... learned) {
        learn(Stream.of(learned)
                .<Secret>mapMulti((secret, known) -> {
                    if (secret != null) {
                        known.accept(secret);
                    }
                })
                .toList());
    }

    private void forgetTheOldest() {
        var oldest = secrets.iterator();
        for (int tooMany = secrets.size() - MAX_SECRETS; tooMany > 0; tooMany--) {
            oldest.next();
            oldest.remove();
        }
    }

    /** The text with every known secret in it replaced by asterisks. */
    String hide(String text) {
        Index known = index;
        return known.byEnd().isEmpty() ? text : known.hide(text);
    }

    /**
     * The secrets by the hash of their last characters: the beginnings of tokens are all alike.
     *
     * @param marks which hashes occur, modulo the number of marks
     */
    private record Index(BitSet marks, Map<Integer, List<String>> byEnd) {
        static Index of(Collection<String> secrets) {
            BitSet marks = new BitSet(MARKS);
            Map<Integer, List<String>> byEnd = HashMap.newHashMap(secrets.size());
            for (String secret : secrets) {
                int hash = 0;
                for (int i = secret.length() - WINDOW; i < secret.length(); i++) {
                    hash = FACTOR * hash + secret.charAt(i);
                }
                marks.set(mark(hash));
                byEnd.merge(
                        hash,
                        List.of(secret),
                        (some, more) ->
                                Stream.concat(some.stream(), more.stream()).toList());
            }
            return new Index(marks, byEnd);
        }

        private static int mark(int hash) {
            return (hash ^ (hash >>> 16)) & (MARKS - 1);
        }

        String hide(String text) {
            StringBuilder shown = null;
            int copied = 0;
            int hash = 0;
            for (int end = 1; end <= text.length(); end++) {
                hash = FACTOR * hash + text.charAt(end - 1);
                if (end > WINDOW) {
                    hash -= FACTOR_OF_THE_OLDEST * text.charAt(end - 1 - WINDOW);
                }
                if (end < WINDOW || !marks.get(mark(hash))) {
                    continue;
                }
                int start = startOfSecret(text, end, hash, copied);
                if (start >= 0) {
                    shown = shown == null ? new StringBuilder(text.length()) : shown;
                    shown.append(text, copied, start).append(HIDDEN);
                    copied = end;
                }
            }
            return shown == null
                    ? text
                    : shown.append(text, copied, text.length()).toString();
        }

        /** Where the longest secret that ends at {@code end} begins; -1 if none does. */
        private int startOfSecret(String text, int end, int hash, int from) {
            int start = -1;
            for (String secret : byEnd.getOrDefault(hash, List.of())) {
                int begin = end - secret.length();
                if (begin >= from && text.startsWith(secret, begin) && (start < 0 || begin < start)) {
                    start = begin;
                }
            }
            return start;
        }
    }

    private static int factorOfTheOldest() {
        int factor = 1;
        for (int i = 0; i < WINDOW; i++) {
            factor *= FACTOR;
        }
        return factor;
    }
}
