package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.codebuddy2api.core.settings.GatewaySettings;
import io.github.codebuddy2api.core.settings.KeywordReplacement;
import io.github.codebuddy2api.core.settings.KeywordReplacement.Rule;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Trying keyword replacement. */
class KeywordRouteTest {
    private static final String ROUTE = "/api/keywords/preview";
    private static final String RULE = "{\"from\":\"a\",\"to\":\"b\"}";

    private Owned owned;

    @BeforeEach
    void serve() {
        owned = new Owned(Credentials.named("one"));
        owned.gatewaySettings =
                GatewaySettings.DEFAULT.with(new KeywordReplacement(true, List.of(new Rule("Claude", "CodeBuddy"))));
    }

    @AfterEach
    void stop() {
        owned.close();
    }

    @Test
    void the_rules_in_force_are_tried_if_no_others_are_given() {
        assertThat(owned.post(ROUTE, "{\"text\":\"Claude, \\\"Claude\\\", `Claude`\"}")
                        .body())
                .isEqualTo("{\"text\":\"CodeBuddy, \\\"CodeBuddy\\\", `Claude`\",\"hits\":[2],\"changed\":true}");
        assertThat(owned.post(ROUTE, "{\"text\":\"\",\"rules\":null,\"chunk\":null}")
                        .body())
                .isEqualTo("{\"text\":\"\",\"hits\":[0],\"changed\":false}");
    }

    @Test
    void rules_of_ones_own_are_tried_in_their_order_and_none_means_none() {
        String rules =
                "\"rules\":[{\"from\":\"\u597d\",\"to\":\"ab\"},{\"to\":\"\",\"from\":\"ab\"},{\"from\":\"x\",\"to\":\"y\"}]";

        assertThat(owned.post(ROUTE, "{\"text\":\"\u4f60\u597d\",\"chunk\":1," + rules + "}")
                        .body())
                .isEqualTo("{\"text\":\"\u4f60\",\"hits\":[1,1,0],\"changed\":true}");
        assertThat(owned.post(ROUTE, "{\"text\":\"Claude\",\"rules\":[]}").body())
                .isEqualTo("{\"text\":\"Claude\",\"hits\":[],\"changed\":false}");
    }

    static Stream<Arguments> badQuestions() {
        String text = "\"text\":\"x\"";
        return Stream.of(
                arguments("{}", "text"),
                arguments("{\"text\":null}", "text"),
                arguments("{\"text\":7}", "text"),
                arguments("{\"text\":\"" + "x".repeat(20_001) + "\"}", "text"),
                arguments("{" + text + ",\"chunk\":0}", "chunk"),
                arguments("{" + text + ",\"chunk\":20001}", "chunk"),
                arguments("{" + text + ",\"chunk\":1.5}", "chunk"),
                arguments("{" + text + ",\"chunk\":\"5\"}", "chunk"),
                arguments("{" + text + ",\"rules\":{}}", "rules"),
                arguments("{" + text + ",\"rules\":[" + (RULE + ",").repeat(100) + RULE + "]}", "rules"),
                arguments("{" + text + ",\"rules\":[" + RULE + ",7]}", "rules[1]"),
                arguments("{" + text + ",\"rules\":[{\"from\":\"a\"}]}", "rules[0]"),
                arguments("{" + text + ",\"rules\":[{\"from\":\"a\",\"to\":\"b\",\"if\":\"c\"}]}", "rules[0]"),
                arguments("{" + text + ",\"rules\":[" + RULE + ",{\"from\":7,\"to\":\"b\"}]}", "rules[1].from"),
                arguments("{" + text + ",\"rules\":[{\"from\":\"\",\"to\":\"b\"}]}", "rules[0].from"),
                arguments("{" + text + ",\"rules\":[{\"from\":\"a`\",\"to\":\"b\"}]}", "rules[0].from"),
                arguments("{" + text + ",\"rules\":[{\"from\":\"a\\n\",\"to\":\"b\"}]}", "rules[0].from"),
                arguments("{" + text + ",\"rules\":[{\"from\":\"a\",\"to\":null}]}", "rules[0].to"),
                arguments(
                        "{" + text + ",\"rules\":[{\"from\":\"a\",\"to\":\"" + "b".repeat(501) + "\"}]}",
                        "rules[0].to"),
                arguments(
                        "{\"text\":\"" + "a".repeat(20_000) + "\",\"rules\":[{\"from\":\"a\",\"to\":\""
                                + "b".repeat(500) + "\"}]}",
                        "rules"));
    }

    @ParameterizedTest
    @MethodSource("badQuestions")
    void what_cannot_be_tried_is_refused_with_the_field_named(String body, String param) {
        RawCaller.Response response = owned.post(ROUTE, body);

        assertThat(response.status()).as(response.body()).isEqualTo(422);
        assertThat(response.body()).contains("\"param\":\"" + param + "\"", "\"detail\":\"");
    }

    @Test
    void the_longest_text_with_the_most_rules_fits_into_a_body() {
        String rule = "{\"from\":\"" + "\u4f60".repeat(500) + "\",\"to\":\"" + "\u597d".repeat(500) + "\"}";
        String rules = "[" + (rule + ",").repeat(99) + rule + "]";

        assertThat(owned.post(ROUTE, "{\"text\":\"" + "\u597d".repeat(20_000) + "\",\"rules\":" + rules + "}")
                        .status())
                .isEqualTo(200);
    }
}
