package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.SseException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionUsage;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official Java SDK, with its validation of responses switched on, as an independent reader of what we say. */
final class OpenAiJavaSdkTest {
    private static SimulatedCodeBuddy simulator;
    private static ServiceUnderTest service;
    private static OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        simulator = SimulatedCodeBuddy.start();
        service = ServiceUnderTest.start(Setup.with(simulator.uri()).withManyTokens());
        client = client(AppHome.PASSWORD);
    }

    @AfterAll
    static void stop() {
        client.close();
        service.close();
        simulator.close();
    }

    @Test
    void a_text_is_answered_whole() {
        ChatCompletion answer = client.chat().completions().create(text("hy3"));

        answer.validate();
        assertThat(answer.id()).startsWith("chatcmpl-");
        assertThat(answer.model()).isEqualTo("hy3");
        assertThat(answer.choices()).singleElement().satisfies(choice -> {
            assertThat(choice.message().content())
                    .contains("This is hy3, simulated. You wrote: Name one prime number.");
            assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
            assertThat(choice.message().toolCalls().orElse(List.of())).isEmpty();
        });
        assertThat(answer.usage()).hasValueSatisfying(OpenAiJavaSdkTest::isPlausible);
    }

    @Test
    void a_text_is_streamed_piece_by_piece() {
        List<ChatCompletionChunk> chunks = new ArrayList<>();

        ChatCompletion answer = streamed(text("hy3"), chunks);

        assertThat(answer.choices().getFirst().message().content())
                .contains("This is hy3, simulated. You wrote: Name one prime number.");
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(chunks).hasSizeGreaterThan(5);
        assertThat(chunks).extracting(ChatCompletionChunk::id).containsOnly(answer.id());
        assertThat(chunks).extracting(ChatCompletionChunk::created).containsOnly(answer.created());
        assertThat(chunks).extracting(ChatCompletionChunk::model).containsOnly("hy3");
    }

    @Test
    void usage_comes_in_a_stream_when_it_is_asked_for() {
        List<ChatCompletionChunk> chunks = new ArrayList<>();

        ChatCompletion answer = streamed(
                request("hy3")
                        .addUserMessage("Name one prime number.")
                        .streamOptions(ChatCompletionStreamOptions.builder()
                                .includeUsage(true)
                                .build())
                        .build(),
                chunks);

        assertThat(answer.usage()).hasValueSatisfying(OpenAiJavaSdkTest::isPlausible);
        assertThat(chunks.getLast().choices()).isEmpty();
        assertThat(chunks.subList(0, chunks.size() - 1))
                .allSatisfy(chunk -> assertThat(chunk.usage()).isEmpty());
    }

    @Test
    void usage_does_not_come_in_a_stream_when_it_is_not_asked_for() {
        List<ChatCompletionChunk> chunks = new ArrayList<>();

        streamed(text("hy3"), chunks);

        assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.usage()).isEmpty());
        assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.choices()).isNotEmpty());
    }

    @Test
    void reasoning_is_answered_whole_beside_the_text() {
        ChatCompletion answer = client.chat().completions().create(text("kimi-k2-thinking"));

        answer.validate();
        var message = answer.choices().getFirst().message();
        assertThat(string(message._allProperties())).startsWith("The user asks something.");
        assertThat(message.content().orElseThrow()).startsWith("This is kimi-k2-thinking");
        assertThat(answer.usage()
                        .orElseThrow()
                        .completionTokensDetails()
                        .orElseThrow()
                        .reasoningTokens())
                .hasValueSatisfying(tokens -> assertThat(tokens).isPositive());
    }

    @Test
    void reasoning_is_streamed_before_the_text() {
        List<ChatCompletionChunk> chunks = new ArrayList<>();

        ChatCompletion answer = streamed(text("kimi-k2-thinking"), chunks);

        StringBuilder reasoning = new StringBuilder();
        boolean textBegan = false;
        for (ChatCompletionChunk chunk : chunks) {
            var delta = chunk.choices().getFirst().delta();
            String thought = string(delta._allProperties());
            assertThat(textBegan && !thought.isEmpty()).isFalse();
            reasoning.append(thought);
            textBegan |= delta.content().isPresent();
        }
        assertThat(reasoning).hasToString("The user asks something. A short answer will do. ");
        assertThat(answer.choices().getFirst().message().content().orElseThrow())
                .startsWith("This is kimi");
    }

    @Test
    void two_parallel_tool_calls_are_answered_whole() {
        ChatCompletion answer = client.chat().completions().create(withTools());

        answer.validate();
        areBothCalls(answer);
    }

    @Test
    void two_parallel_tool_calls_are_streamed() {
        ChatCompletion answer = streamed(withTools(), new ArrayList<>());

        areBothCalls(answer);
    }

    @Test
    void the_result_of_a_tool_is_taken_on() {
        ChatCompletion calls = client.chat().completions().create(withTools());
        ChatCompletionCreateParams.Builder next = withTools().toBuilder();
        next.addMessage(calls.choices().getFirst().message());
        for (var call : calls.choices().getFirst().message().toolCalls().orElseThrow()) {
            next.addMessage(com.openai.models.chat.completions.ChatCompletionToolMessageParam.builder()
                    .toolCallId(call.asFunction().id())
                    .content("It is 4 degrees.")
                    .build());
        }

        ChatCompletion answer = client.chat().completions().create(next.build());

        assertThat(answer.choices().getFirst().message().content()).contains("The tool says: It is 4 degrees.");
    }

    @Test
    void an_image_is_looked_at() {
        assertThat(client.chat()
                        .completions()
                        .create(withImage("glm-4.6v"))
                        .choices()
                        .getFirst()
                        .message()
                        .content())
                .contains("A red square.");
        assertThat(streamed(withImage("glm-4.6v"), new ArrayList<>())
                        .choices()
                        .getFirst()
                        .message()
                        .content())
                .contains("A red square.");
    }

    @Test
    void an_image_for_a_model_that_cannot_see_is_a_bad_request() {
        BadRequestException refused = catchThrowableOfType(
                BadRequestException.class, () -> client.chat().completions().create(withImage("hy3")));

        assertThat(refused.type()).contains("invalid_request_error");
        assertThat(refused.getMessage()).contains("image");
    }

    @Test
    void the_models_are_listed() {
        assertThat(client.models().list().data())
                .isNotEmpty()
                .allSatisfy(model -> assertThat(model.validate().ownedBy()).isEqualTo("codebuddy"));
    }

    @Test
    void a_wrong_key_is_unauthorized() {
        OpenAIClient stranger = client("not-the-password");
        UnauthorizedException refused = catchThrowableOfType(
                UnauthorizedException.class, () -> stranger.chat().completions().create(text("hy3")));
        stranger.close();

        assertThat(refused.code()).contains("invalid_api_key");
        assertThat(refused.type()).contains("invalid_request_error");
        assertThat(refused.headers().values("www-authenticate")).containsExactly("Bearer");
    }

    /** A failure before the first event has its true status, streaming or not. */
    @ParameterizedTest
    @CsvSource({
        "no-such-model, 404, model_not_found, invalid_request_error, '', ''",
        "sim-11101, 400, invalid_value, invalid_request_error, '', ''",
        "sim-11115, 400, context_length_exceeded, invalid_request_error, '', ''",
        "sim-retry-after-7, 429, rate_limit_exceeded, rate_limit_error, 7, ''",
        "sim-6004, 429, rate_limit_exceeded, rate_limit_error, '', false",
        "sim-14018, 429, insufficient_quota, insufficient_quota, '', false",
        "sim-html-502, 502, upstream_error, server_error, '', false",
        "sim-503, 503, upstream_error, server_error, '', false",
        "sim-json-200, 502, upstream_malformed, server_error, '', false",
    })
    void an_error_is_its_typed_exception(
            String model, int status, String code, String type, String retryAfter, String shouldRetry) {
        for (OpenAIServiceException failure : List.of(
                catchThrowableOfType(
                        OpenAIServiceException.class,
                        () -> client.chat().completions().create(text(model))),
                catchThrowableOfType(OpenAIServiceException.class, () -> streamed(text(model), new ArrayList<>())))) {
            assertThat(failure).isInstanceOf(exceptionOf(status));
            assertThat(failure.statusCode()).isEqualTo(status);
            assertThat(failure.code()).contains(code);
            assertThat(failure.type()).contains(type);
            assertThat(failure.headers().values("x-request-id")).hasSize(1);
            assertThat(String.join(",", failure.headers().values("retry-after")))
                    .isEqualTo(retryAfter);
            assertThat(String.join(",", failure.headers().values("x-should-retry")))
                    .isEqualTo(shouldRetry);
        }
    }

    @Test
    void an_error_within_a_stream_is_an_exception_after_the_text_before_it() {
        StringBuilder read = new StringBuilder();
        SseException failure = catchThrowableOfType(SseException.class, () -> {
            try (StreamResponse<ChatCompletionChunk> stream =
                    client.chat().completions().createStreaming(text("sim-t5"))) {
                stream.stream()
                        .forEach(chunk ->
                                chunk.choices().getFirst().delta().content().ifPresent(read::append));
            }
        });

        assertThat(read).hasToString("Step one");
        assertThat(failure.code()).contains("upstream_error");
        assertThat(failure.type()).contains("server_error");
    }

    private static OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(service.baseUrl())
                .apiKey(key)
                .maxRetries(0)
                .timeout(Duration.ofSeconds(30))
                .responseValidation(true)
                .build();
    }

    private static ChatCompletionCreateParams.Builder request(String model) {
        return ChatCompletionCreateParams.builder().model(model);
    }

    private static ChatCompletionCreateParams text(String model) {
        return request(model).addUserMessage("Name one prime number.").build();
    }

    private static ChatCompletionCreateParams withTools() {
        return request("deepseek-v4-pro")
                .addUserMessage("What are weather and time in Oslo?")
                .addTool(tool("get_weather", "city"))
                .addTool(tool("get_time", "tz"))
                .build();
    }

    private static ChatCompletionFunctionTool tool(String name, String argument) {
        return ChatCompletionFunctionTool.builder()
                .function(FunctionDefinition.builder()
                        .name(name)
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty(
                                        "properties", JsonValue.from(Map.of(argument, Map.of("type", "string"))))
                                .build())
                        .build())
                .build();
    }

    private static ChatCompletionCreateParams withImage(String model) {
        return request(model)
                .addUserMessageOfArrayOfContentParts(List.of(
                        ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder()
                                .text("What is this?")
                                .build()),
                        ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                                .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
                                        .url(Images.RED_SQUARE)
                                        .build())
                                .build())))
                .build();
    }

    private static ChatCompletion streamed(ChatCompletionCreateParams request, List<ChatCompletionChunk> chunks) {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(request)) {
            stream.stream().forEach(chunk -> {
                chunks.add(chunk.validate());
                accumulator.accumulate(chunk);
            });
        }
        return accumulator.chatCompletion();
    }

    private static void areBothCalls(ChatCompletion answer) {
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        List<ChatCompletionMessageFunctionToolCall> calls =
                answer.choices().getFirst().message().toolCalls().orElseThrow().stream()
                        .map(call -> call.asFunction())
                        .toList();
        assertThat(calls).extracting(call -> call.function().name()).containsExactly("get_weather", "get_time");
        assertThat(calls)
                .extracting(call -> call.function().arguments())
                .containsExactly("{\"city\":\"Oslo\"}", "{\"tz\":\"UTC\"}");
        assertThat(calls)
                .extracting(ChatCompletionMessageFunctionToolCall::id)
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).startsWith("call_"));
    }

    private static void isPlausible(CompletionUsage usage) {
        assertThat(usage.promptTokens()).isPositive();
        assertThat(usage.completionTokens()).isPositive();
        assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens() + usage.completionTokens());
    }

    private static String string(Map<String, JsonValue> properties) {
        JsonValue reasoning = properties.get("reasoning_content");
        return reasoning == null ? "" : reasoning.asStringOrThrow();
    }

    private static Class<? extends OpenAIServiceException> exceptionOf(int status) {
        return switch (status) {
            case 400 -> BadRequestException.class;
            case 404 -> NotFoundException.class;
            case 429 -> RateLimitException.class;
            default -> InternalServerException.class;
        };
    }
}
