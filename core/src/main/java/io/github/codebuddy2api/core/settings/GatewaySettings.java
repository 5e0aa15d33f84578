package io.github.codebuddy2api.core.settings;

import io.github.codebuddy2api.core.chat.CompletionAggregator;
import java.util.Objects;

/**
 * What the owner decides about the gateway itself. One immutable snapshot; a change is a new one.
 *
 * @param rotationCount how many requests in a row go to one credential; 0 means stay on it
 * @param models which models are listed, and the names the owner made up
 * @param attempts how often a request is tried
 * @param maxAnswerCharacters how much text an answer may hold that is folded for a caller who does not stream
 * @param keywordReplacement which words in answers are replaced; an answer keeps the rules with which it began
 * @param upkeep what is done for the credentials unasked
 * @param logins how many logins may be under way
 * @param sharing how requests share the credentials
 */
public record GatewaySettings(
        int rotationCount,
        ModelOffer models,
        Attempts attempts,
        int maxAnswerCharacters,
        KeywordReplacement keywordReplacement,
        Upkeep upkeep,
        LoginLimits logins,
        Sharing sharing) {
    /** Round robin, up to three attempts within five minutes, every model the accounts offer, no word replaced. */
    public static final GatewaySettings DEFAULT = new GatewaySettings(
            1,
            ModelOffer.EVERYTHING,
            Attempts.DEFAULT,
            CompletionAggregator.DEFAULT_MAX_CHARACTERS,
            KeywordReplacement.OFF,
            Upkeep.DEFAULT,
            LoginLimits.DEFAULT,
            Sharing.DEFAULT);

    public GatewaySettings {
        Objects.requireNonNull(models, "models");
        Objects.requireNonNull(attempts, "attempts");
        Objects.requireNonNull(keywordReplacement, "keywordReplacement");
        Objects.requireNonNull(upkeep, "upkeep");
        Objects.requireNonNull(logins, "logins");
        Objects.requireNonNull(sharing, "sharing");
        if (rotationCount < 0) {
            throw new IllegalArgumentException("rotationCount must not be negative");
        }
        if (maxAnswerCharacters < 1) {
            throw new IllegalArgumentException("maxAnswerCharacters must be at least 1");
        }
    }

    /** The same with another number of requests in a row. */
    public GatewaySettings withRotationCount(int count) {
        return new GatewaySettings(
                count, models, attempts, maxAnswerCharacters, keywordReplacement, upkeep, logins, sharing);
    }

    /** The same with other models. */
    public GatewaySettings with(ModelOffer offer) {
        return new GatewaySettings(
                rotationCount, offer, attempts, maxAnswerCharacters, keywordReplacement, upkeep, logins, sharing);
    }

    /** The same with other rules for trying again. */
    public GatewaySettings with(Attempts other) {
        return new GatewaySettings(
                rotationCount, models, other, maxAnswerCharacters, keywordReplacement, upkeep, logins, sharing);
    }

    /** The same with another limit on whole answers. */
    public GatewaySettings withMaxAnswerCharacters(int characters) {
        return new GatewaySettings(
                rotationCount, models, attempts, characters, keywordReplacement, upkeep, logins, sharing);
    }

    /** The same with other keywords. */
    public GatewaySettings with(KeywordReplacement replacement) {
        return new GatewaySettings(
                rotationCount, models, attempts, maxAnswerCharacters, replacement, upkeep, logins, sharing);
    }

    /** The same with another upkeep. */
    public GatewaySettings with(Upkeep other) {
        return new GatewaySettings(
                rotationCount, models, attempts, maxAnswerCharacters, keywordReplacement, other, logins, sharing);
    }

    /** The same with other limits on logins. */
    public GatewaySettings with(LoginLimits limits) {
        return new GatewaySettings(
                rotationCount, models, attempts, maxAnswerCharacters, keywordReplacement, upkeep, limits, sharing);
    }

    /** The same with another way to share the credentials. */
    public GatewaySettings with(Sharing other) {
        return new GatewaySettings(
                rotationCount, models, attempts, maxAnswerCharacters, keywordReplacement, upkeep, logins, other);
    }
}
