package io.github.codebuddy2api.codebuddy;

import static io.github.codebuddy2api.proofs.Promise.P8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.core.chat.AssistantMessage;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.ChunkChoice;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.chat.Delta;
import io.github.codebuddy2api.core.chat.FinishReason;
import io.github.codebuddy2api.core.chat.ToolCallDelta;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.KeywordReplacement;
import io.github.codebuddy2api.core.settings.KeywordReplacement.Rule;
import io.github.codebuddy2api.core.spi.Upstream;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.testkit.fake.InMemoryCredentialStore;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import io.github.codebuddy2api.testkit.fixture.Chats;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From the upstream's bytes to the caller's answer: neither the cuts between reads nor those between events show. */
final class ReChunkingTest {
    private static final KeywordReplacement ON = new KeywordReplacement(
            true, List.of(new Rule("Claude Code", "CodeBuddy Code"), new Rule("Claude", "CodeBuddy")));

    private static final String TEXT = "I am Claude Code \u2014 na\u00efve \u4f60\u597d \ud83d\ude00\ud83d\udc69\u200d"
            + "\ud83d\udcbb, says Claude. \"data: [DONE]\" \\ \u2028 \u0085 Clau";
    private static final String ARGUMENTS =
            "{\"path\":\"/tmp/\u4f60\u597d \ud83d\ude00.txt\",\"text\":\"Claude \\\"Code\\\"\\n\\u00e9\"}";

    private byte[] bytes = {};
    private int[] cuts = {};

    @Test
    @Tag("trust")
    @Tag("P8")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void no_re_chunking_changes_an_answer() throws Exception {
        Proof proof = Proof.of(P8, "re-chunkings")
                .without("what is changed on purpose: keywords of the owner's, and brackets that arguments lack");
        int runs = proof.amount(4_000, 100_000, 1_000_000);
        Random random = new Random(proof.seed());
        proof.show(() -> {
            List<Gateway> gateways = List.of(gateway(KeywordReplacement.OFF), gateway(ON));
            Map<String, String> wholes = new HashMap<>();
            int remade = 0;
            for (int run = 0; run < runs; run++) {
                int replacing = random.nextInt(2);
                Gateway gateway = gateways.get(replacing);
                if (run % 2 == 0) {
                    String name = Streams.RECORDED.get(random.nextInt(Streams.RECORDED.size()));
                    byte[] recorded = Streams.bytes(name);
                    String whole = wholes.computeIfAbsent(name + replacing, any -> folded(gateway, recorded));
                    assertThat(answer(gateway, random, recorded))
                            .as("run %d, %s", run, name)
                            .isEqualTo(whole);
                } else {
                    byte[] made = made(random);
                    assertThat(answer(gateway, random, made))
                            .as("run %d", run)
                            .isEqualTo(replacing == 0 ? exactly(TEXT) : exactly(inOtherWords()));
                    remade++;
                }
            }
            return "%,d random re-chunkings (%,d of the bytes of %d recorded streams, %,d of the events too), half of them with keywords replaced, half of them as a stream: 0 differences"
                    .formatted(runs, runs - remade, Streams.RECORDED.size(), remade);
        });
    }

    private static String inOtherWords() {
        return TEXT.replace("Claude Code", "CodeBuddy Code").replace("Claude", "CodeBuddy");
    }

    private static String exactly(String text) {
        return text + "|f" + ARGUMENTS + "|tool_calls";
    }

