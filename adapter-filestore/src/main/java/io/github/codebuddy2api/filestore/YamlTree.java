package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.filestore.YamlNode.Entry;
import io.github.codebuddy2api.filestore.YamlNode.Items;
import io.github.codebuddy2api.filestore.YamlNode.Mapping;
import io.github.codebuddy2api.filestore.YamlNode.Position;
import io.github.codebuddy2api.filestore.YamlNode.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a YAML file says, changed without regard to how it is written. Paths are dotted, as in {@code server.port}. */
final class YamlTree {
    private YamlTree() {}

    static Optional<Entry> find(Mapping root, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return entry(root, path);
        }
        return entry(root, path.substring(0, dot))
                .flatMap(entry -> entry.value() instanceof Mapping section
                        ? find(section, path.substring(dot + 1))
                        : Optional.empty());
    }

    static Optional<Entry> entry(Mapping mapping, String key) {
        return mapping.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst();
    }

    /** The same with the value at the path, in a new section if need be. */
    static Mapping with(Mapping root, String path, YamlNode value) {
        int dot = path.indexOf('.');
        String key = dot < 0 ? path : path.substring(0, dot);
        YamlNode there = entry(root, key).<YamlNode>map(Entry::value).orElse(mapping(List.of()));
        YamlNode now = dot < 0
                ? value
                : with(there instanceof Mapping section ? section : mapping(List.of()), path.substring(dot + 1), value);
        List<Entry> entries = new ArrayList<>();
        root.entries().forEach(entry -> entries.add(entry.key().equals(key) ? new Entry(key, entry.at(), now) : entry));
        if (entry(root, key).isEmpty()) {
            entries.add(new Entry(key, Position.NOWHERE, now));
        }
        return new Mapping(entries, root.flow(), root.at());
    }

    /** The same without the entry at the path; its section stays. */
    static Mapping without(Mapping root, String path) {
        int dot = path.indexOf('.');
        String key = dot < 0 ? path : path.substring(0, dot);
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : root.entries()) {
            if (!entry.key().equals(key)) {
                entries.add(entry);
            } else if (dot >= 0) {
                YamlNode rest = entry.value() instanceof Mapping section
                        ? without(section, path.substring(dot + 1))
                        : entry.value();
                entries.add(new Entry(key, entry.at(), rest));
            }
        }
        return new Mapping(entries, root.flow(), root.at());
    }

    /** The value inside of new sections, one for each part of the path before the last; the value itself if empty. */
    static YamlNode nested(List<String> path, YamlNode value) {
        return path.isEmpty()
                ? value
                : mapping(List.of(
                        new Entry(path.getFirst(), Position.NOWHERE, nested(path.subList(1, path.size()), value))));
    }

    static Mapping mapping(List<Entry> entries) {
        return new Mapping(entries, false, Position.NOWHERE);
    }

    /** Whether both say the same, however it is written. A section without keys says nothing. */
    static boolean same(YamlNode a, YamlNode b) {
        if (saysNothing(a) || saysNothing(b)) {
            return saysNothing(a) && saysNothing(b);
        }
        return switch (a) {
            case Text text -> b instanceof Text that && that.text().equals(text.text());
            case Items items -> b instanceof Items that && sameItems(items.items(), that.items());
            case Mapping mapping -> b instanceof Mapping that && sameEntries(mapping.entries(), that.entries());
        };
    }

    private static boolean saysNothing(YamlNode node) {
        return switch (node) {
            case Text text -> text.isNothing();
            case Items items -> false;
            case Mapping mapping -> mapping.entries().isEmpty();
        };
    }

    private static boolean sameItems(List<YamlNode> a, List<YamlNode> b) {
        boolean same = a.size() == b.size();
        for (int i = 0; same && i < a.size(); i++) {
            same = same(a.get(i), b.get(i));
        }
        return same;
    }

    private static boolean sameEntries(List<Entry> a, List<Entry> b) {
        Map<String, YamlNode> byKey = new HashMap<>();
        b.forEach(entry -> byKey.put(entry.key(), entry.value()));
        for (Entry entry : a) {
            YamlNode other = byKey.remove(entry.key());
            if (other == null || !same(entry.value(), other)) {
                return false;
            }
        }
        return byKey.isEmpty();
    }
}
