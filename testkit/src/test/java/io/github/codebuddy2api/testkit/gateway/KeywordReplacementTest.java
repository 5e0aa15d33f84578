package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.UpstreamIncomplete;
import io.github.codebuddy2api.core.GatewayException.UpstreamUnavailable;
import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.chat.AssistantMessage;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChatCompletion;
import io.github.codebuddy2api.core.chat.ChatMessage;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.ChunkChoice;
import io.github.codebuddy2api.core.chat.CompletionAggregator;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.chat.Delta;
import io.github.codebuddy2api.core.chat.FinishReason;
import io.github.codebuddy2api.core.chat.Role;
import io.github.codebuddy2api.core.chat.ToolCall;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.KeywordReplacement;
import io.github.codebuddy2api.core.settings.KeywordReplacement.Rule;
import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keyword replacement as a caller sees it. */
class KeywordReplacementTest {
    private static final GatewaySettings ON = GatewaySettings.DEFAULT.with(new KeywordReplacement(
            true,
            List.of(
                    new Rule("Claude Code", "CodeBuddy Code"),
                    new Rule("Claude", "CodeBuddy"),
                    new Rule("Anthropic", "Tencent"))));

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    private static Bench bench(Script script) {
        Bench bench = new Bench(ScriptedUpstream.always(script), "a", "b");
        bench.settings = ON;
        return bench;
    }

    private static Bench says(ChatChunk... chunks) {
        return bench(Script.says(chunks));
    }

    private static List<ChatChunk> drained(Bench bench) {
        try (CompletionStream stream = bench.stream()) {
            return Chunks.drain(stream);
        }
    }

    private static List<Delta> deltas(Bench bench) {
        return drained(bench).stream()
                .flatMap(chunk -> chunk.choices().stream())
                .map(ChunkChoice::delta)
                .toList();
    }

    private static ChatCompletion completion(Bench bench) {
        return bench.gateway.chat().complete(Chats.request(), Chats.correlation());
    }

    private static AssistantMessage message(Bench bench) {
        return completion(bench).choices().getFirst().message();
    }

    @Test
    void a_whole_answer_is_read_in_other_words() {
        Bench bench = bench(Script.text("I am Claude Code by Anthropic, not `Claude`."));

        assertThat(message(bench).content()).isEqualTo("I am CodeBuddy Code by Tencent, not `Claude`.");
    }

    @Test
    void a_name_in_three_chunks_is_found_and_the_role_comes_with_the_first_words() {
        Bench bench = says(Chunks.content("Cla"), Chunks.content("ude Co"), Chunks.content("de."), Chunks.stop());

        assertThat(deltas(bench))
                .containsExactly(Delta.ofContent("CodeBuddy Code.").withRole(Role.ASSISTANT), Delta.EMPTY);
    }

    @Test
    void what_is_kept_back_comes_before_the_finish_on_a_chunk_of_its_own() {
        Bench bench = says(Chunks.content("by Claude"), Chunks.stop(), Chunks.usage(3, 2));

        List<ChatChunk> chunks = drained(bench);
        assertThat(chunks).hasSize(4);
        assertThat(chunks.get(0).choices().getFirst().delta().content()).isEqualTo("by ");
        assertThat(chunks.get(1).choices().getFirst().delta().content()).isEqualTo("CodeBuddy");
        assertThat(chunks.get(1).choices().getFirst().finishReason()).isNull();
        assertThat(chunks.get(2).choices()).containsExactly(ChunkChoice.finished(FinishReason.STOP));
        assertThat(chunks.get(3).usage()).isNotNull();
    }

    @Test
    void words_in_the_chunk_with_the_finish_reason_are_whole() {
        Bench bench = says(
                Chunks.content("Claude"),
                ChatChunk.of(new ChunkChoice(0, Delta.ofContent(" Cla"), FinishReason.LENGTH, null)));

        assertThat(message(bench).content()).isEqualTo("CodeBuddy Cla");
    }

