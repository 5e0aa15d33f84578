package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayEvent.AnswerEnded;
import io.github.codebuddy2api.core.GatewayEvent.AnswerStarted;
import io.github.codebuddy2api.core.GatewayEvent.RequestFailed;
import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.Upstream;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.RecordingListener;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import io.github.codebuddy2api.testkit.fixture.Faults;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation around the gateway fails once: whatever breaks, the answer ends once and the upstream is let go. */
class AnomalyTest {
    private static final int MORE_THAN_ENOUGH = 100;

    static Stream<Named<Supplier<RuntimeException>>> faults() {
        return Stream.of(
                Named.of("a failure", () -> new StoreFailed(StoreFailed.Obstacle.OTHER, "A planted failure.", null)),
                Named.of("a bug", () -> new IllegalStateException("a planted bug")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whichever_operation_fails_nothing_is_left_open_and_the_end_is_told_once(Supplier<RuntimeException> fault) {
        int n = 0;
        boolean happened = true;
        while (happened) {
            n++;
            assertThat(n).isLessThan(MORE_THAN_ENOUGH);
            happened = run(Faults.at(n, fault));
        }
        assertThat(n).as("operations that can fail").isGreaterThan(8);
    }

    private static boolean run(Faults faults) {
        ScriptedUpstream scripted = ScriptedUpstream.of(
                Script.says(Chunks.content("Se"), Chunks.content("ven."), Chunks.stop(), Chunks.usage(3, 4)));
        RecordingListener heard = new RecordingListener();
        InMemoryCredentialStore store = InMemoryCredentialStore.of(Credentials.named("a"));
        Gateway gateway = Gateway.builder()
                .upstream(new FaultyUpstream(scripted, faults))
                .credentials(() -> {
                    faults.maybeFail();
                    return store.all();
                })
                .listener(event -> {
                    heard.on(event);
                    faults.maybeFail();
                })
                .build();
        RuntimeException failure = chat(gateway);

        int started = heard.events(AnswerStarted.class).size();
        assertThat(scripted.unclosed()).isZero();
        assertThat(heard.events(AnswerEnded.class)).hasSize(started);
        assertThat(heard.events(RequestFailed.class)).hasSize(started == 0 && failure != null ? 1 : 0);
        assertThat(faults.happened() || failure == null).isTrue();
        return faults.happened();
    }

    private static RuntimeException chat(Gateway gateway) {
        try (CompletionStream stream = gateway.chat().stream(Chats.request(), Chats.correlation())) {
            Chunks.drain(stream);
            return null;
        } catch (RuntimeException failure) {
            return failure;
        }
    }

    private record FaultyUpstream(Upstream upstream, Faults faults) implements Upstream {
        @Override
        public CompletionStream open(ChatRequest request, Credential credential, Correlation correlation) {
            faults.maybeFail();
            return new FaultyStream(upstream.open(request, credential, correlation), faults);
        }
    }

    private record FaultyStream(CompletionStream stream, Faults faults) implements CompletionStream {
        @Override
        public Optional<ChatChunk> next() {
            faults.maybeFail();
            return stream.next();
        }

        @Override
        public void close() {
            stream.close();
            faults.maybeFail();
        }
    }
}