    /** The same text and arguments in other events. */
    private static byte[] made(Random random) {
        List<String> events = new ArrayList<>();
        for (String piece : pieces(TEXT, random)) {
            events.add("{\"content\":" + RawJson.string(piece).text() + "}");
        }
        String name = "\"id\":\"call_1\",\"type\":\"function\",";
        for (String piece : pieces(ARGUMENTS, random)) {
            events.add("{\"tool_calls\":[{\"index\":0," + name + "\"function\":{"
                    + (name.isEmpty() ? "" : "\"name\":\"f\",") + "\"arguments\":"
                    + RawJson.string(piece).text() + "}}]}");
            name = "";
        }
        String lineEnd = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
        StringBuilder stream = new StringBuilder();
        for (String delta : events) {
            stream.append("data: {\"choices\":[{\"index\":0,\"delta\":")
                    .append(delta)
                    .append("}]}");
            stream.append(lineEnd).append(lineEnd);
        }
        stream.append("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
        return Streams.utf8(stream.append(lineEnd).append(lineEnd).toString());
    }

    private static List<String> pieces(String text, Random random) {
        List<String> pieces = new ArrayList<>();
        int longest = 1 + random.nextInt(text.length());
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(longest));
            end += end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? 1 : 0;
            pieces.add(text.substring(at, end));
            at = end;
        }
        return pieces;
    }

    private static int[] cutsOf(byte[] bytes, Random random) {
        return random.ints(random.nextInt(40), 0, bytes.length + 1).toArray();
    }

    /** What becomes of the bytes in pieces, folded or as a stream. */
    private String answer(Gateway gateway, Random random, byte[] stream) {
        int[] places = cutsOf(stream, random);
        return random.nextBoolean() ? folded(gateway, stream, places) : streamed(gateway, stream, places);
    }

    private String folded(Gateway gateway, byte[] stream, int... places) {
        bytes = stream;
        cuts = places;
        try {
            var choice = gateway.chat()
                    .complete(Chats.request(), Chats.correlation())
                    .choices()
                    .getFirst();
            AssistantMessage message = choice.message();
            return told(message, choice.finishReason());
        } catch (GatewayException failure) {
            return failure.code();
        }
    }

    /** The same as a caller puts together who reads chunk by chunk. */
    private String streamed(Gateway gateway, byte[] stream, int... places) {
        bytes = stream;
        cuts = places;
        StringBuilder reasoning = new StringBuilder();
        StringBuilder content = new StringBuilder();
        Map<Integer, String> names = new TreeMap<>();
        Map<Integer, StringBuilder> arguments = new TreeMap<>();
        FinishReason finish = null;
        try (CompletionStream answer = gateway.chat().stream(Chats.request(), Chats.correlation())) {
            for (Optional<ChatChunk> chunk = answer.next(); chunk.isPresent(); chunk = answer.next()) {
                for (ChunkChoice choice : chunk.get().choices()) {
                    Delta delta = choice.delta();
                    reasoning.append(Objects.requireNonNullElse(delta.reasoningContent(), ""));
                    content.append(Objects.requireNonNullElse(delta.content(), ""));
                    for (ToolCallDelta call : delta.toolCalls()) {
                        names.merge(call.index(), Objects.requireNonNullElse(call.name(), ""), String::concat);
                        arguments
                                .computeIfAbsent(call.index(), index -> new StringBuilder())
                                .append(call.arguments());
                    }
                    finish = choice.finishReason() == null ? finish : choice.finishReason();
                }
            }
        } catch (GatewayException failure) {
            return failure.code();
        }
        StringBuilder said = new StringBuilder(reasoning.isEmpty() ? "" : reasoning + "|").append(content);
        names.forEach((index, name) -> said.append('|').append(name).append(arguments.get(index)));
        return said.append('|').append(finish).toString();
    }

    private static String told(AssistantMessage message, Object finish) {
        StringBuilder said = new StringBuilder();
        said.append(message.reasoningContent() == null ? "" : message.reasoningContent() + "|");
        said.append(message.content() == null ? "" : message.content());
        message.toolCalls().forEach(call -> said.append('|').append(call.name()).append(call.arguments()));
        return said.append('|').append(finish).toString();
    }

    private Gateway gateway(KeywordReplacement replacement) {
        Upstream upstream =
                (request, credential, correlation) -> Streams.stream(Streams.events(new Pieces(bytes, cuts)));
        GatewaySettings settings = GatewaySettings.DEFAULT.with(replacement);
        return Gateway.builder()
                .upstream(upstream)
                .credentials(InMemoryCredentialStore.of(Credentials.named("a")))
                .settings(() -> settings)
                .time(new ManualTime())
                .random(new Random(1))
                .build();
    }
}
