package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.settings.KeywordReplacement;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The rules of keyword replacement, made ready once for all answers. Immutable. */
final class KeywordRules {
    private final List<Keyword> keywords;

    KeywordRules(KeywordReplacement replacement) {
        keywords = replacement.rules().stream().map(Keyword::new).toList();
    }

    /** A search for every keyword, in the order of the rules, that lets a piece grow to {@code maxGrown} characters. */
    List<KeywordSearch> searches(int maxGrown) {
        return keywords.stream()
                .map(keyword -> new KeywordSearch(keyword, maxGrown))
                .toList();
    }

    /** The rules in force, made ready anew only when the settings changed. Thread-safe. */
    static final class Latest {
        private record Made(KeywordReplacement from, KeywordRules rules) {}

        private final AtomicReference<@Nullable Made> latest = new AtomicReference<>();

        /** Null if nothing is to be replaced. */
        @Nullable KeywordRules of(KeywordReplacement replacement) {
            if (!replacement.isActive()) {
                return null;
            }
            Made made = latest.get();
            if (made == null || !made.from().equals(replacement)) {
                made = new Made(replacement, new KeywordRules(replacement));
                latest.set(made);
            }
            return made.rules();
        }
    }
}
