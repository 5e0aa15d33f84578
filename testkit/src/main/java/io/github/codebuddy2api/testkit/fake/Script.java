package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one call to a {@link ScriptedUpstream} does, step by step. Immutable: each method gives a longer script. After
 * the last step the answer has ended in order.
 */
public final class Script {
    /** One thing that happens. */
    sealed interface Step {
        /** A chunk is handed out. */
        record Say(ChatChunk chunk) implements Step {}

        /** Nothing happens until the gate is open. */
        record Await(Gate gate) implements Step {}

        /** The call fails. */
        record Fail(RuntimeException failure) implements Step {}
    }

    private static final Script NOTHING = new Script(List.of(), List.of());

    private final List<Step> beforeAccepted;
    private final List<Step> steps;

    private Script(List<Step> beforeAccepted, List<Step> steps) {
        this.beforeAccepted = List.copyOf(beforeAccepted);
        this.steps = List.copyOf(steps);
    }

    /** An answer that ends without a word. */
    public static Script nothing() {
        return NOTHING;
    }

    /** A whole answer that says {@code text} in one chunk and stops. */
    public static Script text(String text) {
        return says(Chunks.content(text), Chunks.stop());
    }

    /** An answer of these chunks, and then its end. */
    public static Script says(ChatChunk... chunks) {
        return NOTHING.thenSays(chunks);
    }

    /** {@code open} fails. */
    public static Script refuses(GatewayException failure) {
        return new Script(List.of(new Step.Fail(failure)), List.of());
    }

    /** {@code open} succeeds, and the first {@code next} fails. */
    public static Script fails(GatewayException failure) {
        return NOTHING.thenFails(failure);
    }

    /** {@code open} succeeds, and no chunk ever comes. */
    public static Script silent() {
        return NOTHING.thenAwaits(Gate.shut());
    }

    /** The same, but {@code open} waits at {@code gate} first. */
    public Script acceptedAt(Gate gate) {
        return new Script(plus(List.of(new Step.Await(gate)), beforeAccepted), steps);
    }

    /** Then these chunks. */
    public Script thenSays(ChatChunk... chunks) {
        List<Step> longer = new ArrayList<>(steps);
        Arrays.stream(chunks).map(Step.Say::new).forEach(longer::add);
        return new Script(beforeAccepted, longer);
    }

    /** Then nothing until {@code gate} is open. */
    public Script thenAwaits(Gate gate) {
        return new Script(beforeAccepted, plus(steps, List.of(new Step.Await(gate))));
    }

    /** Then a failure; a port may only throw the gateway's own, so any other is a bug that the test plants. */
    public Script thenFails(RuntimeException failure) {
        return new Script(beforeAccepted, plus(steps, List.of(new Step.Fail(failure))));
    }

    List<Step> beforeAccepted() {
        return beforeAccepted;
    }

    List<Step> steps() {
        return steps;
    }

    private static List<Step> plus(List<Step> some, List<Step> more) {
        List<Step> both = new ArrayList<>(some);
        both.addAll(more);
        return both;
    }
}
