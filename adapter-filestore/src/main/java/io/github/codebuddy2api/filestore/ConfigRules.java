package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.filestore.ConfigFile.Reading;
import io.github.codebuddy2api.filestore.YamlNode.Mapping;
import io.github.codebuddy2api.filestore.YamlNode.Position;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a configuration may say.
 *
 * @param home what relative paths start from
 * @param logging throws {@link ConfigException} if the section {@code logging} cannot be meant; its grammar is not
 *     known here
 */
record ConfigRules(Path home, Consumer<Config.Logging> logging) {
    /**
     * What the bytes mean.
     *
     * @throws ConfigException if something cannot be meant; it lists every such place
     */
    Reading read(byte[] content) {
        return read(YamlReader.read(ConfigText.decode(content)));
    }

    /**
     * What the file means of which this is the one mapping.
     *
     * @throws ConfigException if something cannot be meant; it lists every such place
     */
    Reading read(Mapping root) {
        ConfigValues values = new ConfigValues(root);
        Config config = new ConfigReader(values, home).read();
        List<ConfigProblem> warnings = values.finish();
        try {
            logging.accept(config.logging());
        } catch (ConfigException refused) {
            throw new ConfigException(refused.problems().stream()
                    .map(problem -> placed(problem, root))
                    .toList());
        }
        return new Reading(config, false, warnings, values.unknownKeys(), List.of());
    }

    private static ConfigProblem placed(ConfigProblem problem, Mapping root) {
        Position at = YamlTree.find(root, problem.key())
                .map(entry -> entry.value().at())
                .orElse(Position.NOWHERE);
        return new ConfigProblem(at.line(), at.column(), problem.key(), problem.reason(), problem.cure());
    }
}
