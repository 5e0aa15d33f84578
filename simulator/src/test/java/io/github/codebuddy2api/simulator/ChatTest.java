package io.github.codebuddy2api.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChatTest {
    private static final String SYSTEM = "{'role':'system','content':'Be short.'}";
    private static final String USER = "{'role':'user','content':'What is seven?'}";
    private static final String PIXEL = "iVBORw0KGgo=";

    private static SimulatedCodeBuddy simulator;
    private static Calls calls;

    @BeforeAll
    static void start() throws IOException {
        simulator = SimulatedCodeBuddy.start();
        calls = new Calls(simulator.uri());
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    'model':'hy3','messages':[S,U] | 400 | 11101
                    'model':'hy3','stream':false,'messages':[S,U] | 400 | 11101
                    'stream':true,'messages':[S,U] | 400 | 11101
                    'model':'hy3','stream':true,'messages':[] | 400 | 11101
                    'model':'hy3','stream':true,'messages':[U] | 400 | 11128
                    'model':'hy3','stream':true,'messages':[S,{'role':'developer','content':'x'}] | 400 | 11128
                    'model':'hy3','stream':true,'messages':[S,{'role':'user','content':''}] | 400 | 11151
                    'model':'hy3','stream':true,'messages':[S,{'role':'user','content':[]}] | 400 | 11151
                    'model':'hy3','stream':true,'messages':[S,U],'tools':[] | 400 | 11101
                    'model':'hy3','stream':true,'messages':[S,U],'tools':null | 400 | 11101
                    'model':'hy3','stream':true,'messages':[S,U],'tool_choice':{'type':'function'} | 400 | 11101
                    'model':'glm-4.6v','stream':true,'messages':[S,{'role':'user','content':[{'type':'image_url','image_url':'https://a/b'}]}] | 400 | 11101
                    'model':'hy3','stream':true,'messages':[S,{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://a/b'}}]}] | 400 | 11133
                    'model':'glm-4.6v','stream':true,'messages':[S,{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}}]}] | 400 | 11135
                    'model':'hy3','stream':true,'messages':[S,{'role':'tool','tool_call_id':'c','content':'x'}] | 400 | 11148
                    'model':'hy3','stream':true,'messages':[S,{'role':'assistant','tool_calls':[{'id':'c'}]},U] | 400 | 11148
                    'model':'hy3','stream':true,'messages':[S,U,{'role':'assistant','tool_calls':[{'id':'c'}]}] | 400 | 11148
                    'model':'nobody','stream':true,'messages':[S,U] | 400 | 11102
                    'model':'tencent/hy3','stream':true,'messages':[S,U] | 400 | 11102
                    'model':'hunyuan-image-v3.0','stream':true,'messages':[S,U] | 400 | 11102
                    'model':'hy3','stream':true,'messages':[S,U],'max_tokens':5 | 400 | integer_below_min_value
                    'model':'deepseek-v4-pro','stream':true,'messages':[S,U],'reasoning_effort':'off' | 400 | 11101
                    """)
    void a_request_of_the_wrong_form_is_refused(String members, int status, String code) throws Exception {
        Calls.Answer answer = calls.chat(body(members));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).containsPattern("\"code\":\"?" + code);
    }

    @Test
    void what_is_not_json_is_refused() throws Exception {
        assertThat(calls.chat("{\"model\":").body()).contains("11101");
        assertThat(calls.chat("").body()).contains("11101");
    }

    @Test
    void too_many_tokens_are_refused_without_a_word() throws Exception {
        Calls.Answer answer = calls.chat(ask("hy3", ",'max_tokens':64001"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void a_known_model_answers_with_text_and_one_finish() throws Exception {
        List<Json> events = events(calls.chat(ask("glm-5.2", "")));

        assertThat(joined(events, "content")).isEqualTo("This is glm-5.2, simulated. You wrote: What is seven?");
        assertThat(joined(events, "reasoning_content")).isEmpty();
        assertThat(finishes(events)).containsExactly("stop");
        assertThat(events).allMatch(e -> e.at("usage").isNothing());
    }

    @Test
    void usage_comes_last_when_it_is_asked_for() throws Exception {
        List<Json> events = events(calls.chat(ask("glm-5.2", ",'stream_options':{'include_usage':true}")));

        Json last = events.getLast();
        assertThat(last.at("choices").items()).isEmpty();
        assertThat(last.at("usage").has("credit")).isTrue();
        assertThat(last.at("usage").at("prompt_tokens")).isInstanceOf(Json.Numeral.class);
    }

    @Test
    void reasoning_comes_first_when_it_is_asked_for_or_the_model_always_thinks() throws Exception {
        List<Json> asked = events(calls.chat(ask("deepseek-v4-pro", ",'reasoning_effort':'high'")));
        List<Json> unasked = events(calls.chat(ask("kimi-k2-thinking", "")));

        for (List<Json> events : List.of(asked, unasked)) {
            assertThat(delta(events.getFirst()).at("reasoning_content").text()).isEqualTo("The ");
            assertThat(joined(events, "content")).contains("What is seven?");
        }
    }

    @Test
    void two_tools_give_two_calls_whose_index_is_always_zero() throws Exception {
        String tools = ",'tools':[" + tool("get_weather", "city") + "," + tool("get_time", "tz") + "]";
        List<Json> events = events(calls.chat(ask("deepseek-v4-pro", tools)));

        List<Json> fragments = events.stream()
                .flatMap(e -> delta(e).at("tool_calls").items().stream())
                .toList();
        assertThat(fragments).allMatch(f -> f.at("index").write().equals("0"));
        assertThat(fragments.stream().map(f -> f.at("id").text()).filter(id -> !id.isEmpty()))
                .containsExactly("call_2_0", "call_2_3");
        assertThat(fragments.stream()
                        .map(f -> f.at("function").at("arguments").text())
                        .collect(Collectors.joining()))
                .isEqualTo("{\"city\":\"Oslo\"}{\"tz\":\"UTC\"}");
        assertThat(finishes(events)).containsExactly("tool_calls");
    }

    @Test
    void a_tool_result_is_answered_with_text() throws Exception {
        String history = "'model':'hy3','stream':true,'tools':[" + tool("f", "x") + "],'messages':[S,U,"
                + "{'role':'assistant','tool_calls':[{'id':'c1'}]},{'role':'tool','tool_call_id':'c1','content':'12 C'}]";

        assertThat(joined(events(calls.chat(body(history))), "content")).isEqualTo("The tool says: 12 C");
    }

    @Test
    void the_tool_that_is_demanded_is_called_and_none_is_none() throws Exception {
        String tools = ",'tools':[" + tool("a", "x") + "," + tool("b", "y") + "],'tool_choice':";

        assertThat(calls.chat(ask("hy3", tools + "'b'")).body())
                .contains("\"name\":\"b\"")
                .doesNotContain("\"name\":\"a\"");
        assertThat(calls.chat(ask("hy3", tools + "'none'")).body()).doesNotContain("tool_calls\":[");
    }

    @Test
    void a_model_with_vision_sees_a_red_square() throws Exception {
        String image = "'model':'glm-4.6v','stream':true,'messages':[S,{'role':'user','content':["
                + "{'type':'text','text':'What?'},"
                + "{'type':'image_url','image_url':{'url':'data:image/png;base64," + PIXEL + "'}}]}]";

        assertThat(joined(events(calls.chat(body(image))), "content")).isEqualTo("A red square.");
    }

    @Test
    void few_tokens_end_the_answer_early() throws Exception {
        List<Json> events = events(calls.chat(ask("hy3", ",'max_tokens':6")));

        assertThat(joined(events, "content")).isEqualTo("This is hy3, simulated. You wrote: ");
        assertThat(finishes(events)).containsExactly("length");
    }

    @Test
    void an_echo_says_the_same_text_back() throws Exception {
        String text = "  two  blanks, 世界 and a \\\" end ";
        String echo = "'model':'sim-echo','stream':true,'messages':[S,{'role':'user','content':'" + text + "'}]";

        assertThat(joined(events(calls.chat(body(echo))), "content")).isEqualTo(text.replace("\\\"", "\""));
    }

    @Test
    void a_packed_request_is_understood() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(ask("hy3", "").getBytes(StandardCharsets.UTF_8));
        }

        Calls.Answer answer =
                calls.call("POST", "/v2/chat/completions", "x", packed.toByteArray(), "Content-Encoding", "gzip");

        assertThat(answer.body()).contains("hy3");
    }

    private static String ask(String model, String more) {
        return body("'model':'" + model + "','stream':true,'messages':[S,U]" + more);
    }

    private static String tool(String name, String parameter) {
        return "{'type':'function','function':{'name':'" + name + "','parameters':{'type':'object','properties':{'"
                + parameter + "':{'type':'string'}}}}}";
    }

    private static String body(String members) {
        return ("{" + members + "}")
                .replace("[S,", "[" + SYSTEM + ",")
                .replace(",U", "," + USER)
                .replace("[U]", "[" + USER + "]")
                .replace('\'', '"');
    }

    private static List<Json> events(Calls.Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        List<String> lines = answer.body().lines().filter(l -> !l.isEmpty()).toList();
        assertThat(lines.getLast()).isEqualTo("data: [DONE]");
        return lines.subList(0, lines.size() - 1).stream()
                .map(line -> JsonReader.read(line.substring("data: ".length())))
                .toList();
    }

    private static Json delta(Json event) {
        List<Json> choices = event.at("choices").items();
        return choices.isEmpty() ? new Json.Nothing() : choices.getFirst().at("delta");
    }

    private static String joined(List<Json> events, String member) {
        return events.stream().map(e -> delta(e).at(member).text()).collect(Collectors.joining());
    }

    private static List<String> finishes(List<Json> events) {
        return events.stream()
                .flatMap(e -> e.at("choices").items().stream())
                .map(c -> c.at("finish_reason").text())
                .filter(f -> !f.isEmpty())
                .toList();
    }
}
