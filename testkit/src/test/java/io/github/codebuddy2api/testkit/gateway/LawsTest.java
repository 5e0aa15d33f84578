package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.chat.AssistantMessage;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChatCompletion;
import io.github.codebuddy2api.core.chat.ChunkChoice;
import io.github.codebuddy2api.core.chat.CompletionAggregator;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.chat.Role;
import io.github.codebuddy2api.core.chat.ToolCallDelta;
import io.github.codebuddy2api.core.spi.Upstream;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every answer, tried with answers made up from a seed. */
class LawsTest {
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void how_an_answer_is_cut_into_pieces_never_changes_the_whole(long seed) {
        RandomAnswer answer = new RandomAnswer(seed);

        ChatCompletion one = complete(upstream(answer.told(new Random(seed))));
        ChatCompletion other = complete(upstream(answer.told(new Random(~seed))));

        assertThat(one).isEqualTo(other);
        assertThat(one.choices().get(0).message().content()).isEqualTo(answer.content());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_gateway_behind_a_gateway_changes_nothing_more(long seed) {
        Upstream upstream = upstream(new RandomAnswer(seed).told(new Random(seed)));
        Upstream gateway = (request, credential, correlation) -> gateway(upstream).chat().stream(request, correlation);

        assertThat(stream(gateway)).isEqualTo(stream(upstream));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_fold_of_the_stream_is_the_whole_answer(long seed) {
        Upstream upstream = upstream(new RandomAnswer(seed).told(new Random(seed)));
        CompletionAggregator aggregator = new CompletionAggregator();

        stream(upstream).forEach(aggregator::add);

        assertThat(aggregator.completion()).isEqualTo(complete(upstream));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void every_stream_is_well_formed(long seed) {
        List<ChatChunk> chunks = stream(upstream(new RandomAnswer(seed).told(new Random(seed))));

        List<ChunkChoice> choices =
                chunks.stream().flatMap(chunk -> chunk.choices().stream()).toList();
        assertThat(chunks.stream().map(ChatChunk::id).distinct()).hasSize(1).allMatch(id -> id.startsWith("chatcmpl-"));
        assertThat(chunks.stream().map(ChatChunk::created).distinct())
                .containsExactly(ManualTime.START.getEpochSecond());
        assertThat(chunks.stream().map(ChatChunk::model).distinct()).containsExactly(Chats.MODEL);
        assertThat(choices.get(0).delta().role()).isEqualTo(Role.ASSISTANT);
        assertThat(choices.stream().skip(1)).allMatch(choice -> choice.delta().role() == null);
        assertThat(choices.stream().filter(choice -> choice.delta().isEmpty())).hasSize(1);
        assertThat(choices.stream().filter(choice -> choice.finishReason() != null))
                .hasSize(1);
        assertThat(choices.get(choices.size() - 1).finishReason()).isNotNull();
        assertThat(chunks.stream().limit(chunks.size() - 1)).allMatch(chunk -> chunk.usage() == null);
        assertThat(chunks)
                .allMatch(chunk -> chunk.usage() != null == chunk.choices().isEmpty());
        assertThatToolCallsAreWellFormed(choices);
    }

    private static void assertThatToolCallsAreWellFormed(List<ChunkChoice> choices) {
        List<Integer> begun = new ArrayList<>();
        for (ChunkChoice choice : choices) {
            for (ToolCallDelta call : choice.delta().toolCalls()) {
                boolean first = !begun.contains(call.index());
                assertThat(call.id() != null).isEqualTo(first);
                assertThat(call.name() != null).isEqualTo(first);
                if (first) {
                    assertThat(call.index()).isEqualTo(begun.size());
                    assertThat(call.id()).startsWith("call_");
                    begun.add(call.index());
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void no_character_of_a_tool_call_is_lost_or_changed(long seed) {
        RandomAnswer answer = new RandomAnswer(seed);
        CompletionAggregator asTheUpstreamSaidIt = new CompletionAggregator();
        answer.told(new Random(seed)).stream()
                .takeWhile(chunk ->
                        chunk.choices().isEmpty() || chunk.choices().get(0).finishReason() == null)
                .forEach(asTheUpstreamSaidIt::add);
        asTheUpstreamSaidIt.add(Chunks.stop());
        AssistantMessage said =
                asTheUpstreamSaidIt.completion().choices().get(0).message();

        AssistantMessage handedOn = complete(upstream(answer.told(new Random(seed))))
                .choices()
                .get(0)
                .message();

        assertThat(handedOn.toolCalls()).hasSameSizeAs(said.toolCalls());
        for (int i = 0; i < said.toolCalls().size(); i++) {
            assertThat(handedOn.toolCalls().get(i).arguments())
                    .startsWith(said.toolCalls().get(i).arguments());
            assertThat(handedOn.toolCalls().get(i).name())
                    .isEqualTo(said.toolCalls().get(i).name());
        }
    }

    private static Upstream upstream(List<ChatChunk> chunks) {
        return ScriptedUpstream.always(Script.says(chunks.toArray(ChatChunk[]::new)));
    }

    private static Gateway gateway(Upstream upstream) {
        return Gateway.builder()
                .upstream(upstream)
                .credentials(InMemoryCredentialStore.of(Credentials.named("a")))
                .time(new ManualTime())
                .random(new Random(1))
                .build();
    }

    private static ChatCompletion complete(Upstream upstream) {
        return gateway(upstream).chat().complete(Chats.request(), Chats.correlation());
    }

    private static List<ChatChunk> stream(Upstream upstream) {
        try (CompletionStream stream = gateway(upstream).chat().stream(Chats.request(), Chats.correlation())) {
            return Chunks.drain(stream);
        }
    }
}
