package io.github.codebuddy2api.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The behaviours that are asked for by name, in a model ({@code sim-…}) or within a token. The module's README lists them
 * all.
 */
final class Triggers {
    private static final String PREFIX = "sim-";

    /** Words a token may carry, and the trigger each stands for. */
    private static final Map<String, String> TOKEN_WORDS =
            Map.of("refused", "html-401", "quota", "14018", "limited", "14003", "forbidden", "html-403");

    private static final Pattern IN_TOKEN = Pattern.compile("sim-[a-z0-9]+(?:-[a-z0-9]+)*");

    private final List<TriggerKind> kinds;

    /** One family of triggers; the name comes without its prefix. */
    interface TriggerKind {
        Optional<Supplier<Scenario>> find(String name);
    }

    Triggers(Refusals refusals) {
        this.kinds = List.of(
                new WireTriggers()::find,
                new FaultTriggers()::find,
                new Transcripts()::find,
                new RefusalTriggers(refusals)::find);
    }

    /** What a model of that name provokes. */
    Optional<Scenario> forModel(String model) {
        return model.startsWith(PREFIX) ? named(model.substring(PREFIX.length())) : Optional.empty();
    }

    /** What a token provokes, wherever in it the trigger stands. */
    Optional<Scenario> forToken(String token) {
        Matcher matcher = IN_TOKEN.matcher(token);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String name = matcher.group().substring(PREFIX.length());
        return named(TOKEN_WORDS.getOrDefault(name, name));
    }

    private Optional<Scenario> named(String name) {
        return kinds.stream()
                .flatMap(kind -> kind.find(name).stream())
                .findFirst()
                .map(Supplier::get);
    }
}
