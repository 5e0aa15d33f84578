package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.GatewayEvent.ModelsUnknown;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.Cancelled;
import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.spi.EventListener;
import io.github.codebuddy2api.core.spi.ModelSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The models per credential, with an age limit. Thread-safe. */
final class ModelCache implements AutoCloseable {
    /** For how long a list is good (protocol sheet, 7.4). */
    static final Duration LIFETIME = Duration.ofMinutes(10);
    /** An upstream that failed is not asked again before this. */
    static final Duration FAILURE_LIFETIME = Duration.ofMinutes(1);
    /** How long a list waits for the first answer of the upstream. */
    static final Duration PATIENCE = Duration.ofSeconds(3);
    /** How long the owner waits who has the upstream asked again. */
    static final Duration PATIENCE_ANEW = Duration.ofSeconds(10);
    /** In the background, this many credentials are asked about at once. */
    static final int MAX_AT_ONCE = 4;

    private final Answers<List<Model>> answers;
    private final Duration patience;
    private final Errands errands = new Errands();
    private final Semaphore turns = new Semaphore(MAX_AT_ONCE);

    /** A cache in which a first question is waited for as long as {@code patience}. */
    ModelCache(ModelSource source, Engine.Surroundings surroundings, Duration patience) {
        this.answers = new Answers<>(
                credential -> asked(source, credential, surroundings.listener()),
                LIFETIME,
                FAILURE_LIFETIME,
                surroundings.time());
        this.patience = patience;
    }

    /** Without a source there is nothing to remember. */
    static @Nullable ModelCache of(@Nullable ModelSource source, Engine.Surroundings surroundings) {
        return source == null ? null : new ModelCache(source, surroundings, PATIENCE);
    }

    private static List<Model> asked(ModelSource source, Credential credential, EventListener listener) {
        try {
            return List.copyOf(source.models(credential));
        } catch (Cancelled givenUp) {
            throw givenUp;
        } catch (GatewayException failure) {
            Events.report(listener, new ModelsUnknown(credential.id(), failure.code()));
            throw failure;
        }
    }

    /**
     * The models of one credential, at most as old as the age limit.
     *
     * @throws GatewayException if the upstream cannot tell
     */
    List<Model> of(Credential credential) {
        return answers.ask(credential).value();
    }

    /** The same, but if the upstream cannot tell, what was known last; nothing if nothing was. */
    List<Model> lastOf(Credential credential) {
        try {
            return answers.ask(credential).value();
        } catch (Cancelled givenUp) {
            throw givenUp;
        } catch (GatewayException unknown) {
            return answers.known(credential).map(Answers.Answer::value).orElse(List.of());
        }
    }

    /**
     * What one credential's account told.
     *
     * @param answer its models, as it told them last; null if it never did
     * @param failure why it did not tell when it was asked last
     */
    record Told(
            CredentialId credential,
            Answers.@Nullable Answer<List<Model>> answer,
            @Nullable GatewayException failure) {
        List<Model> models() {
            return answer == null ? List.of() : answer.value();
        }
    }

    /**
     * What the accounts of these credentials told, in their order. What is too old is told once more, and asked for in
     * the background.
     */
    List<Told> told(List<Credential> credentials) {
        answers.retain(credentials);
        credentials.forEach(credential -> begin(answers.due(credential)));
        awaitQuestions(credentials, Answers.Asked::isFirst, patience);
        return known(credentials);
    }

    /** The same, after they were all asked again. */
    List<Told> toldAnew(List<Credential> credentials) {
        answers.retain(credentials);
        credentials.forEach(credential -> begin(answers.dueAnew(credential)));
        awaitQuestions(credentials, question -> true, PATIENCE_ANEW);
        return known(credentials);
    }

    private List<Told> known(List<Credential> credentials) {
        return credentials.stream()
                .map(credential -> new Told(
                        credential.id(),
                        answers.known(credential).orElse(null),
                        answers.failure(credential).orElse(null)))
                .toList();
    }

    private void begin(Optional<Answers<List<Model>>.Asked> due) {
        due.filter(asked -> !errands.start(() -> askInTurn(asked))).ifPresent(Answers.Asked::abandon);
    }

    private void askInTurn(Answers<List<Model>>.Asked asked) {
        try {
            turns.acquire();
        } catch (InterruptedException e) {
            asked.abandon(); // This thread ends here, so nobody else can hear of the interrupt.
            return;
        }
        try {
            asked.run();
        } finally {
            turns.release();
        }
    }

    /** They are waited for together; a question that is as old as our patience has had its time. */
    private void awaitQuestions(
            List<Credential> credentials, Predicate<Answers<List<Model>>.Asked> which, Duration longest) {
        try {
            for (Credential credential : credentials) {
                Optional<Answers<List<Model>>.Asked> question =
                        answers.last(credential).filter(which);
                if (question.isPresent()) {
                    question.get().awaitUntilAged(longest);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // What is known by now is an answer, too.
        }
    }

    @Override
    public void close() {
        errands.close();
    }
}
