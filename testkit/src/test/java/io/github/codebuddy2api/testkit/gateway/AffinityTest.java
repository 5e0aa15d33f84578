package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.GatewayEvent.CredentialsConsidered;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.LimitScope;
import io.github.codebuddy2api.core.GatewayException.QuotaExhausted;
import io.github.codebuddy2api.core.GatewayException.RateLimited;
import io.github.codebuddy2api.core.RequestId;
import io.github.codebuddy2api.core.chat.ChatMessage;
import io.github.codebuddy2api.core.chat.ChatRequest;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.chat.Role;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.Sharing;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A conversation stays with the credential that answered it, as long as that can serve it. */
class AffinityTest {
    private static final ChatRequest FIRST = ChatRequest.of(Chats.MODEL, ChatMessage.user("Begin."));
    private static final ChatRequest LATER = ChatRequest.of(
            Chats.MODEL,
            ChatMessage.user("Begin."),
            ChatMessage.text(Role.ASSISTANT, "Seven."),
            ChatMessage.user("Go on."));

    /** What the credential "a" fails with; the others answer. */
    private final AtomicReference<GatewayException> trouble = new AtomicReference<>();

    private final Bench bench = new Bench(
            ScriptedUpstream.choosing(call -> {
                GatewayException failure = trouble.get();
                return failure != null && call.credential().id().value().equals("a")
                        ? Script.refuses(failure)
                        : Script.text("Seven.");
            }),
            "a",
            "b",
            "c");

    private void ask(ChatRequest request, String conversation) {
        Correlation correlation = new Correlation(new RequestId("r"), Map.of(), conversation);
        try (CompletionStream stream = bench.gateway.chat().stream(request, correlation)) {
            Chunks.drain(stream);
        }
    }

    private void named(String... conversations) {
        for (String conversation : conversations) {
            ask(FIRST, conversation);
        }
    }

    @Test
    void named_ones_stay_while_those_without_a_name_take_turns() {
        named("x", "y", "x", "x", "y", "z", "z", "x");
        bench.chats(3);

        assertThat(bench.used()).isEqualTo("abaabccaabc");
    }

    @Test
    void one_without_a_name_is_known_by_how_it_began_from_its_second_turn_on() {
        ask(FIRST, null);
        bench.chat();
        ask(LATER, null);
        ask(LATER, null);
        ask(FIRST, null);

        assertThat(bench.used()).isEqualTo("abaac");
    }

    @Test
    void it_comes_back_after_a_limit_that_passes() {
        named("x");
        trouble.set(new RateLimited(LimitScope.CREDENTIAL, Duration.ofSeconds(30), "Too many."));
        named("x", "x");
        trouble.set(null);
        bench.time.advance(Duration.ofSeconds(31));
        named("x", "x");

        assertThat(bench.used()).startsWith("aa").endsWith("aa");
        assertThat(bench.used().substring(2, 4)).doesNotContain("a");
    }

    @Test
    void it_moves_for_good_when_its_own_has_no_credits_left() {
        named("x");
        trouble.set(new QuotaExhausted(Duration.ofSeconds(30), "None left."));
        named("x");
        trouble.set(null);
        bench.time.advance(Duration.ofSeconds(31));
        named("x", "x");

        assertThat(bench.used()).isEqualTo("aabbb");
    }

    @Test
    void it_moves_for_good_when_its_own_is_switched_off_or_gone() {
        named("x");
        bench.gateway.credentials().enable(new CredentialId("a"), false);
        named("x");
        bench.gateway.credentials().enable(new CredentialId("a"), true);
        named("x", "x");

        assertThat(bench.used()).isEqualTo("abbb");
    }

    @Test
    void it_belongs_to_the_first_that_answers() {
        trouble.set(new RateLimited(LimitScope.CREDENTIAL, Duration.ofSeconds(30), "Too many."));
        named("x");
        trouble.set(null);
        bench.time.advance(Duration.ofSeconds(31));
        named("x", "x");

        assertThat(bench.used()).isEqualTo("abbb");
    }

    @Test
    void a_pinned_one_serves_it_meanwhile() {
        named("x");
        bench.gateway.credentials().pin(new CredentialId("c"));
        named("x");
        bench.gateway.credentials().unpin();
        named("x");

        assertThat(bench.used()).isEqualTo("aca");
    }

    @Test
    void it_can_be_switched_off() {
        bench.settings = GatewaySettings.DEFAULT.with(new Sharing(false, 0, 64, Duration.ofSeconds(5)));

        named("x", "x", "x");

        assertThat(bench.used()).isEqualTo("abc");
    }

    @Test
    void why_it_was_chosen_is_told() {
        named("x", "x");

        assertThat(bench.listener.events(CredentialsConsidered.class)).last().satisfies(look -> {
            assertThat(look.chosen()).contains(new CredentialId("a"));
            assertThat(look.considered())
                    .extracting(it -> it.credential() + " " + it.standing())
                    .containsExactly("a CHOSEN_FOR_CONVERSATION", "b READY", "c READY");
        });
    }
}
