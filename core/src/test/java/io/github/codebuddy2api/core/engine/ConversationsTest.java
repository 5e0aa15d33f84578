package io.github.codebuddy2api.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.RequestId;
import io.github.codebuddy2api.core.chat.ChatMessage;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.Role;
import io.github.codebuddy2api.core.credential.CredentialId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConversationsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final ChatMessage SYSTEM = ChatMessage.system("Be brief.");
    private static final ChatMessage ASKS = ChatMessage.user("canary-question");
    private static final ChatMessage ANSWER = ChatMessage.text(Role.ASSISTANT, "Seven.");
    private static final ChatMessage MORE = ChatMessage.user("And then?");

    private final Conversations conversations = new Conversations(new Random(1));

    private Conversation of(ChatMessage... messages) {
        return conversations.of(ChatRequest.of("m", messages), Correlation.of(new RequestId("r")));
    }

    private Conversation named(String name, ChatMessage... messages) {
        return conversations.of(ChatRequest.of("m", messages), new Correlation(new RequestId("r"), Map.of(), name));
    }

    private Conversation cached(String json) {
        ChatRequest request = new ChatRequest("m", List.of(ASKS), Map.of("prompt_cache_key", RawJson.of(json)));
        return conversations.of(request, Correlation.of(new RequestId("r")));
    }

    @Test
    void later_turns_are_of_the_conversation_that_began_like_this() {
        assertThat(of(SYSTEM, ASKS, ANSWER, MORE)).isEqualTo(of(SYSTEM, ASKS, ANSWER, MORE, ANSWER, MORE));
        assertThat(of(SYSTEM, ASKS, ANSWER, MORE).digest())
                .isEqualTo(of(SYSTEM, ASKS).digest());
        assertThat(of(SYSTEM, ASKS, ANSWER, MORE).digest())
                .isNotEqualTo(of(SYSTEM, MORE, ANSWER).digest());
        assertThat(of(SYSTEM, ASKS, ANSWER).digest())
                .isNotEqualTo(of(ASKS, ANSWER).digest());
    }

    @Test
    void only_a_name_tells_a_first_turn_from_others_that_begin_alike() {
        assertThat(of(SYSTEM, ASKS).underWay()).isFalse();
        assertThat(of(SYSTEM, ASKS, ANSWER, MORE).underWay()).isTrue();
        assertThat(named("s", ASKS).underWay()).isTrue();
        assertThat(cached("\"k\"").underWay()).isTrue();
    }

    @Test
    void the_callers_name_counts_most_then_the_cache_key() {
        assertThat(named("s", ASKS)).isEqualTo(named("s", MORE)).isNotEqualTo(named("t", ASKS));
        assertThat(cached("\"k\"")).isEqualTo(cached("\"k\"")).isNotEqualTo(cached("\"l\""));
        assertThat(cached("\"\"")).isEqualTo(cached("null")).isEqualTo(of(ASKS));
    }

    @Test
    void nothing_can_be_read_from_it() {
        Conversation other =
                new Conversations(new Random(2)).of(ChatRequest.of("m", ASKS), Correlation.of(new RequestId("r")));

        assertThat(of(ASKS).toString()).doesNotContain("canary").isNotEqualTo(other.toString());
    }

    @Test
    void without_words_of_a_person_it_is_none() {
        assertThat(of(SYSTEM)).isNull();
    }

    @Test
    void so_many_are_remembered_and_the_silent_ones_are_forgotten() {
        Homes homes = new Homes();
        Conversation first = new Conversation("first", true);
        homes.settle(first, new CredentialId("a"), NOW);
        for (int i = 0; i < Homes.MOST; i++) {
            homes.settle(new Conversation("c" + i, true), new CredentialId("b"), NOW);
        }

        assertThat(homes.size()).isEqualTo(Homes.MOST);
        assertThat(homes.of(first, NOW)).isEmpty();
        Conversation last = new Conversation("c" + (Homes.MOST - 1), true);
        assertThat(homes.of(last, NOW.plus(Homes.IDLE))).isPresent();
        assertThat(homes.of(last, NOW.plus(Homes.IDLE).plusMillis(1))).isEmpty();
    }
}
