package io.github.codebuddy2api.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.api.Keywords.Preview;
import io.github.codebuddy2api.core.chat.ChatChunk;
import io.github.codebuddy2api.core.chat.CompletionStream;
import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.KeywordReplacement;
import io.github.codebuddy2api.core.settings.KeywordReplacement.Rule;
import io.github.codebuddy2api.testkit.fake.Script;
import io.github.codebuddy2api.testkit.fake.ScriptedUpstream;
import io.github.codebuddy2api.testkit.fixture.Chunks;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A preview of keyword replacement tells what a streamed answer becomes, however both are cut. */
class KeywordPreviewTest {
    private static final String[] WORDS = {
        "Claude",
        "Claude Code",
        "Cl",
        "aude",
        "`",
        "``",
        "```",
        "```\n",
        "\n```\n",
        "~~~",
        "~~~ sh\n",
        "\n",
        "\r\n",
        " ",
        "> ",
        "- ",
        "1. ",
        "\\",
        "a",
        "ab",
        "\ud83d\ude00",
        "\u4f60\u597d"
    };

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_preview_equals_the_streamed_answer(long seed) {
        Random random = new Random(seed);
        KeywordReplacement rules = rules(random);
        String text = text(random);
        Bench bench = new Bench(ScriptedUpstream.always(script(text, random)), "a");
        bench.settings = GatewaySettings.DEFAULT.with(rules);
        String answer = answer(bench);

        Preview inForce = bench.gateway.keywords().preview(text, null, random.nextInt(1, 9));
        bench.settings = GatewaySettings.DEFAULT;
        Preview tried = bench.gateway.keywords().preview(text, rules, random.nextInt(1, 9));

        assertThat(inForce.text()).as("seed %d", seed).isEqualTo(answer);
        assertThat(tried).as("seed %d", seed).isEqualTo(inForce);
        assertThat(tried.hits()).hasSameSizeAs(rules.rules());
    }

    private static KeywordReplacement rules(Random random) {
        List<Rule> rules = new ArrayList<>();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            String[] from = {"Claude", "Claude Code", "a", "ab", "e C", "\u597d", "buddy"};
            String[] to = {"buddy", "", "ab", "`", "\n", "```\n", "Claude"};
            rules.add(new Rule(from[random.nextInt(from.length)], to[random.nextInt(to.length)]));
        }
        return new KeywordReplacement(true, rules);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder("Hello ");
        for (int i = random.nextInt(60); i > 0; i--) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    private static Script script(String text, Random random) {
        List<ChatChunk> chunks = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int end = Math.min(text.length(), start + random.nextInt(1, 9));
            chunks.add(Chunks.content(text.substring(start, end)));
            start = end;
        }
        chunks.add(Chunks.stop());
        return Script.says(chunks.toArray(ChatChunk[]::new));
    }

    private static String answer(Bench bench) {
        try (CompletionStream stream = bench.stream()) {
            return Chunks.drain(stream).stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .map(choice -> choice.delta().content())
                    .filter(piece -> piece != null)
                    .collect(Collectors.joining());
        }
    }
}
