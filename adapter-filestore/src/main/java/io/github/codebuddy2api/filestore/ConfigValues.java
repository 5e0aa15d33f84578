package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.filestore.YamlNode.Entry;
import io.github.codebuddy2api.filestore.YamlNode.Items;
import io.github.codebuddy2api.filestore.YamlNode.Mapping;
import io.github.codebuddy2api.filestore.YamlNode.Position;
import io.github.codebuddy2api.filestore.YamlNode.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The values of one configuration file by their full key. Every key that is asked for counts as known; what cannot be
 * read is collected as a problem and replaced by the default, so that one run finds all problems.
 */
final class ConfigValues {
    private static final int MAX_SHOWN = 40;
    private static final int MAX_LISTED = 50;
    private static final int MAX_ITEMS = 1_000;

    private final Map<String, Entry> entries = new HashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<ConfigProblem> warnings = new ArrayList<>();
    private final List<UnknownKey> unknown = new ArrayList<>();
    private final Mapping root;

    ConfigValues(Mapping root) {
        this.root = root;
        collect("", root);
    }

    private void collect(String prefix, Mapping mapping) {
        for (Entry entry : mapping.entries()) {
            String key = prefix + entry.key();
            if (entries.putIfAbsent(key, entry) != null) {
                problem(entry.at(), shown(key), "was given before", "Keep one of the two lines");
            }
            if (entry.value() instanceof Mapping section) {
                collect(key + ".", section);
            }
        }
    }

    /** Reads a scalar with {@code parser}, which says empty when the text cannot be meant. */
    <T> T read(ConfigKey key, T fallback, Function<String, Optional<T>> parser) {
        return entry(key).flatMap(entry -> parsed(key, entry, parser)).orElse(fallback);
    }

    private <T> Optional<T> parsed(ConfigKey key, Entry entry, Function<String, Optional<T>> parser) {
        if (!(entry.value() instanceof Text text)) {
            problem(entry.at(), key.name(), "must be a single value", key.cure());
            return Optional.empty();
        }
        if (text.isNothing()) {
            return Optional.empty();
        }
        Optional<T> value = parser.apply(text.text());
        if (value.isEmpty()) {
            String reason = key.secret() ? "cannot be used" : reason(text.text());
            problem(text.at(), key.name(), reason, key.cure());
        }
        return value;
    }

    private static String reason(String text) {
        return text.isBlank() ? "must not be empty" : "cannot be " + shown(text);
    }

    /** Reads a list, or one scalar with commas, item by item. */
    <T> List<T> list(ConfigKey key, List<T> fallback, Function<String, Optional<T>> parser) {
        return entry(key).map(entry -> listOf(key, entry, fallback, parser)).orElse(fallback);
    }

    private <T> List<T> listOf(ConfigKey key, Entry entry, List<T> fallback, Function<String, Optional<T>> parser) {
        return switch (entry.value()) {
            case Text text when text.isNothing() || text.text().isBlank() -> fallback;
            case Text text -> items(key, splitAtCommas(text), parser);
            case Items items -> items(key, items.items(), parser);
            case Mapping mapping -> {
                problem(entry.at(), key.name(), "must be a list", key.cure());
                yield fallback;
            }
        };
    }

    private static List<YamlNode> splitAtCommas(Text text) {
        List<YamlNode> items = new ArrayList<>();
        for (String item : text.text().split(",", -1)) {
            if (!item.isBlank()) {
                items.add(new Text(item.strip(), false, text.at()));
            }
        }
        return items;
    }

    private <T> List<T> items(ConfigKey key, List<YamlNode> items, Function<String, Optional<T>> parser) {
        if (items.size() > MAX_ITEMS) {
            problem(items.getFirst().at(), key.name(), "has more than " + MAX_ITEMS + " items", key.cure());
            return List.of();
        }
        Set<T> values = new LinkedHashSet<>();
        for (YamlNode item : items) {
            Optional<T> value = item instanceof Text text ? parser.apply(text.text()) : Optional.empty();
            value.ifPresentOrElse(
                    values::add, () -> problem(item.at(), key.name(), "has an item that cannot be used", key.cure()));
        }
        return List.copyOf(values);
    }

    /** Reads a list of at most {@code most} mappings, item by item. */
    <T> List<T> mappings(ConfigKey key, int most, List<T> fallback, Function<Mapping, Optional<T>> parser) {
        return entry(key)
                .map(entry -> mappingsOf(key, most, entry, fallback, parser))
                .orElse(fallback);
    }

    private <T> List<T> mappingsOf(
            ConfigKey key, int most, Entry entry, List<T> fallback, Function<Mapping, Optional<T>> parser) {
        if (entry.value() instanceof Text text && text.isNothing()) {
            return fallback;
        }
        if (!(entry.value() instanceof Items list) || list.items().size() > most) {
            problem(entry.at(), key.name(), "must be a list of at most " + most + " items", key.cure());
            return fallback;
        }
        List<T> values = new ArrayList<>();
        for (YamlNode item : list.items()) {
            Optional<T> value = item instanceof Mapping mapping ? parser.apply(mapping) : Optional.empty();
            value.ifPresentOrElse(
                    values::add, () -> problem(item.at(), key.name(), "has an item that cannot be used", key.cure()));
        }
        return values;
    }

