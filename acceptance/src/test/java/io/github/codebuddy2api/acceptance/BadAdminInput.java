package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.simulator.Options;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * The bad-input matrix, 6.2: every route but the chat. What is bad is refused in the words of the error contract, and no
 * file has changed afterwards. Each class of it has a service of its own.
 */
abstract class BadAdminInput {
    static final String LIST = CredentialsCalls.LIST;

    static SimulatedCodeBuddy simulator;
    static ServiceUnderTest service;

    Map<Path, String> before = Map.of();

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start(Options.defaults().withPendingPolls(Options.BY_HAND));
        service = ServiceUnderTest.start(Setup.with(simulator.uri()));
        Calls.to(service).chat("hy3", false);
    }

    @AfterAll
    static void stop() {
        service.close();
        simulator.close();
    }

    @BeforeEach
    void remember() throws IOException {
        before = files();
    }

    @AfterEach
    void a_good_request_is_served() throws IOException {
        assertThat(Calls.to(service).get(LIST).json().path("credentials")).hasSize(2);
        assertThat(Calls.to(service).chat("hy3", false).status()).isEqualTo(200);
    }

    void changedNothing() throws IOException {
        assertThat(files()).isEqualTo(before);
    }

    /** Every file of configuration and credentials, with its content. */
    static Map<Path, String> files() throws IOException {
        Map<Path, String> files = new TreeMap<>();
        for (String folder : List.of("config", ".codebuddy_creds")) {
            for (Path file : AppHome.lastingFiles(service.home().folder().resolve(folder), Integer.MAX_VALUE)) {
                // Deleted credentials rest in a folder of their own for some days.
                if (!file.toString().contains("trash")) {
                    files.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }

    static <T> List<T> together(int callers, Callable<T> call) throws Exception {
        List<Future<T>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < callers; caller++) {
                calls.add(threads.submit(call));
            }
        }
        List<T> answers = new ArrayList<>();
        for (Future<T> one : calls) {
            answers.add(one.get());
        }
        return answers;
    }
}
