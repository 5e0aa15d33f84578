package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.chat.ChatCompletion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However an answer is cut into chunks, events and reads, it is the same answer. */
class NormalizingLawsTest {
    private static final int ROUNDS = 300;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20_261_122, -7})
    void cutting_an_answer_otherwise_never_changes_it(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Answer answer = Answer.random(random);
            ChatCompletion whole = Streams.answer(answer.events(new Random(0), Integer.MAX_VALUE, Habits.STANDARD));

            List<String> events = answer.events(random, 1 + random.nextInt(9), Habits.random(random));
            byte[] bytes = frame(events, random);
            int[] cuts = random.ints(10, 0, bytes.length + 1).toArray();

            assertThat(Streams.answer(Streams.events(new Pieces(bytes, cuts))))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(whole);
        }
    }

    private static byte[] frame(List<String> events, Random random) {
        String lineEnd = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
        boolean blankLines = random.nextBoolean();
        String field = random.nextBoolean() ? "data: " : "data:";
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
        for (String event : events) {
            if (random.nextInt(4) == 0) {
                text.append(": ping").append(lineEnd).append(lineEnd);
            }
            text.append(field).append(event).append(lineEnd).append(blankLines ? lineEnd : "");
        }
        return text.append(field).append("[DONE]").append(lineEnd).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** How an upstream writes the same. */
    private record Habits(boolean index, boolean trueIndex, boolean repeatIds, boolean roles, boolean empties) {
        static final Habits STANDARD = new Habits(true, true, false, false, false);

        static Habits random(Random random) {
            return new Habits(
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean());
        }
    }

    private record Answer(String reasoning, String content, List<String> arguments) {
        static Answer random(Random random) {
            List<String> arguments = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                arguments.add("{\"x\":" + RawJson.string(text(random)).text() + "}");
            }
            return new Answer(text(random), text(random), arguments);
        }

        private static String text(Random random) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(List.of(
                                "a",
                                "\u00e9",
                                "\ud83d\ude00",
                                "\"",
                                "\\",
                                "{",
                                "}",
                                "\n",
                                "\u2028",
                                "[DONE]",
                                "data: ",
                                " ")
                        .get(random.nextInt(12)));
            }
            return text.toString();
        }

        List<String> events(Random random, int longest, Habits habits) {
            List<String> events = new ArrayList<>();
            pieces(reasoning, random, longest).forEach(p -> events.add(delta(habits, "reasoning_content", p)));
            pieces(content, random, longest).forEach(p -> events.add(delta(habits, "content", p)));
            for (int call = 0; call < arguments.size(); call++) {
                List<String> pieces = pieces(arguments.get(call), random, longest);
                for (int i = 0; i < pieces.size(); i++) {
                    events.add(call(habits, call, i == 0, pieces.get(i)));
                }
            }
            events.add("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
            return events;
        }

        private static List<String> pieces(String text, Random random, int longest) {
            List<String> pieces = new ArrayList<>();
            for (int at = 0; at < text.length(); ) {
                int room = text.length() - at;
                int end = at + (longest > room ? room : 1 + random.nextInt(longest));
                end += end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? 1 : 0;
                pieces.add(text.substring(at, end));
                at = end;
            }
            return pieces;
        }

        private static String delta(Habits habits, String member, String text) {
            return "{\"choices\":[{\"index\":0,\"delta\":{" + (habits.roles() ? "\"role\":\"assistant\"," : "")
                    + (habits.empties() ? "\"tool_calls\":[],\"refusal\":\"\",\"function_call\":null," : "")
                    + "\"" + member + "\":" + RawJson.string(text).text() + "},\"finish_reason\":"
                    + (habits.empties() ? "\"\"" : "null") + "}]}";
        }

        private static String call(Habits habits, int number, boolean first, String arguments) {
            String index = habits.index() ? "\"index\":" + (habits.trueIndex() ? number : 0) + "," : "";
            String id = first || habits.repeatIds()
                    ? "\"id\":\"call_" + number + "\","
                    : habits.empties() ? "\"id\":\"\"," : "";
            String name = first ? "\"name\":\"f" + number + "\"," : habits.empties() ? "\"name\":\"\"," : "";
            return "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{" + index + id + "\"function\":{" + name
                    + "\"arguments\":" + RawJson.string(arguments).text() + "}}]}}]}";
        }
    }
}
