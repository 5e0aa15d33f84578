package io.github.codebuddy2api.acceptance;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** The official Java SDK, without its retries. */
final class JavaReader implements AnswerReader {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    public List<Reading> read(ServiceUnderTest service, List<Question> questions) throws Exception {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(service.baseUrl())
                .apiKey(AppHome.PASSWORD)
                .maxRetries(0)
                .timeout(LIMIT)
                .build();
        try {
            return AnswerReader.readAll(questions, question -> read(client, question));
        } finally {
            client.close();
        }
    }

    private static Reading read(OpenAIClient client, Question question) {
        ChatCompletionCreateParams asked = ChatCompletionCreateParams.builder()
                .model(question.model())
                .addUserMessage("Name one prime number.")
                .build();
        try {
            return new Reading(false, question.stream() ? streamed(client, asked) : whole(client, asked));
        } catch (OpenAIServiceException refused) {
            return new Reading(true, refused.code().orElse("no code"));
        } catch (OpenAIException failed) {
            return new Reading(true, failed.getClass().getSimpleName());
        }
    }

    private static String whole(OpenAIClient client, ChatCompletionCreateParams asked) {
        ChatCompletion.Choice choice =
                client.chat().completions().create(asked).validate().choices().getFirst();
        StringBuilder told = new StringBuilder(choice.message().content().orElse(""));
        choice.message()
                .toolCalls()
                .orElse(List.of())
                .forEach(call -> told.append('|')
                        .append(call.asFunction().function().name())
                        .append(call.asFunction().function().arguments()));
        return told.append('|').append(choice.finishReason()).toString();
    }

    private static String streamed(OpenAIClient client, ChatCompletionCreateParams asked) {
        StringBuilder text = new StringBuilder();
        TreeMap<Long, StringBuilder> calls = new TreeMap<>();
        StringBuilder finish = new StringBuilder();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(asked)) {
            stream.stream()
                    .flatMap(chunk -> chunk.validate().choices().stream())
                    .forEach(choice -> {
                        text.append(choice.delta().content().orElse(""));
                        choice.delta().toolCalls().orElse(List.of()).forEach(call -> {
                            StringBuilder told = calls.computeIfAbsent(call.index(), any -> new StringBuilder());
                            call.function()
                                    .ifPresent(function -> told.append(
                                                    function.name().orElse(""))
                                            .append(function.arguments().orElse("")));
                        });
                        choice.finishReason().ifPresent(finish::append);
                    });
        }
        return text + "|" + String.join("|", calls.values()) + "|" + finish;
    }
}
