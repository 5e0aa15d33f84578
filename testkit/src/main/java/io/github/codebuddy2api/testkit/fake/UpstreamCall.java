package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.credential.Credential;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One call to a {@link ScriptedUpstream}: what was asked, and what became of its answer. Thread-safe. */
public final class UpstreamCall {
    private final ChatRequest request;
    private final Credential credential;
    private final Correlation correlation;
    private final AtomicBoolean accepted = new AtomicBoolean();
    private final AtomicInteger closes = new AtomicInteger();

    UpstreamCall(ChatRequest request, Credential credential, Correlation correlation) {
        this.request = request;
        this.credential = credential;
        this.correlation = correlation;
    }

    /** What was asked. */
    public ChatRequest request() {
        return request;
    }

    /** With what it was asked. */
    public Credential credential() {
        return credential;
    }

    /** To what it belongs. */
    public Correlation correlation() {
        return correlation;
    }

    /** How often the answer was closed; 0 also if there was no answer. */
    public int closes() {
        return closes.get();
    }

    /** Whether there is an answer that nobody has closed. */
    public boolean isUnclosed() {
        return accepted.get() && closes.get() == 0;
    }

    void accept() {
        accepted.set(true);
    }

    void close() {
        closes.incrementAndGet();
    }
}
