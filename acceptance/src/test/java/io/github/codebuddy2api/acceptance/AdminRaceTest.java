package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Owners who change accounts and settings at once see one order of it, and lose nothing. */
final class AdminRaceTest {
    private static final int OWNERS = 8;
    private static final int FIRST_COUNT = 1;

    @Test
    @Tag("trust")
    @Tag("P14")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void what_owners_do_at_once_has_an_order_that_explains_it() throws Exception {
        Proof proof = Proof.of(Promise.P14, "admin-race");
        int each = proof.amount(5, 25, 1_000);
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
                AppHome home = AppHome.empty()) {
            home.config(Setup.with(simulator.uri())
                    .codebuddy("rotation_count: " + FIRST_COUNT)
                    .yaml(ServiceUnderTest.freePort()));
            try (ServiceUnderTest service = ServiceUnderTest.start(home, home.port(), List.of())) {
                AdminRace race = new AdminRace(Calls.to(service), proof.seed());
                proof.show(() -> {
                    race.run(OWNERS, each);
                    race.nothingIsLost(FIRST_COUNT);
                    assertThat(race.anomalies()).isEmpty();
                    return "%d owners at once, %d requests: %d changes acknowledged, %d refused as stale, 0 anomalies"
                            .formatted(OWNERS, OWNERS * each, race.acknowledged(), race.stale.get());
                });
            }
        }
    }

    @Test
    @Tag("trust")
    @Tag("P14")
    void a_stale_place_in_the_list_is_refused_and_nothing_is_deleted() throws Exception {
        Proof proof = Proof.of(Promise.P14, "stale-index");
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start();
                ServiceUnderTest service = ServiceUnderTest.start(
                        Setup.with(simulator.uri()).withTokens("token-one", "token-two", "token-three"))) {
            CredentialsCalls credentials = new CredentialsCalls(simulator, service);
            proof.show(() -> {
                JsonNode seen = Calls.to(service).get(CredentialsCalls.LIST).json();
                credentials.done("delete", "{\"index\":0}");
                int refused = 0;
                for (String route : List.of("delete", "select", "disable", "enable")) {
                    for (int index = 0; index < 2; index++) {
                        for (String etag : List.of(
                                seen.path("etag").asText(),
                                seen.path("credentials")
                                        .path(index)
                                        .path("etag")
                                        .asText())) {
                            RawResponse answer =
                                    credentials.act(route, "{\"index\":%d,\"etag\":\"%s\"}".formatted(index, etag));
                            assertThat(answer.status()).as("%s", answer).isEqualTo(409);
                            refused++;
                        }
                    }
                }
                assertThat(credentials.all("user_id")).containsExactly("user-2", "user-3");
                return refused + " changes at a stale index: " + refused + " answered with 409, 0 done";
            });
        }
    }
}
