package io.github.codebuddy2api.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A short life of the service with the pretend CodeBuddy, from start to stop. The JVM is told to remember it in an AOT
 * cache, which then holds what a real start and real answers need: classes, and where the time goes.
 */
final class Rehearsal {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int TOGETHER = 16;
    private static final int ROUNDS = 12;

    /** Thirty small events two milliseconds apart: mostly work, little waiting. */
    private static final String MODEL = "sim-pace-30-2";

    private Rehearsal() {}

    /** Runs it, for a second or two. */
    static void run() throws IOException, InterruptedException {
        try (Demo demo = Demo.start();
                Service service = Service.start(demo.home(), OptionalInt.of(0));
                ExecutorService callers = Executors.newFixedThreadPool(TOGETHER)) {
            URI address = URI.create(service.address());
            LoopbackCall call = new LoopbackCall(new InetSocketAddress(address.getHost(), address.getPort()), LIMIT);
            String key = demo.password().reveal();
            call.get("/health");
            List<Callable<String>> requests = new ArrayList<>();
            for (int i = 0; i < TOGETHER * ROUNDS; i++) {
                boolean streaming = i % TOGETHER != 0;
                requests.add(() -> call.post("/v1/chat/completions", key, question(streaming)));
            }
            for (Future<String> answer : callers.invokeAll(requests)) {
                answer.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException("the rehearsal failed", failed.getCause());
        }
    }

    private static String question(boolean streaming) {
        return "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Name one prime number.\"}]}"
                .formatted(MODEL, streaming);
    }
}