    @Test
    void reasoning_content_and_refusal_are_each_a_text_and_end_where_the_next_begins() {
        Bench bench = says(
                Chunks.reasoning("`Claude"),
                Chunks.content("` Anthropic"),
                Chunks.reasoning("Cla"),
                Chunks.content("ude"),
                ChatChunk.of(ChunkChoice.of(new Delta(null, null, null, "not Claude", List.of()))),
                Chunks.stop());

        assertThat(deltas(bench))
                .containsExactly(
                        Delta.ofReasoning("`").withRole(Role.ASSISTANT),
                        Delta.ofReasoning("CodeBuddy"),
                        Delta.ofContent("` Tencent"),
                        Delta.ofReasoning("Cla"),
                        Delta.ofContent("ude"),
                        new Delta(null, null, null, "not ", List.of()),
                        new Delta(null, null, null, "CodeBuddy", List.of()),
                        Delta.EMPTY);
    }

    @Test
    void tool_calls_keep_every_character_and_come_after_the_words_before_them() {
        Bench bench = says(
                Chunks.content("Ask Claude"),
                Chunks.toolCall(0, "call_Claude", "Claude", "{\"Claude\":\"Anth"),
                Chunks.arguments(0, "ropic\"}"),
                Chunks.finish(FinishReason.TOOL_CALLS));

        List<Delta> deltas = deltas(bench);
        assertThat(deltas.get(1).content()).isEqualTo("CodeBuddy");
        assertThat(deltas.stream().filter(delta -> delta.content() != null)).hasSize(2);
        assertThat(message(bench).toolCalls())
                .containsExactly(new ToolCall("call_Claude", "Claude", "{\"Claude\":\"Anthropic\"}"));
    }

    @Test
    void the_model_log_probabilities_the_usage_and_the_request_are_left_alone() {
        RawJson logprobs = RawJson.of("{\"content\":[{\"token\":\"Claude\"}]}");
        ChunkChoice last = new ChunkChoice(0, Delta.ofContent("Claude"), FinishReason.STOP, logprobs);
        Bench bench = says(ChatChunk.of(last), Chunks.usage(3, 2));
        ChatRequest request = ChatRequest.of("Claude", ChatMessage.user("Are you Claude by Anthropic?"));

        ChatCompletion completion = bench.gateway.chat().complete(request, Chats.correlation());

        assertThat(completion.model()).isEqualTo("Claude");
        assertThat(completion.choices().getFirst().logprobs()).isEqualTo(logprobs);
        assertThat(completion.choices().getFirst().message().content()).isEqualTo("CodeBuddy");
        assertThat(completion.usage()).isNotNull();
        assertThat(bench.upstream.calls().getFirst().request()).isSameAs(request);
    }

    @Test
    void each_choice_is_a_text_of_its_own() {
        Bench bench = says(
                ChatChunk.of(new ChunkChoice(0, Delta.ofContent("Cla"), null, null)),
                ChatChunk.of(new ChunkChoice(1, Delta.ofContent("Anth"), null, null)),
                ChatChunk.of(new ChunkChoice(0, Delta.ofContent("ude"), FinishReason.STOP, null)),
                ChatChunk.of(new ChunkChoice(1, Delta.ofContent("ropic"), FinishReason.STOP, null)));

        assertThat(completion(bench).choices())
                .extracting(choice -> choice.message().content())
                .containsExactly("CodeBuddy", "Tencent");
    }

    @Test
    void what_was_said_before_an_answer_breaks_off_is_handed_out_first() {
        UpstreamUnavailable broken =
                new UpstreamUnavailable(UpstreamUnavailable.Reason.BROKEN, null, "The connection broke.", null);
        Bench bench = bench(Script.says(Chunks.content("Hello `Claude")).thenFails(broken));

        try (CompletionStream stream = bench.stream()) {
            List<ChatChunk> heard = new ArrayList<>();
            assertThatThrownBy(() -> {
                        for (Optional<ChatChunk> c = stream.next(); c.isPresent(); c = stream.next()) {
                            heard.add(c.get());
                        }
                    })
                    .isSameAs(broken);
            assertThat(Chunks.text(heard)).isEqualTo("Hello `CodeBuddy");
            assertThatThrownBy(stream::next).isSameAs(broken);
        }
        assertThat(bench.upstream.calls()).hasSize(1);
    }

    @Test
    void words_that_were_kept_back_count_as_the_first_ones_and_are_never_asked_for_twice() {
        Bench bench = says(Chunks.content("Claude"));

        try (CompletionStream stream = bench.stream()) {
            assertThat(stream.next().orElseThrow().choices().getFirst().delta().content())
                    .isEqualTo("CodeBuddy");
            assertThat(stream.ready()).isTrue();
            assertThatThrownBy(stream::next).isInstanceOf(UpstreamIncomplete.class);
        }
        assertThat(bench.upstream.calls()).hasSize(1);
    }

