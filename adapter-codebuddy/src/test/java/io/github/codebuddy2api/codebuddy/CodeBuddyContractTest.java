package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.testkit.contract.UpstreamContract;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class CodeBuddyContractTest implements UpstreamContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration LOOK_EVERY = Duration.ofMillis(1);

    private SimulatedCodeBuddy simulator;
    private CodeBuddy codeBuddy;

    @BeforeEach
    void start() throws IOException {
        simulator = SimulatedCodeBuddy.start();
        CodeBuddyOptions options = CodeBuddyOptions.at(simulator.uri());
        codeBuddy = new CodeBuddy(() -> options, new Random(1), new RealTime());
    }

    @AfterEach
    void stop() {
        codeBuddy.close();
        simulator.close();
    }

    @Override
    public CompletionStream open(Scenario scenario) {
        String model = switch (scenario) {
            case PLAIN_TEXT -> "sim-t1";
            case TWO_TOOL_CALLS -> "sim-t3";
            case BREAKS_OFF -> "sim-reset-480";
            case GOES_SILENT -> "sim-stall-480";
            case SILENT_FROM_THE_START -> "sim-silent";
            case NEVER_ACCEPTS -> "sim-no-headers";
            case REJECTS_CREDENTIAL -> "sim-html-401";
            case LIMITS_RATE -> "sim-429-14003";
        };
        return codeBuddy.open(Chats.request(model), Credentials.of("a"), Chats.correlation());
    }

    @Override
    public String plainText() {
        return "Seven is prime.";
    }

    @Override
    public List<String> toolArguments() {
        return List.of("{\"city\":\"Oslo\"}", "{\"tz\":\"UTC\"}");
    }

    @Override
    public void awaitReleased() {
        long start = System.nanoTime();
        while (!isReleased()) {
            assertThat(System.nanoTime() - start).as("nanoseconds waited").isLessThan(PATIENCE.toNanos());
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** A call that was cancelled early may never have arrived; then its connection must be gone all the same. */
    private boolean isReleased() {
        List<Exchange> requests = simulator.journal().requests();
        return requests.isEmpty()
                ? simulator.openConnections() == 0
                : requests.stream().allMatch(request -> request.end().isPresent());
    }
}
