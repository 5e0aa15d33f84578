package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.codebuddy.CodeBuddyOptions.Deadlines;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.chat.ChatCompletion;
import io.github.codebuddy2api.core.chat.CompletionAggregator;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.simulator.Exchange;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A real adapter that talks to a pretend CodeBuddy over a socket. */
abstract class LiveTest {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(300);
    static final Duration LONG = Duration.ofSeconds(60);
    private static final String CHAT = "/v2/chat/completions";

    final AtomicReference<CodeBuddyOptions> options = new AtomicReference<>();
    SimulatedCodeBuddy simulator;
    CodeBuddy codeBuddy;

    @BeforeEach
    void start() throws IOException {
        simulator = SimulatedCodeBuddy.start();
        options.set(CodeBuddyOptions.at(simulator.uri()).withDeadlines(new Deadlines(LONG, LONG, LONG, LONG, LONG)));
        codeBuddy = new CodeBuddy(options::get, new Random(1), new RealTime());
    }

    @AfterEach
    void stop() {
        codeBuddy.close();
        simulator.close();
    }

    CompletionStream open(String model) {
        return codeBuddy.open(Chats.request(model), Credentials.of("a"), Chats.correlation());
    }

    ChatCompletion complete(String model) {
        try (CompletionStream stream = open(model)) {
            return CompletionAggregator.aggregate(stream);
        }
    }

    Exchange request(int number) {
        try {
            return simulator.journal().awaitRequest(CHAT, number, PATIENCE);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    void awaitLeft(Exchange exchange) {
        try {
            simulator.journal().awaitClosed(exchange, PATIENCE);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** What became of asking for {@code model}; fails the test if nothing did. */
    Throwable failureOf(String model) {
        try {
            throw new AssertionError(model + " was answered: " + complete(model));
        } catch (GatewayException expected) {
            return expected;
        }
    }
}
