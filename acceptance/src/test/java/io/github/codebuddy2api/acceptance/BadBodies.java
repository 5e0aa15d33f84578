package io.github.codebuddy2api.acceptance;

import io.github.codebuddy2api.simulator.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Bodies that no request may have, each with what must come of it. */
final class BadBodies {
    private static final String GOOD = Asked.body("hy3", false);
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    private BadBodies() {}

    /** A body, and what comes of it. */
    record BadBody(String name, Bytes body, int status, String code, String param) {
        static BadBody value(String param, String json) {
            return of(param + " " + json, json, 400, "invalid_value", param);
        }

        static BadBody missing(String param, String json) {
            return of("no " + param, json, 400, "missing_required_parameter", param);
        }

        static BadBody notJson(String name, String text) {
            return new BadBody(name, Bytes.utf8(text), 400, "invalid_json", null);
        }

        static BadBody of(String name, String json, int status, String code, String param) {
            return new BadBody(name, Bytes.utf8(json), status, code, param);
        }

        @Override
        public String toString() {
            return name.substring(0, Math.min(name.length(), 90));
        }
    }

    static Stream<BadBody> textsThatAreNoJson() {
        return Stream.of(
                BadBody.notJson("nothing", ""),
                BadBody.notJson("blanks", " \r\n\t "),
                BadBody.notJson("null", "null"),
                BadBody.notJson("an array", "[1]"),
                BadBody.notJson("a string", "\"x\""),
                BadBody.notJson("a number", "7"),
                BadBody.notJson("an open brace", "{"),
                BadBody.notJson("a bare word", "{bad"),
                BadBody.notJson("a body that breaks off", GOOD.substring(0, GOOD.length() - 2)),
                BadBody.notJson("trailing junk", GOOD + "x"),
                BadBody.notJson("two documents", GOOD + GOOD),
                BadBody.notJson("two documents on two lines", GOOD + "\n" + GOOD),
                BadBody.notJson("a duplicate key", "{\"model\":\"hy3\",\"model\":\"hy3\"," + MESSAGES + "}"),
                BadBody.notJson("a trailing comma", "{\"model\":\"hy3\"," + MESSAGES + ",}"),
                BadBody.notJson("a comment", "{/* */\"model\":\"hy3\"," + MESSAGES + "}"),
                BadBody.notJson("single quotes", GOOD.replace('"', '\'')),
                BadBody.notJson("NaN", with("\"temperature\":NaN")),
                BadBody.notJson("a leading zero", with("\"temperature\":01")),
                BadBody.notJson("a NUL", "{\"model\":\"hy3\u0000\"," + MESSAGES + "}"),
                BadBody.notJson("a raw line end in a string", "{\"model\":\"h\ny3\"," + MESSAGES + "}"),
                BadBody.notJson("a bad escape", "{\"model\":\"\\x68y3\"," + MESSAGES + "}"),
                BadBody.notJson("half an escape", "{\"model\":\"\\ud8\"," + MESSAGES + "}"),
                new BadBody(
                        "invalid UTF-8",
                        bytes(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d),
                        400,
                        "invalid_json",
                        null),
                new BadBody("an overlong form", within(0xc0, 0xaf), 400, "invalid_json", null),
                new BadBody("a surrogate in UTF-8", within(0xed, 0xa0, 0x80), 400, "invalid_json", null),
                new BadBody("a cut character", within(0xe4, 0xb8), 400, "invalid_json", null),
                new BadBody("UTF-16", Bytes.of(GOOD.getBytes(StandardCharsets.UTF_16)), 400, "invalid_json", null),
                BadBody.notJson("a number of a million digits", with("\"seed\":" + "7".repeat(1_000_000))),
                BadBody.notJson(
                        "a depth of a hundred thousand", with("\"x\":" + "[".repeat(100_000) + "]".repeat(100_000))),
                BadBody.notJson(
                        "a depth of a hundred thousand objects",
                        with("\"x\":" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000))),
                BadBody.notJson(
                        "a deep content",
                        body("{\"role\":\"user\",\"content\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}")));
    }

    static Stream<BadBody> valuesThatCannotBeMeant() {
        String big = "x".repeat(10 * 1024);
        return Stream.of(
                BadBody.missing("messages", "{}"),
                BadBody.missing("messages", "{\"model\":\"hy3\"}"),
                BadBody.missing("model", "{" + MESSAGES + "}"),
                BadBody.value("model", "{\"model\":7," + MESSAGES + "}"),
                BadBody.value("model", "{\"model\":null," + MESSAGES + "}"),
                BadBody.value("model", "{\"model\":\"\"," + MESSAGES + "}"),
                BadBody.value("model", "{\"model\":\"h\\r\\ny3\"," + MESSAGES + "}"),
                BadBody.value("model", "{\"model\":\"" + big + "\"," + MESSAGES + "}"),
                BadBody.value("messages", "{\"model\":\"hy3\",\"messages\":null}"),
                BadBody.value("messages", "{\"model\":\"hy3\",\"messages\":{}}"),
                BadBody.value("messages", "{\"model\":\"hy3\",\"messages\":\"x\"}"),
                BadBody.value("messages", "{\"model\":\"hy3\",\"messages\":[]}"),
                BadBody.value("messages", body(messages(100_000))),
                BadBody.value("messages[0]", body("null")),
                BadBody.value("messages[1]", body("{\"role\":\"user\",\"content\":\"a\"},\"x\"")),
                BadBody.value("messages[0].role", body("{\"role\":\"wizard\",\"content\":\"a\"}")),
                BadBody.value("messages[0].role", body("{\"role\":7,\"content\":\"a\"}")),
                BadBody.missing("messages[0].role", body("{\"content\":\"a\"}")),
                BadBody.missing("messages[0].content", body("{\"role\":\"user\"}")),
                BadBody.value("messages[0].content", body("{\"role\":\"user\",\"content\":7}")),
                BadBody.value("messages[0].content", body("{\"role\":\"user\",\"content\":{}}")),
                BadBody.value("messages[0].content[0]", body("{\"role\":\"user\",\"content\":[1]}")),
                BadBody.missing("messages[0].content[0].type", body("{\"role\":\"user\",\"content\":[{}]}")),
                BadBody.value("stream", with("\"stream\":\"true\"")),
                BadBody.value("stream", with("\"stream\":1")),
                BadBody.value("stream_options", with("\"stream_options\":{\"include_usage\":true}")),
                BadBody.value("stream_options", with("\"stream\":true,\"stream_options\":7")),
                BadBody.value(
                        "stream_options.include_usage",
                        with("\"stream\":true,\"stream_options\":{\"include_usage\":\"yes\"}")),
                BadBody.value("n", with("\"n\":0")),
                BadBody.value("n", with("\"n\":\"1\"")),
                BadBody.of("n 2", with("\"n\":2"), 400, "unsupported_parameter", "n"),
                BadBody.of("n a billion", with("\"n\":1000000000"), 400, "unsupported_parameter", "n"),
                BadBody.value("temperature", with("\"temperature\":\"NaN\"")),
                BadBody.value("max_tokens", with("\"max_tokens\":-1")),
                BadBody.value("max_tokens", with("\"max_tokens\":9223372036854775808")),
                BadBody.value("max_completion_tokens", with("\"max_completion_tokens\":1.5")),
                BadBody.value("tools", with("\"tools\":{}")),
                BadBody.value("tools", with("\"tools\":[" + tools(10_000) + "]")),
                BadBody.value("tools[0]", with("\"tools\":[1]")),
                BadBody.value("tools[1].function.name", with("\"tools\":[" + tools(1) + "," + tool("two words") + "]")),
                BadBody.value(
                        "tool_choice",
                        with("\"tools\":[" + tools(1)
                                + "],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"other\"}}")),
                BadBody.value("tool_choice", with("\"tools\":[" + tools(1) + "],\"tool_choice\":7")),
                BadBody.value("tool_choice", with("\"tool_choice\":\"required\"")),
                BadBody.value("stop", with("\"stop\":7")),
                BadBody.value("stop[1]", with("\"stop\":[\"a\",7]")),
                BadBody.value("stop", with("\"stop\":[" + "\"a\",".repeat(9_999) + "\"a\"]")));
    }

    /** A good body with one more member. */
    private static String with(String member) {
        return "{\"model\":\"hy3\"," + MESSAGES + "," + member + "}";
    }

    private static String body(String messages) {
        return "{\"model\":\"hy3\",\"messages\":[" + messages + "]}";
    }

    private static String messages(int count) {
        return "{\"role\":\"user\",\"content\":\"a\"},".repeat(count - 1) + "{\"role\":\"user\",\"content\":\"a\"}";
    }

    private static String tools(int count) {
        return IntStream.range(0, count).mapToObj(i -> tool("tool_" + i)).collect(Collectors.joining(","));
    }

    private static String tool(String name) {
        return "{\"type\":\"function\",\"function\":{\"name\":\"" + name + "\"}}";
    }

    /** A good body whose text holds these bytes. */
    private static Bytes within(int... bytes) {
        String[] halves = GOOD.split("prime", 2);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(halves[0].getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(bytes(bytes).toArray());
        body.writeBytes(halves[1].getBytes(StandardCharsets.US_ASCII));
        return Bytes.of(body.toByteArray());
    }

    private static Bytes bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Bytes.of(bytes);
    }
}
