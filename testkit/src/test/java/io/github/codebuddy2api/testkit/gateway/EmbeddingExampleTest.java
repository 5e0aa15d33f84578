package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChatCompletion;
import io.github.codebuddy2api.core.chat.ChatMessage;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.ChunkChoice;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.CredentialStore;
import io.github.codebuddy2api.core.spi.Upstream;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a person writes who embeds core and no other module; the README quotes the first test. */
class EmbeddingExampleTest {
    private final Upstream upstream = ScriptedUpstream.always(Script.text("Seven."));

    @Test
    void a_question_is_asked_and_answered() {
        // begin: README
        List<Credential> accounts = List.of(Credential.of("mine", "not-a-real-token"));
        CredentialStore store = () -> accounts;
        ChatRequest request = ChatRequest.of("glm-5.2", ChatMessage.user("Name one prime number."));

        try (Gateway gateway =
                Gateway.builder().upstream(upstream).credentials(store).build()) {
            ChatCompletion answer = gateway.complete(request);
            assertThat(answer.choices().get(0).message().content()).isEqualTo("Seven.");
        }
        // end: README
    }

    @Test
    void an_answer_is_read_while_it_comes() {
        CredentialStore store = storeOf(Credential.of("mine", "not-a-real-token"));
        ChatRequest request = ChatRequest.of("glm-5.2", ChatMessage.user("Name one prime number."));
        StringBuilder text = new StringBuilder();

        try (Gateway gateway =
                        Gateway.builder().upstream(upstream).credentials(store).build();
                CompletionStream stream = gateway.stream(request)) {
            for (Optional<ChatChunk> chunk = stream.next(); chunk.isPresent(); chunk = stream.next()) {
                for (ChunkChoice choice : chunk.get().choices()) {
                    text.append(Optional.ofNullable(choice.delta().content()).orElse(""));
                }
            }
        }

        assertThat(text).hasToString("Seven.");
    }

    @Test
    void a_gateway_that_has_nothing_to_do_unasked_starts_no_thread() {
        CredentialStore store = storeOf(Credential.of("mine", "not-a-real-token"));
        List<Thread> before = backgrounds();

        try (Gateway gateway =
                Gateway.builder().upstream(upstream).credentials(store).build()) {
            gateway.complete(ChatRequest.of("glm-5.2", ChatMessage.user("Name one prime number.")));

            assertThat(backgrounds()).isSubsetOf(before);
        }
    }

    private static List<Thread> backgrounds() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("gateway-background"))
                .toList();
    }

    private static CredentialStore storeOf(Credential... credentials) {
        List<Credential> all = List.of(credentials);
        return () -> all;
    }
}
