package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.api.Accounts.Reading;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.quota.Quota;
import io.github.codebuddy2api.core.spi.QuotaSource;
import io.github.codebuddy2api.core.spi.Time;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the accounts have left, per credential, with an age limit. Thread-safe. */
final class QuotaCache {
    /** How old an answer may be. */
    static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Shelf shelf;
    private final Answers<Quota> answers;

    /**
     * @param learned hears each answer
     */
    QuotaCache(QuotaSource source, Shelf shelf, BiConsumer<Credential, Quota> learned, Time time) {
        this.shelf = shelf;
        this.answers = new Answers<>(
                credential -> {
                    Quota quota = source.quota(credential);
                    learned.accept(credential, quota);
                    return quota;
                },
                LIFETIME,
                Duration.ZERO,
                time);
    }

    /** Without a source there is nothing to remember. */
    static @Nullable QuotaCache of(
            @Nullable QuotaSource source, Shelf shelf, BiConsumer<Credential, Quota> learned, Time time) {
        return source == null ? null : new QuotaCache(source, shelf, learned, time);
    }

    /**
     * What the account of {@code id} has left.
     *
     * @param anew whether the upstream is to be asked although it is known
     */
    Reading of(CredentialId id, boolean anew) {
        Credential credential = shelf.find(id);
        answers.retain(shelf.known());
        Answers.Answer<Quota> answer = anew ? answers.askAnew(credential) : answers.ask(credential);
        return new Reading(answer.value(), answer.at());
    }

    /** It has just changed. */
    void forget(CredentialId id) {
        answers.forget(id);
    }
}
