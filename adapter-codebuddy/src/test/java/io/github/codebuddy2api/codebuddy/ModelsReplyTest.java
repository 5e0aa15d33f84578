package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.catalog.Model;
import io.github.codebuddy2api.core.catalog.Model.Ability;
import io.github.codebuddy2api.core.catalog.Model.Limits;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsReplyTest {
    private static final String FOUR = """
            "models":[{"id":"a","name":"Model A","aliases":["first"]},{"id":"b","name":"Model B"},
            {"id":"c","disabled":true},{"id":"p","tags":["text-to-image"]},{"id":"v","tags":["image-to-video"]}]""";

    @Test
    void everything_an_entry_tells_is_told() {
        assertThat(models("""
                {"models":[{"id":"glm-5.2","name":"GLM-5.2","credits":"x0.79 credits","maxInputTokens":1000000,
                "maxOutputTokens":"48000","supportsImages":true,"supportsToolCall":true,"supportsReasoning":true}]}"""))
                .containsExactly(new Model(
                        "glm-5.2",
                        "GLM-5.2",
                        new Limits(1_000_000, 48_000),
                        Set.of(Ability.IMAGES, Ability.TOOLS, Ability.REASONING),
                        new BigDecimal("0.79"),
                        null));
    }

    @Test
    void an_id_is_enough() {
        assertThat(models("{\"models\":[{\"id\":\" x \"}]}")).containsExactly(new Model("x"));
    }

    @Test
    void members_of_another_type_tell_nothing() {
        assertThat(models("""
                {"models":[{"id":"x","name":["n"],"credits":7.5,"maxInputTokens":"many","maxOutputTokens":-1,
                "supportsImages":"yes","supportsToolCall":1,"tags":"text-to-image","aliases":{"a":1}}]}""")).containsExactly(new Model("x"));
    }

    @Test
    void entries_without_an_id_are_skipped_and_the_first_of_equal_ones_counts() {
        assertThat(models("""
                {"models":[{"name":"n"},{"id":""},{"id":null},7,null,{"id":"x","name":"1"},{"id":"x","name":"2"}]}""")).extracting(Model::name).containsExactly("1");
    }

    @Test
    void images_are_not_read_if_the_reading_is_switched_off() {
        assertThat(models("{\"models\":[{\"id\":\"x\",\"supportsImages\":true,\"disabledMultimodal\":true}]}"))
                .containsExactly(new Model("x"));
    }

    @Test
    void without_an_agent_all_that_chat_are_offered() {
        assertThat(ids("{" + FOUR + "}")).containsExactly("a", "b");
        assertThat(ids("{" + FOUR + ",\"agents\":[{\"name\":\"craft\",\"models\":[\"a\"]}]}"))
                .containsExactly("a", "b");
        assertThat(ids("{" + FOUR + ",\"agents\":[{\"name\":\"cli\",\"models\":[\"gone\"]}]}"))
                .containsExactly("a", "b");
    }

    @Test
    void the_command_lines_agent_says_which_and_in_what_order() {
        assertThat(ids("{" + FOUR + """
                ,"agents":[{"name":"x","tags":["default"],"models":["a"]},
                {"name":"cli","models":[{"id":"b"},"p","c","first","Model B","gone",7]}]}""")).containsExactly("b", "a");
    }

    @Test
    void or_else_the_usual_agent() {
        assertThat(ids("{" + FOUR + """
                ,"agents":[{"name":"y","models":["a"]},{"name":"x","tags":["default"],"models":["Model B"]}]}""")).containsExactly("b");
    }

    @Test
    void what_is_not_available_is_not_offered() {
        assertThat(ids("{" + FOUR + ",\"availableModels\":[\"b\",\"c\"]}")).containsExactly("b");
        assertThat(ids("{" + FOUR + ",\"availableModels\":[]}")).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource({"x0.79 credits,0.79", "x0.00,0.00", "12,12", "'',", "free,", "x.5,5"})
    void the_multiplier_is_the_first_number(String credits, BigDecimal multiplier) {
        assertThat(models("{\"models\":[{\"id\":\"x\",\"credits\":\"" + credits + "\"}]}")
                        .get(0)
                        .creditMultiplier())
                .isEqualTo(multiplier);
    }

    @Test
    void there_is_an_end_to_a_list() {
        StringBuilder many = new StringBuilder("{\"models\":[{\"id\":\"0\"}");
        for (int i = 1; i < 2 * ModelsReply.MAX_MODELS; i++) {
            many.append(",{\"id\":\"").append(i).append("\"}");
        }

        assertThat(models(many + "]}")).hasSize(ModelsReply.MAX_MODELS);
    }

    private static List<String> ids(String json) {
        return models(json).stream().map(Model::id).toList();
    }

    private static List<Model> models(String json) {
        return new ModelsReply(Json.MAPPER.readTree(json)).models();
    }
}
