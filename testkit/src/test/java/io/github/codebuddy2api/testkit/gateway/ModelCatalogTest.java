package io.github.codebuddy2api.testkit.gateway;

import static io.github.codebuddy2api.testkit.gateway.FullBench.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayEvent.ModelsUnknown;
import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.catalog.ModelCatalog;
import io.github.codebuddy2api.core.catalog.ModelCatalog.Inquiry;
import io.github.codebuddy2api.core.catalog.ModelCatalog.Listed;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.ModelOffer;
import io.github.codebuddy2api.testkit.fake.Gate;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Which account offers which model. */
class ModelCatalogTest {
    private static final CredentialId A = new CredentialId("a");
    private static final CredentialId B = new CredentialId("b");
    private static final Model GLM = new Model("glm-5.2");
    private static final Model KIMI = new Model("kimi");
    private static final Model AUTO = new Model("auto");

    @AutoClose
    private final Benches benches = new Benches();

    private final FullBench bench = benches.full("a", "b");

    private ModelCatalog catalog() {
        return bench.gateway.models().catalog();
    }

    private void offer(List<String> listed, Map<String, String> aliases) {
        bench.settings = GatewaySettings.DEFAULT.with(new ModelOffer(listed, List.of("auto"), aliases));
    }

    @Test
    void each_model_names_the_accounts_that_offer_it_and_an_alias_those_of_its_model() {
        bench.models.nowChooses(credential -> credential.id().equals(A) ? List.of(GLM, AUTO) : List.of(GLM, KIMI));
        offer(List.of("invented", "*"), Map.of("fast", "kimi"));

        assertThat(catalog().models())
                .containsExactly(
                        new Listed(new Model("invented"), List.of()),
                        new Listed(GLM, List.of(A, B)),
                        new Listed(AUTO, List.of(A)),
                        new Listed(KIMI, List.of(B)),
                        new Listed(KIMI.as("fast"), List.of(B)));
        assertThat(catalog().models())
                .extracting(Listed::model)
                .isEqualTo(bench.gateway.models().list());
    }

    @Test
    void what_the_owner_does_not_list_is_told_apart() {
        bench.models.nowAnswers(List.of(AUTO, GLM, KIMI));
        offer(List.of("glm-5.2"), Map.of("fast", "auto"));

        assertThat(catalog().models()).extracting(listed -> listed.model().id()).containsExactly("glm-5.2", "fast");
        assertThat(catalog().unlisted()).containsExactly("auto", "kimi");
    }

    @Test
    void an_account_that_never_told_is_unknown_with_the_reason() {
        bench.models.nowChooses(credential -> {
            if (credential.id().equals(B)) {
                throw trouble();
            }
            return List.of(GLM);
        });
        bench.time.advance(Duration.ofSeconds(7));

        assertThat(catalog().inquiries())
                .containsExactly(
                        new Inquiry(A, ManualTime.START.plusSeconds(7), null), new Inquiry(B, null, "upstream_error"));
        assertThat(catalog().inquiries()).extracting(Inquiry::isKnown).containsExactly(true, false);
    }

    @Test
    void an_account_that_told_once_stays_known_with_the_time_and_the_trouble_since() {
        bench.gateway.credentials().enable(B, false);
        bench.models.nowAnswers(List.of(GLM));
        catalog();
        bench.models.nowFails(trouble());
        bench.time.advance(Duration.ofMinutes(10));
        catalog();
        bench.listener.await(ModelsUnknown.class, 1);

        assertThat(bench.gateway.models().askAgain().inquiries())
                .containsExactly(new Inquiry(A, ManualTime.START, "upstream_error"));
        assertThat(catalog().models()).containsExactly(new Listed(GLM, List.of(A)));
    }

    @Test
    void who_asks_again_is_told_what_the_upstream_says_now_but_not_twice_in_a_moment() {
        bench.models.nowAnswers(List.of(GLM));
        catalog();
        bench.models.nowAnswers(List.of(KIMI));
        assertThat(catalog().models()).containsExactly(new Listed(GLM, List.of(A, B)));
        bench.time.advance(Duration.ofSeconds(2));

        assertThat(bench.gateway.models().askAgain().models()).containsExactly(new Listed(KIMI, List.of(A, B)));
        bench.gateway.models().askAgain();

        assertThat(bench.models.asked()).containsExactlyInAnyOrder("a", "b", "a", "b");
    }

    @Test
    void who_asks_again_waits_ten_seconds_and_is_then_told_what_was_known() {
        FullBench slow = benches.full("a");
        slow.models.nowAnswers(List.of(GLM));
        slow.gateway.models().catalog();
        slow.time.advance(Duration.ofSeconds(2));
        Gate gate = Gate.shut();
        slow.models.nowWaitsAt(gate);
        slow.models.nowAnswers(List.of(KIMI));
        slow.time.awaitWaiters(1); // The background thread.
        OtherThread<ModelCatalog> again =
                OtherThread.start(() -> slow.gateway.models().askAgain());
        gate.awaitArrival();
        slow.time.awaitWaiters(2);

        slow.time.advance(Duration.ofSeconds(10));

        assertThat(again.result().models()).containsExactly(new Listed(GLM, List.of(A)));
        gate.open();
    }

    @Test
    void many_who_ask_again_at_once_make_one_question() {
        FullBench one = benches.full("a");
        Gate gate = Gate.shut();
        one.models.nowWaitsAt(gate);
        List<OtherThread<ModelCatalog>> callers = List.of(
                OtherThread.start(() -> one.gateway.models().askAgain()),
                OtherThread.start(() -> one.gateway.models().askAgain()));
        gate.awaitArrival();
        callers.forEach(OtherThread::letItWait);
        gate.open();

        assertThat(callers).extracting(OtherThread::result).hasSize(2);
        assertThat(one.models.asked()).containsExactly("a");
    }

    @Test
    void without_anybody_to_ask_the_owners_list_is_all_there_is() {
        GatewaySettings settings =
                GatewaySettings.DEFAULT.with(new ModelOffer(List.of("mine", "*"), List.of("auto"), Map.of()));
        try (Gateway gateway = Gateway.builder()
                .upstream(ScriptedUpstream.always(Script.text("Seven.")))
                .credentials(InMemoryCredentialStore.of(Credentials.named("a")))
                .settings(() -> settings)
                .build()) {
            ModelCatalog expected = new ModelCatalog(
                    List.of(new Listed(new Model("mine"), List.of()), new Listed(AUTO, List.of())),
                    List.of(),
                    List.of());

            assertThat(gateway.models().catalog()).isEqualTo(expected);
            assertThat(gateway.models().askAgain()).isEqualTo(expected);
        }
    }
}
