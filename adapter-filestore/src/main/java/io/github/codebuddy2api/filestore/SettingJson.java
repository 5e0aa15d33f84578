package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.settings.KeywordReplacement.Rule;
import io.github.codebuddy2api.filestore.YamlNode.Entry;
import io.github.codebuddy2api.filestore.YamlNode.Items;
import io.github.codebuddy2api.filestore.YamlNode.Position;
import io.github.codebuddy2api.filestore.YamlNode.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The settings that have more than one dimension, as JSON text; and the JSON file of the original service. */
final class SettingJson {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_NUMBER = 100;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER)
                            .maxStringLength(ConfigText.MAX_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SettingJson() {}

    static String ofRules(List<Rule> rules) {
        ArrayNode list = MAPPER.createArrayNode();
        rules.forEach(rule -> list.addObject().put("from", rule.from()).put("to", rule.to()));
        return MAPPER.writeValueAsString(list);
    }

    static String ofTexts(List<String> texts) {
        ArrayNode list = MAPPER.createArrayNode();
        texts.forEach(list::add);
        return MAPPER.writeValueAsString(list);
    }

    static String ofAliases(Map<String, String> aliases) {
        ObjectNode object = MAPPER.createObjectNode();
        aliases.forEach(object::put);
        return MAPPER.writeValueAsString(object);
    }

    /** The JSON object in the text, if it is one and nothing else. */
    static Optional<ObjectNode> object(String text) {
        return read(text).flatMap(node -> node instanceof ObjectNode object ? Optional.of(object) : Optional.empty());
    }

    /** The list in the text, as what the file would have; empty if there is none. */
    static Optional<Items> list(String text) {
        return read(text).filter(JsonNode::isArray).flatMap(SettingJson::items);
    }

    /** The object of texts in the text, as what the file would have. */
    static Optional<YamlNode> texts(String text) {
        return object(text).flatMap(SettingJson::yaml);
    }

    private static Optional<JsonNode> read(String text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text));
        } catch (JacksonException | NumberFormatException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<Items> items(JsonNode list) {
        List<YamlNode> items = new ArrayList<>();
        for (JsonNode item : list) {
            Optional<YamlNode> node = yaml(item);
            if (node.isEmpty()) {
                return Optional.empty();
            }
            items.add(node.get());
        }
        return Optional.of(new Items(items, false, Position.NOWHERE));
    }

    /** A text, or an object of texts; nothing else has a place in a setting. */
    private static Optional<YamlNode> yaml(JsonNode json) {
        if (json.isString()) {
            return Optional.of(new Text(json.stringValue(), false, Position.NOWHERE));
        }
        if (!(json instanceof ObjectNode object)) {
            return Optional.empty();
        }
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!member.getValue().isString()) {
                return Optional.empty();
            }
            Text value = new Text(member.getValue().stringValue(), false, Position.NOWHERE);
            entries.add(new Entry(member.getKey(), Position.NOWHERE, value));
        }
        return Optional.of(YamlTree.mapping(entries));
    }
}
