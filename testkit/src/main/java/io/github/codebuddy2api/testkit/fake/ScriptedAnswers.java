package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.credential.Credential;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions about credentials as it is told, and remembers about which it was asked. {@link #ask} is what
 * several ports want, {@code ModelSource} for example. Thread-safe.
 *
 * @param <T> what is answered
 */
public final class ScriptedAnswers<T> {
    private final List<Credential> asked = new CopyOnWriteArrayList<>();
    private volatile Function<Credential, T> answer;
    private volatile @Nullable Gate gate;

    private ScriptedAnswers(Function<Credential, T> answer) {
        this.answer = answer;
    }

    /** The same answer for every credential. */
    public static <T> ScriptedAnswers<T> always(T answer) {
        return new ScriptedAnswers<>(credential -> answer);
    }

    /** An answer for each credential. */
    public static <T> ScriptedAnswers<T> choosing(Function<Credential, T> answer) {
        return new ScriptedAnswers<>(answer);
    }

    /** From now on it answers this. */
    public void nowAnswers(T other) {
        answer = credential -> other;
    }

    /** From now on it answers so for each credential. */
    public void nowChooses(Function<Credential, T> other) {
        answer = other;
    }

    /** From now on it fails. */
    public void nowFails(GatewayException failure) {
        answer = credential -> {
            throw failure;
        };
    }

    /** From now on every question waits at {@code other} first. */
    public void nowWaitsAt(Gate other) {
        gate = other;
    }

    /** The question; cancelled by interrupting, as every port is. */
    public T ask(Credential credential) {
        asked.add(credential);
        Gate before = gate;
        if (before != null) {
            before.pass();
        }
        return answer.apply(credential);
    }

    /** The ids of the credentials it was asked about, in order. */
    public List<String> asked() {
        return asked.stream().map(credential -> credential.id().value()).toList();
    }

    /** The credentials it was asked about, in order. */
    public List<Credential> credentials() {
        return List.copyOf(asked);
    }
}
