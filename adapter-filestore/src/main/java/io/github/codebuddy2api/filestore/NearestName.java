package io.github.codebuddy2api.filestore;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name a person probably meant. */
final class NearestName {
    private static final int MAX_LENGTH = 64;

    private NearestName() {}

    /** The known key nearest to the unknown one; empty if none is near. Keys are compared by their last word first. */
    static Optional<String> of(String unknown, Collection<String> known) {
        if (unknown.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String word = plain(lastWord(unknown));
        int limit = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(name -> distance(word, plain(lastWord(name))) <= limit)
                .min(Comparator.<String>comparingInt(name -> distance(word, plain(lastWord(name))))
                        .thenComparingInt(name -> distance(unknown, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String lastWord(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT)
                .replace("codebuddy_", "")
                .replace("-", "")
                .replace("_", "");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