    /** Reads one mapping of at most {@code most} entries, entry by entry. */
    <T> Map<String, T> mapping(ConfigKey key, int most, Function<Entry, Optional<Map.Entry<String, T>>> parser) {
        Map<String, T> values = new LinkedHashMap<>();
        entry(key)
                .filter(entry -> !(entry.value() instanceof Text text && text.isNothing()))
                .ifPresent(entry -> {
                    if (!(entry.value() instanceof Mapping mapping)
                            || mapping.entries().size() > most) {
                        problem(entry.at(), key.name(), "must be at most " + most + " names", key.cure());
                        return;
                    }
                    for (Entry item : mapping.entries()) {
                        parser.apply(item)
                                .ifPresentOrElse(
                                        value -> values.put(value.getKey(), value.getValue()),
                                        () -> problem(
                                                item.at(), key.name(), "has a name that cannot be used", key.cure()));
                    }
                });
        return values;
    }

    int integer(String name, int least, int most, int fallback) {
        ConfigKey key = ConfigKey.of(name, "Write a whole number from " + least + " to " + most)
                .orElsewhere();
        return read(key, fallback, text -> ConfigGrammar.integer(text, least, most));
    }

    int size(String name, int least, int most, int fallback) {
        String cure = "Write a size from " + least + " to " + most + " bytes, such as 16 MiB";
        return read(ConfigKey.of(name, cure), fallback, text -> ConfigGrammar.size(text, least, most));
    }

    boolean flag(String name, boolean fallback) {
        return read(ConfigKey.of(name, "Write true or false").orElsewhere(), fallback, ConfigGrammar::flag);
    }

    Duration duration(String name, Duration most, Duration fallback) {
        String cure = "Write a time up to " + most.toSeconds() + " seconds, such as 120s or 2m";
        return read(ConfigKey.of(name, cure), fallback, text -> ConfigGrammar.duration(text, most));
    }

    /** The entry that holds the key: the canonical place first, then the places of older files. */
    private Optional<Entry> entry(ConfigKey key) {
        Optional<Entry> found = Optional.empty();
        for (String place : key.places()) {
            known.add(place);
            Entry entry = entries.get(place);
            if (entry != null && found.isPresent()) {
                warn(entry.at(), shown(place), "has no effect beside " + key.name(), "Remove it");
            }
            found = found.isPresent() ? found : Optional.ofNullable(entry);
        }
        return found;
    }

    /** Whether the key is written down at all, be it with nothing behind it. */
    boolean has(ConfigKey key) {
        return entry(key).isPresent();
    }

    private void problem(Position at, String key, String reason, String cure) {
        if (problems.size() < MAX_LISTED) {
            problems.add(new ConfigProblem(at.line(), at.column(), key, reason, cure));
        }
    }

    /** Warns about a value that was read and can be meant, but will hardly do. */
    void warn(ConfigKey key, String reason, String cure) {
        entry(key).ifPresent(entry -> warn(entry.at(), key.name(), reason, cure));
    }

    private void warn(Position at, String key, String reason, String cure) {
        if (warnings.size() < MAX_LISTED) {
            warnings.add(new ConfigProblem(at.line(), at.column(), key, reason, cure));
        }
    }

    /** Every place that has been asked for. */
    Set<String> known() {
        return Set.copyOf(known);
    }

    /** To be called when every key has been asked for. Throws if there was a problem; otherwise gives the warnings. */
    List<ConfigProblem> finish() {
        unknown("", root);
        Comparator<ConfigProblem> inOrder =
                Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.stream().sorted(inOrder).toList());
        }
        return warnings.stream().sorted(inOrder).toList();
    }

    /** The keys that nobody asked for, as far as the warnings go; to be called after {@link #finish}. */
    List<UnknownKey> unknownKeys() {
        return List.copyOf(unknown);
    }

    private void unknown(String prefix, Mapping mapping) {
        for (Entry entry : mapping.entries()) {
            String key = prefix + entry.key();
            boolean section = known.stream().anyMatch(name -> name.startsWith(key + "."));
            if (section) {
                inSection(key, entry);
            } else if (!known.contains(key) && warnings.size() < MAX_LISTED) {
                warnUnknown(prefix, entry);
            }
        }
    }

    private void inSection(String key, Entry entry) {
        if (entry.value() instanceof Mapping section) {
            unknown(key + ".", section);
        } else if (!(entry.value() instanceof Text text && text.isNothing())) {
            problem(entry.at(), shown(key), "must be a section", "Write its keys below it, indented");
        }
    }

    /** A word that resembles no key and has no value may be the second half of a password with a comma in it. */
    private void warnUnknown(String prefix, Entry entry) {
        String key = prefix + entry.key();
        Optional<String> meant = NearestName.of(key, known);
        boolean bare = meant.isEmpty() && entry.value() instanceof Text text && text.isNothing();
        String told = bare ? prefix + "..." : shown(key);
        unknown.add(new UnknownKey(told, meant.orElse(null)));
        warn(
                entry.at(),
                told,
                "is not a known key and has no effect; it is kept",
                meant.map(name -> "If you meant " + name + ", write that").orElse("Remove it if it is not needed"));
    }

    /** Text from the file made fit for one line of a message. */
    private static String shown(String text) {
        String line = text.strip().replaceAll("[^\\x20-\\x7E]", "?");
        return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "...";
    }

    /** Lower case without blanks around it. */
    static String word(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
