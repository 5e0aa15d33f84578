package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fake.UpstreamCall;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import io.github.codebuddy2api.testkit.fixture.OtherThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    private static final int CALLERS = 24;
    private static final int CHATS = 50;

    @Test
    void callers_side_by_side_share_the_credentials_to_the_last_request() {
        Bench bench = new Bench(ScriptedUpstream.always(Script.text("Seven.")), "a", "b", "c");
        bench.rotating(2);

        inParallel(bench);

        int each = CALLERS * CHATS / 3;
        assertThat(requestsByCredential(bench)).isEqualTo(Map.of("a", each, "b", each, "c", each));
        assertThat(bench.upstream.unclosed()).isZero();
    }

    @Test
    void a_store_that_changes_all_the_time_loses_no_request_and_no_pin() {
        Bench bench = new Bench(ScriptedUpstream.always(Script.text("Seven.")), "a", "b");
        OtherThread<Boolean> changes = OtherThread.start(() -> {
            for (int i = 0; i < 500; i++) {
                bench.store.replace(Credentials.named("a", "b", "x" + i));
                if (!bench.gateway.credentials().pin(Credentials.of("x" + i).id())) {
                    return false;
                }
                if (bench.gateway.credentials().list().stream().noneMatch(view -> view.pinned())) {
                    return false;
                }
            }
            return true;
        });

        inParallel(bench);

        assertThat(changes.result()).isTrue();
        assertThat(bench.upstream.calls()).hasSize(CALLERS * CHATS);
    }

    private static void inParallel(Bench bench) {
        List<OtherThread<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(OtherThread.start(() -> {
                bench.chats(CHATS);
                return true;
            }));
        }
        assertThat(callers).allSatisfy(caller -> assertThat(caller.result()).isTrue());
    }

    private static Map<String, Integer> requestsByCredential(Bench bench) {
        return bench.upstream.calls().stream()
                .map(UpstreamCall::credential)
                .collect(Collectors.groupingBy(
                        credential -> credential.id().value(), Collectors.summingInt(credential -> 1)));
    }
}
