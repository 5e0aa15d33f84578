package io.github.codebuddy2api.core.settings;

import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.chat.CompletionAggregator;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What the owner decides about the gateway itself. One immutable snapshot; a change is a new one.
 *
 * @param rotationCount how many requests in a row go to one credential; 0 means stay on it
 * @param models the models on offer, in order; a request may name others
 * @param maxAttempts how many credentials one request may try before its first chunk, at least 1
 * @param openDeadline after this long no further attempt is started for a request
 * @param retryAmbiguous whether a request whose connection broke before an answer is sent once more, although the
 *     upstream may have got it and may bill it twice
 * @param maxAnswerCharacters how much text an answer may hold that is folded for a caller who does not stream
 * @param keywordReplacement which words in answers are replaced; an answer keeps the rules with which it began
 */
public record GatewaySettings(
        int rotationCount,
        List<Model> models,
        int maxAttempts,
        Duration openDeadline,
        boolean retryAmbiguous,
        int maxAnswerCharacters,
        KeywordReplacement keywordReplacement) {
    /** Round robin, up to three attempts within five minutes, no model listed, no word replaced. */
    public static final GatewaySettings DEFAULT = new GatewaySettings(1, List.of(), 3, Duration.ofMinutes(5), true);

    public GatewaySettings {
        models = List.copyOf(models);
        Objects.requireNonNull(keywordReplacement, "keywordReplacement");
        if (rotationCount < 0) {
            throw new IllegalArgumentException("rotationCount must not be negative");
        }
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be at least 1");
        }
        if (openDeadline.isNegative() || openDeadline.isZero()) {
            throw new IllegalArgumentException("openDeadline must be positive");
        }
        if (maxAnswerCharacters < 1) {
            throw new IllegalArgumentException("maxAnswerCharacters must be at least 1");
        }
    }

    /** Settings that leave answers as they are, up to the usual length. */
    public GatewaySettings(
            int rotationCount, List<Model> models, int maxAttempts, Duration openDeadline, boolean retryAmbiguous) {
        this(
                rotationCount,
                models,
                maxAttempts,
                openDeadline,
                retryAmbiguous,
                CompletionAggregator.DEFAULT_MAX_CHARACTERS,
                KeywordReplacement.OFF);
    }

    /** The same with other keywords. */
    public GatewaySettings withKeywordReplacement(KeywordReplacement replacement) {
        return new GatewaySettings(
                rotationCount, models, maxAttempts, openDeadline, retryAmbiguous, maxAnswerCharacters, replacement);
    }

    /** The same with another limit on whole answers. */
    public GatewaySettings withMaxAnswerCharacters(int characters) {
        return new GatewaySettings(
                rotationCount, models, maxAttempts, openDeadline, retryAmbiguous, characters, keywordReplacement);
    }
}