    @Test
    void a_writer_is_not_told_that_something_is_ready_when_all_of_it_is_kept_back() {
        Gate gate = Gate.shut();
        Bench bench = bench(Script.says(Chunks.content("Hello "), Chunks.content("Cla"), Chunks.content("ude"))
                .thenAwaits(gate)
                .thenSays(Chunks.content("!"), Chunks.stop()));

        try (CompletionStream stream = bench.stream()) {
            assertThat(Chunks.text(List.of(stream.next().orElseThrow()))).isEqualTo("Hello ");
            assertThat(stream.ready()).isFalse();
            gate.open();
            assertThat(Chunks.text(Chunks.drain(stream))).isEqualTo("CodeBuddy!");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Cla"})
    void a_failure_found_while_looking_ahead_is_told_after_the_words_before_it(String words) {
        Bench bench = says(Chunks.content("Hello."), Chunks.content(words), ChatChunk.of(manyChoices()));
        List<ChatChunk> heard = new ArrayList<>();

        try (CompletionStream stream = bench.stream()) {
            heard.add(stream.next().orElseThrow());
            assertThatThrownBy(() -> {
                        while (stream.ready()) {
                            heard.add(stream.next().orElseThrow());
                        }
                    })
                    .isInstanceOf(GatewayException.UpstreamGarbled.class);
        }
        assertThat(Chunks.text(heard)).isEqualTo("Hello." + words);
    }

    private static ChunkChoice[] manyChoices() {
        ChunkChoice[] choices = new ChunkChoice[200];
        for (int i = 0; i < choices.length; i++) {
            choices[i] = new ChunkChoice(i, Delta.EMPTY, null, null);
        }
        return choices;
    }

    @Test
    void an_answer_keeps_the_rules_with_which_it_began_and_the_next_one_has_the_new() {
        Bench bench = says(Chunks.content("Claude, "), Chunks.content("Claude"), Chunks.stop());

        try (CompletionStream stream = bench.stream()) {
            bench.settings =
                    GatewaySettings.DEFAULT.with(new KeywordReplacement(true, List.of(new Rule("Claude", "Nobody"))));
            assertThat(Chunks.text(Chunks.drain(stream))).isEqualTo("CodeBuddy, CodeBuddy");
        }
        assertThat(message(bench).content()).isEqualTo("Nobody, Nobody");
        bench.settings = GatewaySettings.DEFAULT.with(
                new KeywordReplacement(false, ON.keywordReplacement().rules()));
        assertThat(message(bench).content()).isEqualTo("Claude, Claude");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void an_answer_without_keywords_is_the_same_with_and_without_the_rules(long seed) {
        List<ChatChunk> told = new RandomAnswer(seed).told(new Random(seed));
        Bench on = says(told.toArray(ChatChunk[]::new));
        Bench off = says(told.toArray(ChatChunk[]::new));
        off.settings = GatewaySettings.DEFAULT;

        assertThat(completion(on)).isEqualTo(completion(off));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_fold_of_the_stream_is_the_whole_answer_whatever_its_pieces(long seed) {
        String text = "I am Claude Code, `Claude`, ```x Claude\n```\nof Claude\n```\nClaude\n```\nby Anthropic: Claude";
        Random random = new Random(seed);
        List<ChatChunk> chunks = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int end = Math.min(text.length(), start + random.nextInt(1, 9));
            chunks.add(Chunks.content(text.substring(start, end)));
            start = end;
        }
        chunks.add(Chunks.stop());
        Bench bench = says(chunks.toArray(ChatChunk[]::new));
        CompletionAggregator aggregator = new CompletionAggregator();

        drained(bench).forEach(aggregator::add);

        assertThat(aggregator.completion().choices().getFirst().message()).isEqualTo(message(bench));
        assertThat(message(bench).content())
                .isEqualTo("I am CodeBuddy Code, `Claude`, ```x CodeBuddy\n```\nof Claude\n```\nCodeBuddy\n```\n"
                        + "by Anthropic: Claude");
    }
}
