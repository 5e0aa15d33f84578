package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.Upstream;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * An upstream that answers as it is told and remembers every call. Keeps the contract of its port, interrupts and
 * closing included. Thread-safe.
 *
 * <pre>{@code
 * ScriptedUpstream upstream = ScriptedUpstream.of(Script.refuses(limited), Script.text("Seven."));
 * }</pre>
 */
public final class ScriptedUpstream implements Upstream {
    private final Function<UpstreamCall, Script> scripts;
    private final List<UpstreamCall> calls = new CopyOnWriteArrayList<>();

    private ScriptedUpstream(Function<UpstreamCall, Script> scripts) {
        this.scripts = scripts;
    }

    /** Follows one script after the other; a call too many breaks the test. */
    public static ScriptedUpstream of(Script... scripts) {
        Queue<Script> left = new ConcurrentLinkedQueue<>(Arrays.asList(scripts));
        return new ScriptedUpstream(call -> {
            Script next = left.poll();
            if (next == null) {
                throw new AssertionError("a call too many: only " + scripts.length + " were scripted");
            }
            return next;
        });
    }

    /** Follows the same script every time. */
    public static ScriptedUpstream always(Script script) {
        return new ScriptedUpstream(call -> script);
    }

    /** Chooses the script by the call, such as by its credential. */
    public static ScriptedUpstream choosing(Function<UpstreamCall, Script> scripts) {
        return new ScriptedUpstream(scripts);
    }

    @Override
    public CompletionStream open(ChatRequest request, Credential credential, Correlation correlation) {
        UpstreamCall call = new UpstreamCall(request, credential, correlation);
        calls.add(call);
        return new ScriptedStream(scripts.apply(call), call).accept();
    }

    /** All calls so far, in the order in which they came. */
    public List<UpstreamCall> calls() {
        return List.copyOf(calls);
    }

    /** The ids of the credentials used so far, one per call. */
    public List<String> credentialsUsed() {
        return calls.stream().map(call -> call.credential().id().value()).toList();
    }

    /** How many answers were handed out and not closed: what a test wants to be 0 in the end. */
    public long unclosed() {
        return calls.stream().filter(UpstreamCall::isUnclosed).count();
    }
}
