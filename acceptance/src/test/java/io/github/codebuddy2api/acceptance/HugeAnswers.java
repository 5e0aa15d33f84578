package io.github.codebuddy2api.acceptance;

import io.github.codebuddy2api.simulator.Bytes;
import io.github.codebuddy2api.simulator.Header;
import io.github.codebuddy2api.simulator.Scenario;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.simulator.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers of an upstream that is out of its mind; each is the name of a model. */
final class HugeAnswers {
    private static final int BLOCK = 64 * 1024;
    private static final String START =
            "{\"id\":\"a\",\"model\":\"hy3\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"";
    private static final Header CHUNKED = new Header("Transfer-Encoding", "chunked");
    private static final Step HEAD =
            new Step.Head(200, List.of(new Header("Content-Type", "text/event-stream"), CHUNKED));
    private static final Step END = new Step.LastChunk(List.of());

    private HugeAnswers() {}

    /** Makes the simulator give them; the names of their models. */
    static List<String> teach(SimulatedCodeBuddy simulator, int megabytes, int count) {
        Map<String, Scenario> answers = new LinkedHashMap<>();
        Step letters = times(megabytes * 16, "x".repeat(BLOCK));
        answers.put("huge-event", Scenario.of(HEAD, chunk("data: " + START), letters, END));
        answers.put("huge-line", Scenario.of(HEAD, letters, END));
        answers.put("huge-comment", Scenario.of(HEAD, chunk(": "), letters, END));
        answers.put(
                "huge-event-of-lines", Scenario.of(HEAD, times(megabytes * 16, "data: x\n".repeat(BLOCK / 8)), END));
        answers.put(
                "huge-answer",
                Scenario.of(HEAD, times(megabytes * 16, "data: " + START + "x".repeat(BLOCK) + "\"}}]}\n\n"), END));
        answers.put("huge-tool-call", Scenario.of(HEAD, times(megabytes * 16, toolCall("x".repeat(BLOCK))), END));
        answers.put("huge-blanks", Scenario.of(HEAD, times(megabytes * 16, "\n".repeat(BLOCK)), END));
        answers.put("deep-event", Scenario.of(HEAD, chunk("data: {\"a\":" + "[".repeat(count) + "\n\n"), END));
        answers.put("long-number", Scenario.of(HEAD, chunk("data: {\"a\":" + "7".repeat(count) + "}\n\n"), END));
        answers.put("many-keys", Scenario.of(HEAD, chunk("data: {" + "\"a\":1,".repeat(count) + "}\n\n"), END));
        answers.put("huge-refusal", refusal(500, letters));
        answers.put("huge-json", refusal(200, letters));
        answers.put("endless-head", endlessHead(megabytes));
        answers.forEach(simulator::script);
        List<String> names = new ArrayList<>(answers.keySet());
        names.addAll(List.of("sim-huge-header", "sim-gzip-bomb", "sim-endless-line", "sim-oversize-16777216"));
        return names;
    }

    private static String toolCall(String arguments) {
        return "data: {\"id\":\"a\",\"model\":\"hy3\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,"
                + "\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"" + arguments
                + "\"}}]}}]}\n\n";
    }

    private static Scenario refusal(int status, Step letters) {
        return Scenario.of(
                new Step.Head(status, List.of(new Header("Content-Type", "application/json"), CHUNKED)),
                chunk("{\"code\":11101,\"msg\":\""),
                letters,
                END);
    }

    private static Scenario endlessHead(int megabytes) {
        Bytes lines = Bytes.utf8("X-Another: header\r\n".repeat(BLOCK / 19));
        return Scenario.of(
                new Step.Send(Bytes.utf8("HTTP/1.1 200 OK\r\n")),
                new Step.Repeat(megabytes * 16, List.of(new Step.Send(lines))));
    }

    private static Step times(int count, String text) {
        return new Step.Repeat(count, List.of(chunk(text)));
    }

    private static Step chunk(String text) {
        return new Step.Chunk(Bytes.utf8(text));
    }
}
