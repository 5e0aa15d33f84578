package io.github.codebuddy2api.acceptance;

import static io.github.codebuddy2api.proofs.Promise.P5;
import static io.github.codebuddy2api.proofs.Promise.P6;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.proofs.Size;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.simulator.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However an upstream's answer ends, each client gets all of it or an error; and an error only if it did not end well. */
@Tag("trust")
@Timeout(value = 45, unit = TimeUnit.MINUTES)
final class WholeOrErrorTest {
    private static final List<String> RECORDED = List.of("t1", "t2", "t3", "t4", "t5", "t6", "t8", "t9");

    /** Streams that show one thing each, made by hand. */
    private static final List<String> MADE = List.of(("after-done after-finish bad-utf8 bom comments-then-text"
                    + " content-filter data-no-space done-in-text done-without-finish double-done double-finish"
                    + " double-usage empty-answer event-lines finish-word garbage garbage-array multiline-data"
                    + " no-blank-lines no-done no-final-newline oddities refusal soft-refusal t5-data t5-envelope"
                    + " t5-text tool-cut tool-interleaved tool-length tool-no-id tool-object-arguments tool-stop"
                    + " u2028 utf8")
            .split(" "));

    /** Long enough for the bytes before it to be read, so that the answer begins as often as it can. */
    private static final Duration READ_FIRST = Duration.ofMillis(20);

    /** Well below what the simulator keeps. */
    private static final int SCRIPTS_AT_ONCE = 4_000;

    private static final int RAW_SAMPLE_OF_A_BUILD = 150;
    private static final String RULES = "openai-python's rules";

    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;

    private enum Ending {
        FIN,
        RST,
        LAST_CHUNK
    }

    /** A stream cut at an offset, and how it ends there. */
    private record Cut(String transcript, int offset, Ending ending, boolean stream) {
        Question question() {
            return new Question("cut-" + transcript + "-" + offset + "-" + ending, stream);
        }

        Scenario scenario() {
            List<Step> steps = new ArrayList<>(List.of(Streams.head()));
            if (offset > 0) {
                steps.add(new Step.Chunk(Streams.transcript(transcript).slice(0, offset)));
            }
            if (ending != Ending.LAST_CHUNK) {
                steps.add(new Step.Pause(READ_FIRST));
            }
            steps.add(
                    switch (ending) {
                        case FIN -> new Step.Close();
                        case RST -> new Step.Reset();
                        case LAST_CHUNK -> Streams.end();
                    });
            return new Scenario(steps);
        }

        Cut whole() {
            return new Cut(transcript, Streams.transcript(transcript).length(), Ending.LAST_CHUNK, stream);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(Setup.with(simulator.uri()).withManyTokens());
        Oddities.script(simulator);
    }

    @AfterAll
    static void stop() {
        service.close();
        simulator.close();
    }

    private static Map<String, AnswerReader> readers() {
        Map<String, AnswerReader> readers = new LinkedHashMap<>();
        readers.put(RULES, new PythonReader());
        if (Size.now() != Size.GATE) {
            readers.put("openai-java", new JavaReader());
            for (String client : List.of("openai-node", "ai-openai", "ai-compatible")) {
                readers.put(client, new NodeReader(client));
            }
        }
        return readers;
    }

    @Test
    @Tag("P5")
    void a_cut_answer_is_never_taken_for_a_whole_one() throws Exception {
        Proof proof = Proof.of(P5, "cut-offsets");
        if (proof.size() != Size.LONG) {
            String instead =
                    proof.size() == Size.GATE ? "a sample with one" : "all of the recorded ones with one, else samples";
            proof.without("all offsets of all streams with all five clients, which take long: here " + instead);
        }
        List<Cut> all = new ArrayList<>(cuts(RECORDED));
        if (proof.size() != Size.SHORT) {
            all.addAll(cuts(MADE));
        }
        Random random = new Random(proof.seed());
        proof.show(() -> {
            List<String> figures = new ArrayList<>();
            int sample = proof.amount(RAW_SAMPLE_OF_A_BUILD, 240, all.size());
            for (Map.Entry<String, AnswerReader> reader : readers().entrySet()) {
                List<Cut> cuts = new ArrayList<>(all);
                if (!reader.getKey().equals(RULES) || proof.size() == Size.GATE) {
                    Collections.shuffle(cuts, random);
                    cuts = cuts.subList(0, Math.min(sample, cuts.size()));
                }
                figures.add(reader.getKey() + " " + judged(reader.getKey(), reader.getValue(), cuts));
            }
            return "0 silent truncations; " + String.join("; ", figures);
        });
    }

