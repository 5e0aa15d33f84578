package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.acceptance.FaultyDisk.Cure;
import io.github.codebuddy2api.acceptance.FaultyDisk.Fault;
import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.proofs.Size;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged service on a real file system that is full, read-only, or fails to sync. */
final class FaultyDiskTest {
    /** What is changed, and with what. */
    private static final Map<String, String> CHANGES = new TreeMap<>(Map.of(
            CredentialsCalls.LIST,
            "{\"bearer_token\":\"token-three\"}",
            "/api/settings",
            "{\"settings\":{\"CODEBUDDY_ROTATION_COUNT\":7}}",
            CredentialsCalls.LIST + "/select",
            "{\"index\":1}",
            CredentialsCalls.LIST + "/delete",
            "{\"index\":0}"));

    private int told;

    @Test
    @Tag("trust")
    @Tag("P3")
    void a_real_disk_that_fails_changes_nothing_and_is_survived() throws Exception {
        Proof proof = Proof.of(Promise.P3, "faults-of-a-real-disk");
        if (proof.size() == Size.GATE || !FaultyDisk.isPossible()) {
            proof.without("the packaged service on a real faulty disk, which needs ./trust, unshare -m and strace")
                    .show(() -> "0 real faults");
            return;
        }
        proof.without("settings on a disk that becomes read-only: the lock beside them keeps the system from it");
        proof.show(() -> {
            try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start()) {
                for (Fault fault : Fault.values()) {
                    int before = told;
                    survive(fault, simulator);
                    assertThat(told).as("%s was met", fault).isGreaterThan(before);
                }
            }
            return "%d faults of a real disk × %d kinds of change by the packaged service: %d told, 0 divergences between answer, memory and disk"
                    .formatted(Fault.values().length, CHANGES.size(), told);
        });
    }

    private void survive(Fault fault, SimulatedCodeBuddy simulator) throws Exception {
        AppHome home = AppHome.empty();
        home.config(Setup.with(simulator.uri()).codebuddy("rotation_count: 1").yaml(ServiceUnderTest.freePort()));
        home.credentials(List.of("token-one", "token-two"));
        try (FaultyDisk disk = FaultyDisk.start(home)) {
            Calls calls = Calls.to(disk.service());
            for (Map.Entry<String, String> change : CHANGES.entrySet()) {
                String before = disk.content();
                String seen = seen(calls);
                RawResponse response;
                Cure cure = disk.begin(fault);
                try {
                    response = calls.post(change.getKey(), change.getValue());
                    assertThat(calls.chat("hy3", false).status()).isEqualTo(200);
                } finally {
                    cure.apply();
                }
                if (response.status() == 200) {
                    assertThat(disk.content()).as("%s, %s", fault, change).isNotEqualTo(before);
                    assertThat(seen(calls)).as("%s, %s", fault, change).isNotEqualTo(seen);
                } else {
                    told++;
                    assertThat(response.status()).as("%s", response).isIn(500, 507);
                    assertThat(response.error().path("code").asText()).isEqualTo("persist_failed");
                    assertThat(disk.content()).as("%s, %s", fault, change).isEqualTo(before);
                    assertThat(seen(calls)).as("%s, %s", fault, change).isEqualTo(seen);
                    assertThat(calls.post(change.getKey(), change.getValue()).status())
                            .as("%s is over, %s", fault, change)
                            .isEqualTo(200);
                }
            }
        }
    }

    /** What the service says of all that it keeps. */
    private static String seen(Calls calls) throws Exception {
        StringBuilder seen = new StringBuilder();
        calls.get(CredentialsCalls.LIST)
                .json()
                .path("credentials")
                .forEach(credential ->
                        seen.append(credential.path("filename").asText()).append(' '));
        seen.append(calls.get(CredentialsCalls.LIST + "/current").json().path("status"));
        seen.append(calls.get("/api/settings").json().at("/settings/CODEBUDDY_ROTATION_COUNT"));
        return seen.toString();
    }
}
