package io.github.codebuddy2api.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.GatewayException.UpstreamIncomplete;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.testkit.contract.UpstreamContract;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedUpstreamTest implements UpstreamContract {
    private ScriptedUpstream upstream = ScriptedUpstream.of();

    @Override
    public CompletionStream open(Scenario scenario) {
        upstream = ScriptedUpstream.of(script(scenario));
        return open();
    }

    private CompletionStream open() {
        return upstream.open(Chats.request(), Credentials.of("a"), Chats.correlation());
    }

    private static Script script(Scenario scenario) {
        return switch (scenario) {
            case PLAIN_TEXT -> Script.says(Chunks.content("Se"), Chunks.content("ven."), Chunks.stop());
            case TWO_TOOL_CALLS ->
                Script.says(
                        Chunks.toolCall(0, "call_1", "sum", "{\"a\""),
                        Chunks.toolCall(1, "call_2", "sum", "{"),
                        Chunks.arguments(0, ":1}"),
                        Chunks.arguments(1, "}"));
            case BREAKS_OFF -> Script.says(Chunks.content("Se")).thenFails(new UpstreamIncomplete(null));
            case GOES_SILENT -> Script.says(Chunks.content("Se")).thenAwaits(Gate.shut());
            case SILENT_FROM_THE_START -> Script.silent();
            case NEVER_ACCEPTS -> Script.nothing().acceptedAt(Gate.shut());
            case REJECTS_CREDENTIAL -> Script.refuses(new CredentialRejected(true, "Log in again."));
            case LIMITS_RATE -> Script.refuses(new RateLimited(LimitScope.CREDENTIAL, null, "Too many."));
        };
    }

    @Override
    public String plainText() {
        return "Seven.";
    }

    @Override
    public List<String> toolArguments() {
        return List.of("{\"a\":1}", "{}");
    }

    @Override
    public void awaitReleased() {
        assertThat(upstream.calls()).hasSize(1);
        assertThat(upstream.unclosed()).isZero();
    }

    @Test
    void a_call_too_many_breaks_the_test() {
        upstream = ScriptedUpstream.of(Script.nothing());
        open().close();

        assertThatThrownBy(this::open).isInstanceOf(AssertionError.class);
    }

    @Test
    void an_unclosed_answer_is_counted() {
        upstream = ScriptedUpstream.always(Script.nothing());
        CompletionStream one = open();
        CompletionStream two = open();

        one.close();

        assertThat(upstream.unclosed()).isEqualTo(1);
        two.close();
        assertThat(upstream.unclosed()).isZero();
    }

    @Test
    void a_gate_holds_the_answer_until_it_is_opened() {
        Gate gate = Gate.shut();
        upstream = ScriptedUpstream.of(Script.nothing().thenAwaits(gate).thenSays(Chunks.content("Seven.")));
        OtherThread<List<ChatChunk>> reader = OtherThread.start(() -> Chunks.drain(open()));
        gate.awaitArrival();

        gate.open();

        assertThat(Chunks.text(reader.result())).isEqualTo("Seven.");
    }
}
