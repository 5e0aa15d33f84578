package io.github.codebuddy2api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent: the right status, the field at fault, nothing for the upstream, and the next caller is served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestTest {
    private static final String USER = "{\"role\":\"user\",\"content\":\"Hi\"}";
    private static final String MESSAGES = "\"messages\":[" + USER + "]";
    private static final String MODEL = "\"model\":\"glm-5.2\"";
    private static final String GOOD = "{" + MODEL + "," + MESSAGES + "}";

    private final ScriptedUpstream upstream = ScriptedUpstream.always(Script.text("a"));
    private Served served;
    private int expectedCalls;

    @BeforeAll
    void serve() {
        HttpOptions.Deadlines usual = HttpOptions.Deadlines.DEFAULT;
        served = Served.with(
                upstream,
                HttpOptions.of("127.0.0.1", 0)
                        .with(new HttpOptions.Deadlines(
                                usual.headers(),
                                usual.body(),
                                usual.writeStall(),
                                usual.idle(),
                                Duration.ofMillis(100))));
    }

    @AfterAll
    void stop() {
        served.close();
    }

    @AfterEach
    void the_next_caller_is_served_and_the_upstream_got_nothing_else() {
        try (RawCaller next = served.connect()) {
            assertThat(next.post(GOOD).response().status()).isEqualTo(200);
        }
        expectedCalls++;
        assertThat(upstream.calls()).hasSize(expectedCalls);
    }

    private RawCaller.Response answerTo(byte[] body) {
        try (RawCaller caller = served.connect()) {
            return caller.post(body).response();
        }
    }

    private static void assertError(RawCaller.Response response, int status, String code, String param) {
        assertThat(response.body())
                .contains("\"code\":\"" + code + "\"")
                .contains("\"param\":" + (param == null ? "null" : "\"" + param + "\""))
                .contains("\"type\":\"invalid_request_error\"", "\"detail\":");
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("x-request-id")).isNotEmpty();
    }

    private static String times(int count, String separator, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(separator));
    }

    private static String with(String member) {
        return "{" + MODEL + "," + MESSAGES + "," + member + "}";
    }

    private static String message(String message) {
        return "{" + MODEL + ",\"messages\":[" + USER + "," + message + "]}";
    }

    // ---- JSON text (reliability 6.1)

    static Stream<Arguments> brokenJson() {
        return Stream.of(
                arguments("empty", ""),
                arguments("whitespace", " \n "),
                arguments("a brace", "{"),
                arguments("not json", "{bad"),
                arguments("a cut string", "{\"model\":\"glm"),
                arguments("trailing junk", GOOD + "x"),
                arguments("two documents", GOOD + GOOD),
                arguments("a trailing comma", "{" + MODEL + "," + MESSAGES + ",}"),
                arguments("a comment", "{/**/" + MODEL + "}"),
                arguments("single quotes", "{'model':'glm'}"),
                arguments("NaN", with("\"temperature\":NaN")),
                arguments("a control in a string", with("\"user\":\"a\u0000b\"")),
                arguments("a line break in a string", with("\"user\":\"a\nb\"")),
                arguments("a byte order mark", "\ufeff" + GOOD),
                arguments("duplicate names", with(MODEL)),
                arguments("duplicate names deep down", with("\"x\":{\"a\":1,\"a\":2}")),
                arguments(
                        "duplicate names in a message",
                        message("{\"role\":\"user\",\"role\":\"user\",\"content\":\"\"}")),
                arguments("an escaped lone high surrogate", with("\"user\":\"\\ud800\"")),
                arguments("an escaped lone low surrogate", with("\"user\":\"\\udc00x\"")),
                arguments("surrogates in the wrong order", with("\"user\":\"\\udc00\\ud800\"")),
                arguments("an absurd exponent", with("\"x\":1e999999999")),
                arguments("a negative absurd exponent", with("\"temperature\":1E-99999")),
                arguments("a million digits", with("\"x\":1" + "0".repeat(1_000_000))),
                arguments("depth 100,000", with("\"x\":" + "[".repeat(100_000) + "]".repeat(100_000))),
                arguments("depth in objects", with("\"x\":" + "{\"a\":".repeat(1000) + "1" + "}".repeat(1000))),
                arguments("deep content", message("{\"role\":\"user\",\"content\":" + "[".repeat(10_000))),
                arguments("a million names", "{" + times(1_000_000, ",", i -> "\"k" + i + "\":1") + "}"),
                arguments(
                        "too many names in one object",
                        with("\"x\":{" + times(5000, ",", i -> "\"k" + i + "\":1") + "}")),
                arguments("a name of 10 KiB", "{\"" + "n".repeat(10_240) + "\":1}"),
                arguments("broken after a wrong field", "{\"model\":1,\"stream\":\"x\",bad"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenJson")
    void text_that_is_not_json_is_called_that(String name, String body) {
        RawCaller.Response response = answerTo(body.getBytes(UTF_8));

        assertError(response, 400, "invalid_json", null);
        assertThat(response.body()).contains("\"detail\":\"Invalid JSON request body: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "[1]", "\"x\"", "1", "true"})
    void a_document_that_is_no_object_is_refused(String body) {
        RawCaller.Response response = answerTo(body.getBytes(UTF_8));

        assertError(response, 400, "invalid_json", null);
        assertThat(response.body()).contains("\"detail\":\"Request body must be a JSON object\"");
    }

    static Stream<byte[]> notUtf8() {
        return Stream.of(
                        "80",
                        "c080",
                        "c1bf",
                        "e08080",
                        "eda080",
                        "edbfbf",
                        "f0808080",
                        "f4908080",
                        "f8888080",
                        "ff",
                        "c3")
                .map(hex -> {
                    byte[] bad = HexFormat.of().parseHex(hex);
                    byte[] before = ("{" + MODEL + "," + MESSAGES + ",\"user\":\"").getBytes(UTF_8);
                    byte[] after = "\"}".getBytes(UTF_8);
                    byte[] body = Arrays.copyOf(before, before.length + bad.length + after.length);
                    System.arraycopy(bad, 0, body, before.length, bad.length);
                    System.arraycopy(after, 0, body, before.length + bad.length, after.length);
                    return body;
                });
    }

    @ParameterizedTest
    @MethodSource("notUtf8")
    void bytes_that_are_not_utf_8_are_refused_with_their_place(byte[] body) {
        RawCaller.Response response = answerTo(body);

        assertError(response, 400, "invalid_json", null);
        assertThat(response.body()).contains("at byte ");
    }

    // ---- the chat row (reliability 6.2)

    static Stream<Arguments> wrongFields() {
        return Stream.of(
                arguments("{}", "missing_required_parameter", "messages"),
                arguments("{" + MODEL + "}", "missing_required_parameter", "messages"),
                arguments("{" + MESSAGES + "}", "missing_required_parameter", "model"),
                arguments("{" + MODEL + ",\"messages\":null}", "invalid_value", "messages"),
                arguments("{" + MODEL + ",\"messages\":{}}", "invalid_value", "messages"),
                arguments("{" + MODEL + ",\"messages\":\"x\"}", "invalid_value", "messages"),
                arguments("{" + MODEL + ",\"messages\":[]}", "invalid_value", "messages"),
                arguments(
                        "{" + MODEL + ",\"messages\":[" + times(100_000, ",", i -> USER) + "]}",
                        "invalid_value",
                        "messages"),
                arguments("{\"model\":1," + MESSAGES + "}", "invalid_value", "model"),
                arguments("{\"model\":null," + MESSAGES + "}", "invalid_value", "model"),
                arguments("{\"model\":\"\"," + MESSAGES + "}", "invalid_value", "model"),
                arguments("{\"model\":\"  \"," + MESSAGES + "}", "invalid_value", "model"),
                arguments("{\"model\":\"a\\r\\nb\"," + MESSAGES + "}", "invalid_value", "model"),
                arguments("{\"model\":\"" + "m".repeat(10_240) + "\"," + MESSAGES + "}", "invalid_value", "model"),
                arguments(message("null"), "invalid_value", "messages[1]"),
                arguments(message("\"x\""), "invalid_value", "messages[1]"),
                arguments(message("[]"), "invalid_value", "messages[1]"),
                arguments(message("{\"content\":\"x\"}"), "missing_required_parameter", "messages[1].role"),
                arguments(message("{\"role\":\"user\"}"), "missing_required_parameter", "messages[1].content"),
                arguments(message("{\"role\":\"assistant\"}"), "missing_required_parameter", "messages[1].content"),
                arguments(message("{\"role\":\"wizard\",\"content\":\"x\"}"), "invalid_value", "messages[1].role"),
                arguments(message("{\"role\":1,\"content\":\"x\"}"), "invalid_value", "messages[1].role"),
                arguments(message("{\"role\":\"user\",\"content\":5}"), "invalid_value", "messages[1].content"),
                arguments(message("{\"role\":\"user\",\"content\":{}}"), "invalid_value", "messages[1].content"),
                arguments(message("{\"role\":\"user\",\"content\":[[]]}"), "invalid_value", "messages[1].content[0]"),
                arguments(
                        message("{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]}"),
                        "missing_required_parameter",
                        "messages[1].content[0].type"),
                arguments(with("\"stream\":\"true\""), "invalid_value", "stream"),
                arguments(with("\"stream\":1"), "invalid_value", "stream"),
                arguments(with("\"stream\":[]"), "invalid_value", "stream"),
                arguments(with("\"n\":0"), "invalid_value", "n"),
                arguments(with("\"n\":-1"), "invalid_value", "n"),
                arguments(with("\"n\":1.5"), "invalid_value", "n"),
                arguments(with("\"n\":2"), "unsupported_parameter", "n"),
                arguments(with("\"n\":1000000000"), "unsupported_parameter", "n"),
                arguments(with("\"temperature\":\"NaN\""), "invalid_value", "temperature"),
                arguments(with("\"temperature\":[1]"), "invalid_value", "temperature"),
                arguments(with("\"max_tokens\":-1"), "invalid_value", "max_tokens"),
                arguments(with("\"max_tokens\":9223372036854775808"), "invalid_value", "max_tokens"),
                arguments(with("\"max_completion_tokens\":\"1\""), "invalid_value", "max_completion_tokens"),
                arguments(with("\"tools\":{}"), "invalid_value", "tools"),
                arguments(with("\"tools\":[1]"), "invalid_value", "tools[0]"),
                arguments(
                        with("\"tools\":["
                                + times(
                                        10_000,
                                        ",",
                                        i -> "{\"type\":\"function\",\"function\":{\"name\":\"f" + i + "\"}}")
                                + "]"),
                        "invalid_value",
                        "tools"),
                arguments(
                        with("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"with spaces\"}}]"),
                        "invalid_value",
                        "tools[0].function.name"),
                arguments(
                        with("\"tools\":[{\"type\":\"function\",\"function\":{}}]"),
                        "invalid_value",
                        "tools[0].function.name"),
                arguments(
                        with("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\"}}],"
                                + "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"b\"}}"),
                        "invalid_value",
                        "tool_choice"),
                arguments(with("\"tool_choice\":1"), "invalid_value", "tool_choice"),
                arguments(with("\"stop\":[" + times(10_000, ",", i -> "\"s\"") + "]"), "invalid_value", "stop"),
                arguments(with("\"stop\":[1]"), "invalid_value", "stop[0]"),
                arguments(with("\"stop\":1"), "invalid_value", "stop"),
                arguments(with("\"stream_options\":{\"include_usage\":true}"), "invalid_value", "stream_options"),
                arguments(with("\"stream\":true,\"stream_options\":1"), "invalid_value", "stream_options"),
                arguments(
                        with("\"stream\":true,\"stream_options\":{\"include_usage\":\"yes\"}"),
                        "invalid_value",
                        "stream_options.include_usage"));
    }

    @ParameterizedTest(name = "{1} at {2}")
    @MethodSource("wrongFields")
    void a_wrong_field_is_named(String body, String code, String param) {
        assertError(answerTo(body.getBytes(UTF_8)), 400, code, param);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|Messages field is required and must be an array",
                "{\"messages\":[1]}|Message 0 must be an object",
                "{\"messages\":[{\"content\":\"\"}]}|Message 0 must have 'role' and 'content' fields"
            })
    void old_scripts_find_the_words_they_know(String body, String detail) {
        assertThat(answerTo(body.getBytes(UTF_8)).body())
                .contains("{\"error\":{\"message\":\"" + detail + "\"")
                .contains("\"detail\":\"" + detail + "\"");
    }
}