    /** Every offset, streaming and not, with its endings in turn. */
    private static List<Cut> cuts(List<String> transcripts) {
        List<Cut> cuts = new ArrayList<>();
        for (String transcript : transcripts) {
            for (int offset = 0; offset < Streams.transcript(transcript).length(); offset++) {
                Ending[] endings = Ending.values();
                cuts.add(new Cut(transcript, offset, endings[offset % endings.length], true));
                cuts.add(new Cut(transcript, offset, endings[(offset + 1) % endings.length], false));
            }
        }
        return cuts;
    }

    private static String judged(String name, AnswerReader reader, List<Cut> cuts) throws Exception {
        List<Cut> wholes = cuts.stream().map(Cut::whole).distinct().toList();
        Map<Cut, Reading> expected = new HashMap<>();
        List<Reading> told = read(reader, wholes);
        for (int i = 0; i < wholes.size(); i++) {
            expected.put(wholes.get(i), told.get(i));
        }
        List<Reading> readings = read(reader, cuts);
        int errors = 0;
        for (int i = 0; i < cuts.size(); i++) {
            Reading reading = readings.get(i);
            if (reading.failed()) {
                errors++;
                assertThat(reading.told()).as("%s, %s", name, cuts.get(i)).doesNotContain("no_usable", "no_credential");
            } else {
                assertThat(reading)
                        .as("%s, %s is taken for a whole answer", name, cuts.get(i))
                        .isEqualTo(expected.get(cuts.get(i).whole()));
            }
        }
        assertThat(errors).as("%s was never told of a cut", name).isPositive();
        return "%,d cuts: %,d errors, %,d whole".formatted(cuts.size(), errors, cuts.size() - errors);
    }

    private static List<Reading> read(AnswerReader reader, List<Cut> cuts) throws Exception {
        List<Reading> readings = new ArrayList<>();
        for (int from = 0; from < cuts.size(); from += SCRIPTS_AT_ONCE) {
            List<Cut> some = cuts.subList(from, Math.min(cuts.size(), from + SCRIPTS_AT_ONCE));
            some.forEach(cut -> simulator.script(cut.question().model(), cut.scenario()));
            readings.addAll(
                    reader.read(service, some.stream().map(Cut::question).toList()));
            some.forEach(cut -> simulator.unscript(cut.question().model()));
            simulator.journal().clear();
        }
        return readings;
    }

    @Test
    @Tag("P6")
    void a_whole_answer_is_never_taken_for_a_failure() throws Exception {
        Proof proof = Proof.of(P6, "false-errors");
        if (proof.size() == Size.GATE) {
            proof.without("four of the five clients, which take too long for a build");
        }
        List<Question> crowd = new ArrayList<>();
        List<Question> alone = new ArrayList<>();
        for (String model : Oddities.MODELS) {
            List<Question> questions = model.equals(Oddities.SPOILS_ITS_CONNECTION) ? alone : crowd;
            questions.add(new Question(model, true));
            questions.add(new Question(model, false));
        }
        proof.show(() -> {
            Map<String, AnswerReader> readers = readers();
            for (Map.Entry<String, AnswerReader> reader : readers.entrySet()) {
                allAreWhole(reader.getKey(), reader.getValue(), crowd);
                for (Question question : alone) {
                    allAreWhole(reader.getKey(), reader.getValue(), List.of(question));
                }
            }
            return "%d oddities of the upstream, streaming and not, through %s: 0 false errors, the text exact"
                    .formatted(Oddities.MODELS.size(), String.join(", ", readers.keySet()));
        });
    }

    private static void allAreWhole(String name, AnswerReader reader, List<Question> questions) throws Exception {
        List<Question> plain = List.of(new Question("sim-t1", false), new Question("sim-t1", true));
        List<Reading> expected = reader.read(service, plain);
        for (Reading reading : expected) {
            assertThat(reading.failed()).as("%s: %s", name, reading.told()).isFalse();
            assertThat(reading.told()).contains(Oddities.TEXT, "stop");
        }
        List<Reading> readings = reader.read(service, questions);
        for (int i = 0; i < questions.size(); i++) {
            assertThat(readings.get(i))
                    .as("%s, %s", name, questions.get(i))
                    .isEqualTo(expected.get(questions.get(i).stream() ? 1 : 0));
        }
    }
}
