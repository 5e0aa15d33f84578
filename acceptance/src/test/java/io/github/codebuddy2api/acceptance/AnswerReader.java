package io.github.codebuddy2api.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A client that we did not write, or the rules of one. */
interface AnswerReader {
    int AT_ONCE = 24;

    /** What it makes of the answers to these questions, in their order. */
    List<Reading> read(ServiceUnderTest service, List<Question> questions) throws Exception;

    /** Asks many at once. */
    static List<Reading> readAll(List<Question> questions, OneAnswer one) throws Exception {
        try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Reading>> asked = questions.stream()
                    .map(question -> workers.submit(() -> one.read(question)))
                    .toList();
            List<Reading> readings = new ArrayList<>(asked.size());
            for (Future<Reading> reading : asked) {
                readings.add(reading.get());
            }
            return readings;
        }
    }

    /** Reads one answer. */
    @FunctionalInterface
    interface OneAnswer {
        Reading read(Question question) throws Exception;
    }
}
