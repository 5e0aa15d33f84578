package io.github.codebuddy2api.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A short life of the service with the pretend CodeBuddy, from start to stop. The JVM is told to remember it in an AOT
 * cache, which then holds what a real start and real answers need: classes, and where the time goes.
 */
final class Rehearsal {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int ANSWERS = 100;

    /** Fifty events without a pause: the work of an answer and none of the waiting. */
    private static final String MODEL = "sim-pace-50-0";

    private Rehearsal() {}

    /** Runs it, for a second or two. */
    static void run() throws IOException {
        try (Demo demo = Demo.start();
                Service service = Service.start(demo.home(), OptionalInt.of(0))) {
            URI address = URI.create(service.address());
            LoopbackCall call = new LoopbackCall(new InetSocketAddress(address.getHost(), address.getPort()), LIMIT);
            call.get("/health");
            for (int i = 0; i < ANSWERS; i++) {
                call.post("/v1/chat/completions", demo.authorization(), question(i % 10 != 0));
            }
        }
    }

    private static String question(boolean streaming) {
        return "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Name one prime number.\"}]}"
                .formatted(MODEL, streaming);
    }
}
