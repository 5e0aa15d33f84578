package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.GatewayException.UpstreamIncomplete;
import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChunkChoice;
import io.github.codebuddy2api.core.chat.Delta;
import io.github.codebuddy2api.core.chat.FinishReason;
import io.github.codebuddy2api.core.chat.Role;
import io.github.codebuddy2api.core.chat.ToolCallDelta;
import io.github.codebuddy2api.core.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnswerContractTest {
    private static final Envelope ENVELOPE = new Envelope("chatcmpl-1", 1_700_000_000, "glm-5.2");
    private static final ChatChunk STOP = ChatChunk.of(ChunkChoice.finished(FinishReason.STOP));

    private final AnswerContract contract = new AnswerContract(ENVELOPE, new Random(1));

    @Test
    void every_chunk_gets_the_same_envelope_whatever_the_upstream_wrote() {
        contract.accept(new ChatChunk("x", 1, "internal", choices(Delta.ofContent("a")), null, "fp"));
        contract.accept(new ChatChunk("y", 2, "", choices(Delta.ofContent("b")), null, null));
        contract.accept(STOP);

        assertThat(out()).allSatisfy(chunk -> {
            assertThat(chunk.id()).isEqualTo("chatcmpl-1");
            assertThat(chunk.created()).isEqualTo(1_700_000_000);
            assertThat(chunk.model()).isEqualTo("glm-5.2");
        });
    }

    @Test
    void the_role_comes_once_with_the_first_words() {
        contract.accept(ChatChunk.of(ChunkChoice.of(Delta.EMPTY.withRole(Role.ASSISTANT))));
        contract.accept(ChatChunk.of(ChunkChoice.of(Delta.ofContent("a").withRole(Role.ASSISTANT))));
        contract.accept(ChatChunk.of(ChunkChoice.of(Delta.ofContent("b").withRole(Role.ASSISTANT))));
        contract.accept(STOP);

        assertThat(deltas())
                .containsExactly(Delta.ofContent("a").withRole(Role.ASSISTANT), Delta.ofContent("b"), Delta.EMPTY);
    }

    @Test
    void an_answer_without_words_has_its_role_on_the_finish() {
        contract.accept(STOP);

        assertThat(deltas()).containsExactly(Delta.EMPTY.withRole(Role.ASSISTANT));
    }

    @Test
    void reasoning_and_content_in_one_delta_are_split_reasoning_first() {
        contract.accept(ChatChunk.of(ChunkChoice.of(new Delta(null, "so", "hm", null, List.of()))));

        assertThat(deltas()).containsExactly(Delta.ofReasoning("hm").withRole(Role.ASSISTANT), Delta.ofContent("so"));
    }

    @Test
    void a_finish_reason_comes_once_on_a_chunk_of_its_own_and_nothing_follows() {
        contract.accept(ChatChunk.of(new ChunkChoice(0, Delta.ofContent("a"), FinishReason.STOP, null)));
        contract.accept(ChatChunk.of(ChunkChoice.of(Delta.ofContent("too late"))));
        contract.accept(ChatChunk.of(ChunkChoice.finished(FinishReason.LENGTH)));

        List<ChatChunk> out = out();
        assertThat(out).hasSize(2);
        assertThat(out.get(0).choices().get(0).finishReason()).isNull();
        assertThat(out.get(1).choices()).containsExactly(ChunkChoice.finished(FinishReason.STOP));
    }

    @Test
    void the_last_usage_comes_last_and_alone() {
        ChatChunk withUsage = new ChatChunk("", 0, "", choices(Delta.ofContent("a")), Usage.of(1, 1), null);
        contract.accept(withUsage);
        contract.accept(STOP);
        contract.accept(ChatChunk.ofUsage(Usage.of(5, 2)));
        contract.end();

        List<ChatChunk> out = out();
        assertThat(out.stream().map(ChatChunk::usage)).containsExactly(null, null, Usage.of(5, 2));
        assertThat(out.get(2).choices()).isEmpty();
    }

    @Test
    void without_usage_there_is_no_chunk_for_it() {
        contract.accept(STOP);
        contract.end();

        assertThat(out()).hasSize(1);
    }

    @Test
    void a_tool_turn_that_says_stop_has_called_tools() {
        contract.accept(toolCall(new ToolCallDelta(0, "call_1", "sum", "{}")));
        contract.accept(STOP);

        assertThat(lastFinishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void missing_closers_come_before_the_finish() {
        contract.accept(toolCall(new ToolCallDelta(0, "call_1", "sum", "{\"a\":1")));
        contract.accept(ChatChunk.of(ChunkChoice.finished(FinishReason.TOOL_CALLS)));

        List<Delta> deltas = deltas();
        assertThat(deltas).hasSize(3);
        assertThat(deltas.get(1)).isEqualTo(Delta.ofToolCalls(new ToolCallDelta(0, null, null, "}")));
        assertThat(deltas.get(2)).isEqualTo(Delta.EMPTY);
    }

    @Test
    void an_answer_cut_by_its_length_is_not_repaired_and_says_so() {
        contract.accept(toolCall(new ToolCallDelta(0, "call_1", "sum", "{\"a\":1")));
        contract.accept(ChatChunk.of(ChunkChoice.finished(FinishReason.LENGTH)));

        List<ChatChunk> out = out();
        assertThat(out).hasSize(2);
        assertThat(out.get(1).choices().get(0).finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void a_finish_reason_we_do_not_know_is_handed_on() {
        contract.accept(ChatChunk.of(ChunkChoice.finished(new FinishReason("pause_turn"))));

        assertThat(lastFinishReason()).isEqualTo(new FinishReason("pause_turn"));
    }

    @Test
    void an_end_before_the_finish_is_incomplete() {
        contract.accept(ChatChunk.of(ChunkChoice.of(Delta.ofContent("a"))));

        assertThatThrownBy(contract::end).isInstanceOf(UpstreamIncomplete.class);
    }

    @Test
    void an_end_without_any_choice_is_incomplete() {
        contract.accept(ChatChunk.ofUsage(Usage.of(1, 1)));

        assertThatThrownBy(contract::end).isInstanceOf(UpstreamIncomplete.class);
    }

    @Test
    void each_choice_must_finish_and_has_a_role_of_its_own() {
        contract.accept(ChatChunk.of(new ChunkChoice(0, Delta.ofContent("a"), FinishReason.STOP, null)));
        contract.accept(ChatChunk.of(new ChunkChoice(1, Delta.ofContent("b"), null, null)));

        assertThat(contract.isFinished()).isFalse();
        assertThatThrownBy(contract::end).isInstanceOf(UpstreamIncomplete.class);
        assertThat(deltas().stream().map(Delta::role)).containsExactly(Role.ASSISTANT, null, Role.ASSISTANT);
    }

    @Test
    void more_choices_than_an_answer_has_are_refused() {
        for (int i = 0; i < AnswerContract.MAX_CHOICES; i++) {
            contract.accept(ChatChunk.of(new ChunkChoice(i, Delta.ofContent("a"), null, null)));
        }

        ChunkChoice oneMore = new ChunkChoice(AnswerContract.MAX_CHOICES, Delta.ofContent("a"), null, null);
        assertThatThrownBy(() -> contract.accept(ChatChunk.of(oneMore))).isInstanceOf(UpstreamGarbled.class);
    }

    @Test
    void log_probabilities_and_fingerprint_are_carried() {
        RawJson logprobs = RawJson.of("{\"content\":[]}");
        ChunkChoice choice = new ChunkChoice(0, Delta.ofContent("a"), null, logprobs);
        contract.accept(new ChatChunk("", 0, "", List.of(choice), null, "fp_1"));

        ChatChunk chunk = out().get(0);
        assertThat(chunk.systemFingerprint()).isEqualTo("fp_1");
        assertThat(chunk.choices().get(0).logprobs()).isEqualTo(logprobs);
    }

    private List<ChatChunk> out() {
        List<ChatChunk> out = new ArrayList<>();
        for (ChatChunk chunk = contract.poll(); chunk != null; chunk = contract.poll()) {
            out.add(chunk);
        }
        return out;
    }

    private List<Delta> deltas() {
        return out().stream()
                .flatMap(chunk -> chunk.choices().stream())
                .map(ChunkChoice::delta)
                .toList();
    }

    private FinishReason lastFinishReason() {
        List<ChatChunk> out = out();
        return out.get(out.size() - 1).choices().get(0).finishReason();
    }

    private static ChatChunk toolCall(ToolCallDelta call) {
        return ChatChunk.of(ChunkChoice.of(Delta.ofToolCalls(call)));
    }

    private static List<ChunkChoice> choices(Delta delta) {
        return List.of(ChunkChoice.of(delta));
    }
}
