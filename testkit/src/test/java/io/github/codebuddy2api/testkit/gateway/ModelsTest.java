package io.github.codebuddy2api.testkit.gateway;

import static io.github.codebuddy2api.testkit.gateway.FullBench.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.GatewayEvent.AnswerEnded;
import io.github.codebuddy2api.core.GatewayEvent.ModelsUnknown;
import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.catalog.Model.Ability;
import io.github.codebuddy2api.core.catalog.Model.Limits;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.ModelOffer;
import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.InMemoryUsageStore;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ModelsTest {
    private static final Model GLM = new Model(
            "glm-5.2", "GLM-5.2", new Limits(1_000_000, 48_000), Set.of(Ability.TOOLS), new BigDecimal("0.79"), null);

    @AutoClose
    private final Benches benches = new Benches();

    private final FullBench bench = benches.full("a", "b");

    @Test
    void without_a_credential_the_fallback_is_listed_and_nobody_is_asked() {
        FullBench empty = benches.full();
        empty.settings = offer(List.of("mine", "*"), List.of("auto", "glm-5.2"), Map.of());

        assertThat(ids(empty)).containsExactly("mine", "auto", "glm-5.2");
        assertThat(empty.models.asked()).isEmpty();
    }

    @Test
    void everything_is_what_the_accounts_offer_together_and_who_is_first_seen_is_first() {
        FullBench two = benches.full(
                ScriptedUpstream.always(Script.text("Seven.")),
                InMemoryCredentialStore.of(Credentials.named("a", "b")),
                InMemoryUsageStore.of());
        two.models.nowChooses(credential -> credential.id().equals(new CredentialId("a"))
                ? List.of(GLM, new Model("auto"))
                : List.of(new Model("kimi"), new Model("glm-5.2"), new Model("hy3")));
        two.settings = offer(List.of("*"), List.of("unused"), Map.of());

        assertThat(ids(two)).containsExactly("glm-5.2", "auto", "kimi", "hy3");
        assertThat(two.gateway.models().list().get(0)).isEqualTo(GLM);
    }

    @Test
    void the_owners_list_keeps_its_order_and_is_enriched() {
        bench.models.nowAnswers(List.of(new Model("auto"), GLM));
        bench.settings = offer(List.of("invented", "glm-5.2"), List.of(), Map.of());

        assertThat(bench.gateway.models().list()).containsExactly(new Model("invented"), GLM);
    }

    @Test
    void everything_stands_where_the_owner_put_it_and_repeats_nothing() {
        bench.models.nowAnswers(List.of(new Model("auto"), GLM, new Model("hy3")));
        bench.settings = offer(List.of("hy3", "*", "auto", "last"), List.of(), Map.of());

        assertThat(ids(bench)).containsExactly("hy3", "auto", "glm-5.2", "last");
    }

    @Test
    void an_alias_is_listed_with_what_is_known_of_its_model() {
        bench.models.nowAnswers(List.of(GLM));
        bench.settings = offer(List.of("zed", "*"), List.of(), Map.of("fast", "glm-5.2", "zed", "glm-5.2", "b", "no"));

        assertThat(bench.gateway.models().list())
                .containsExactly(GLM.as("zed"), GLM, new Model("no").as("b"), GLM.as("fast"));
    }

    @Test
    void what_is_known_is_good_for_ten_minutes_and_then_told_once_more() {
        bench.models.nowAnswers(List.of(GLM));
        ids(bench);
        bench.time.advance(Duration.ofMinutes(10).minusNanos(1));
        ids(bench);
        assertThat(bench.models.asked()).containsExactlyInAnyOrder("a", "b");
        Gate gate = Gate.shut();
        bench.models.nowWaitsAt(gate);
        bench.time.advance(Duration.ofNanos(1));

        assertThat(ids(bench)).containsExactly("glm-5.2");

        gate.awaitArrival();
        bench.gateway.close();
    }

    @Test
    void an_upstream_that_cannot_tell_is_left_alone_for_a_minute_and_the_fallback_listed() {
        bench.models.nowFails(trouble());
        bench.settings = offer(List.of("*"), List.of("auto"), Map.of());

        assertThat(ids(bench)).containsExactly("auto");
        assertThat(ids(bench)).containsExactly("auto");

        assertThat(bench.models.asked()).containsExactlyInAnyOrder("a", "b");
        assertThat(bench.listener.events())
                .containsExactlyInAnyOrder(
                        new ModelsUnknown(new CredentialId("a"), "upstream_error"),
                        new ModelsUnknown(new CredentialId("b"), "upstream_error"));
    }

    @Test
    void what_was_known_outlives_an_upstream_that_cannot_tell() {
        FullBench one = benches.full("a");
        one.models.nowAnswers(List.of(GLM));
        one.settings = offer(List.of("*"), List.of("auto"), Map.of());
        ids(one);
        one.models.nowFails(trouble());
        one.time.advance(Duration.ofMinutes(10));
        ids(one);
        one.listener.await(ModelsUnknown.class, 1);

        assertThat(ids(one)).containsExactly("glm-5.2");
    }

    @Test
    void a_list_waits_three_seconds_for_the_first_answer_and_never_again() {
        FullBench slow = benches.full("a");
        slow.models.nowAnswers(List.of(GLM));
        slow.settings = offer(List.of("*"), List.of("auto"), Map.of());
        Gate gate = Gate.shut();
        slow.models.nowWaitsAt(gate);
        slow.time.awaitWaiters(1); // The background thread.
        OtherThread<List<String>> first = OtherThread.start(() -> ids(slow));
        gate.awaitArrival();
        slow.time.awaitWaiters(2);

        slow.time.advance(Duration.ofSeconds(3));

        assertThat(first.result()).containsExactly("auto");
        assertThat(ids(slow)).containsExactly("auto");
        gate.open();
        assertThat(slow.gateway.accounts().models(new CredentialId("a"))).containsExactly(GLM);
        assertThat(ids(slow)).containsExactly("glm-5.2");
        assertThat(slow.models.asked()).hasSize(1);
    }

    @Test
    void a_question_in_the_background_does_not_outlive_the_gateway() {
        FullBench slow = benches.full("a");
        Gate gate = Gate.shut();
        slow.models.nowWaitsAt(gate);
        OtherThread<List<String>> list = OtherThread.start(() -> ids(slow));
        gate.awaitArrival();

        slow.gateway.close();

        assertThat(list.result()).isEmpty();
    }

    @Test
    void a_credential_that_was_switched_off_offers_nothing() {
        bench.models.nowChooses(credential -> List.of(new Model("of-" + credential.id())));
        bench.gateway.credentials().enable(new CredentialId("a"), false);

        assertThat(ids(bench)).containsExactly("of-b");
    }

    @Test
    void another_token_is_asked_about_anew() {
        FullBench one = benches.full("a");
        one.models.nowAnswers(List.of(new Model("old")));
        ids(one);
        one.store.replace(Credentials.refreshed(Credentials.of("a")));
        one.models.nowAnswers(List.of(new Model("new")));

        assertThat(ids(one)).containsExactly("new");
    }

    @Test
    void an_expired_credential_is_not_asked_about() {
        FullBench one = benches.full();
        one.store.replace(Credentials.expiring("x", ManualTime.START), Credentials.of("a"));
        ids(one);

        assertThat(one.models.asked()).containsExactly("a");
    }

    @Test
    void many_who_list_at_once_make_one_question_per_credential() {
        bench.models.nowAnswers(List.of(GLM));
        Gate gate = Gate.shut();
        bench.models.nowWaitsAt(gate);
        List<OtherThread<List<String>>> callers = IntStream.range(0, 20)
                .mapToObj(i -> OtherThread.start(() -> ids(bench)))
                .toList();
        callers.forEach(OtherThread::letItWait);
        gate.open();

        assertThat(callers).extracting(OtherThread::result).containsOnly(List.of("glm-5.2"));
        assertThat(bench.models.asked()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void a_caller_who_names_an_alias_is_answered_under_it_while_the_upstream_is_asked_for_its_model() {
        bench.settings = offer(List.of("*"), List.of(), Map.of("fast", "glm-5.2"));

        List<ChatChunk> chunks;
        try (CompletionStream stream = bench.gateway.chat().stream(Chats.request("fast"), Chats.correlation())) {
            chunks = Chunks.drain(stream);
        }

        assertThat(bench.upstream.calls().get(0).request().model()).isEqualTo("glm-5.2");
        assertThat(chunks).extracting(ChatChunk::model).containsOnly("fast");
        assertThat(bench.listener.events(AnswerEnded.class))
                .extracting(AnswerEnded::model)
                .containsExactly("fast");
        assertThat(bench.gateway.usage().summary().byModel()).containsOnlyKeys("fast");
    }

    @Test
    void models_that_are_not_listed_can_be_asked() {
        bench.settings = offer(List.of("glm-5.2"), List.of(), Map.of());

        bench.chat("another");

        assertThat(bench.upstream.calls().get(0).request().model()).isEqualTo("another");
    }

    private static GatewaySettings offer(List<String> listed, List<String> fallback, Map<String, String> aliases) {
        return GatewaySettings.DEFAULT.with(new ModelOffer(listed, fallback, aliases));
    }

    private static List<String> ids(FullBench bench) {
        return bench.gateway.models().list().stream().map(Model::id).toList();
    }
}
