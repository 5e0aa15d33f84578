package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.filestore.YamlNode.Entry;
import io.github.codebuddy2api.filestore.YamlNode.Mapping;
import io.github.codebuddy2api.filestore.YamlNode.Text;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Changes single values in the text of a YAML file and leaves everything else as it is: comments, order, unknown keys,
 * line ends. A comment inside of a list that is replaced goes with it. What comes out must be read and compared: there
 * are ways to write YAML that this does not know.
 */
final class YamlEdit {
    private final ToIntFunction<String> rank;
    private final String lineBreak;
    private String text;

    /**
     * @param text the file as it is
     * @param rank where a dotted path stands among its siblings; negative if nobody minds
     */
    YamlEdit(String text, ToIntFunction<String> rank) {
        this.text = text;
        this.rank = rank;
        this.lineBreak = lineBreak(text);
    }

    private static String lineBreak(String text) {
        int end = lineEnd(text, 0);
        if (end == text.length()) {
            return "\n";
        }
        return text.startsWith("\r\n", end) ? "\r\n" : text.substring(end, end + 1);
    }

    String text() {
        return text;
    }

    String lineBreak() {
        return lineBreak;
    }

    /** Writes the value to the path, in a new section if need be. */
    void set(String path, YamlNode value) {
        List<String> keys = Arrays.asList(path.split("\\.", -1));
        Mapping mapping = YamlReader.read(text);
        boolean flow = mapping.flow();
        Optional<Entry> parent = Optional.empty();
        for (int i = 0; i < keys.size(); i++) {
            Optional<Entry> entry = YamlTree.entry(mapping, keys.get(i));
            YamlNode inside = YamlTree.nested(keys.subList(Math.min(i + 1, keys.size()), keys.size()), value);
            if (entry.isEmpty()) {
                insert(new Place(mapping, parent, keys.subList(0, i), flow), keys.get(i), inside);
                return;
            }
            if (i == keys.size() - 1 || !(entry.get().value() instanceof Mapping next)) {
                replace(entry.get(), inside, flow);
                return;
            }
            mapping = next;
            flow |= next.flow();
            parent = entry;
        }
    }

    /** A section into which something goes, with the entry that holds it unless it is the whole file. */
    private record Place(Mapping mapping, Optional<Entry> holder, List<String> path, boolean flow) {
        String of(String key) {
            return path.isEmpty() ? key : String.join(".", path) + "." + key;
        }
    }

    private void replace(Entry entry, YamlNode value, boolean flow) {
        boolean lines = !flow && YamlText.needsLines(value);
        String inline = lines ? "" : inline(entry.value(), value);
        int colon = colonEnd(entry);
        int start = Math.max(colon, entry.value().at().start());
        int end = Math.max(start, end(entry));
        String between = text.substring(colon, start);
        if (start == end) {
            splice(colon, colon, inline.isEmpty() ? "" : " " + inline);
        } else if (lineEnd(text, colon) >= start) {
            splice(lines ? colon : start, end, !lines && between.isEmpty() ? " " + inline : inline);
        } else {
            removeLines(lineStart(start), start, end);
            splice(colon, colon, inline.isEmpty() ? "" : " " + inline);
        }
        if (lines) {
            String indent = " ".repeat(entry.at().column() - 1);
            int after = lineEnd(text, colon);
            splice(after, after, lineBreak + YamlText.below(value, indent, lineBreak));
        }
    }

    /** What stood in quotes stays in quotes. */
    private static String inline(YamlNode before, YamlNode value) {
        boolean quoted = before instanceof Text old && !old.plain() && value instanceof Text text && !text.plain();
        return quoted ? YamlText.quoted(((Text) value).text()) : YamlText.inline(value);
    }

    private void insert(Place place, String key, YamlNode value) {
        if (place.flow()) {
            insertInBraces(place, key, value);
        } else if (!place.mapping().entries().isEmpty()) {
            insertLines(place, key, value);
        } else {
            place.holder()
                    .ifPresentOrElse(
                            holder -> replace(holder, YamlTree.nested(List.of(key), value), false),
                            () -> append(key, value));
        }
    }

    private void append(String key, YamlNode value) {
        boolean open = !text.isEmpty() && lineStart(text.length()) != text.length();
        splice(
                text.length(),
                text.length(),
                (open ? lineBreak : "") + YamlText.lines(key, value, "", lineBreak) + lineBreak);
    }

    private void insertInBraces(Place place, String key, YamlNode value) {
        String entry = YamlText.key(key) + ": " + YamlText.inline(value);
        List<Entry> entries = place.mapping().entries();
        Optional<Entry> before = predecessor(place, key);
        if (entries.isEmpty()) {
            int inside = place.mapping().at().start() + 1;
            splice(inside, inside, entry);
        } else if (before.isPresent()) {
            splice(end(before.get()), end(before.get()), ", " + entry);
        } else {
            int first = entries.getFirst().at().start();
            splice(first, first, entry + ", ");
        }
    }

    private void insertLines(Place place, String key, YamlNode value) {
        List<Entry> entries = place.mapping().entries();
        String indent = " ".repeat(entries.getFirst().at().column() - 1);
        String lines = YamlText.lines(key, value, indent, lineBreak);
        Optional<Entry> before = predecessor(place, key);
        Optional<Entry> behind = before.isPresent() ? Optional.empty() : successor(place, key);
        if (behind.isPresent() && isFirstOnLine(behind.get())) {
            int at = aboveComments(lineStart(behind.get().at().start()));
            splice(at, at, lines + lineBreak);
        } else {
            int at = lineEnd(text, end(before.orElse(entries.getLast())));
            boolean section = place.path().isEmpty() && value instanceof Mapping;
            splice(at, at, lineBreak + (section ? lineBreak : "") + lines);
        }
    }

    /** The last sibling in the file that belongs before the key. */
    private Optional<Entry> predecessor(Place place, String key) {
        int own = rank.applyAsInt(place.of(key));
        return place.mapping().entries().stream()
                .filter(entry -> ranked(place, entry) >= 0 && ranked(place, entry) < own)
                .reduce((earlier, later) -> later);
    }

    private Optional<Entry> successor(Place place, String key) {
        int own = rank.applyAsInt(place.of(key));
        return place.mapping().entries().stream()
                .filter(entry -> ranked(place, entry) > own)
                .min(Comparator.comparingInt(entry -> ranked(place, entry)));
    }

    private int ranked(Place place, Entry entry) {
        return rank.applyAsInt(place.of(entry.key()));
    }

    /** Takes the entry at the path away; a comment behind it stays. */
    void remove(String path) {
        int dot = path.lastIndexOf('.');
        Mapping root = YamlReader.read(text);
        Optional<Mapping> section = dot < 0
                ? Optional.of(root)
                : YamlTree.find(root, path.substring(0, dot))
                        .map(Entry::value)
                        .flatMap(value -> value instanceof Mapping mapping ? Optional.of(mapping) : Optional.empty());
        section.ifPresent(
                mapping -> YamlTree.entry(mapping, path.substring(dot + 1)).ifPresent(entry -> remove(mapping, entry)));
    }

    private void remove(Mapping mapping, Entry entry) {
        List<Entry> entries = mapping.entries();
        int index = entries.indexOf(entry);
        boolean last = index == entries.size() - 1;
        if (isFirstOnLine(entry) && (!mapping.flow() || (last && index == 0))) {
            removeBlock(entry);
        } else if (!last) {
            splice(entry.at().start(), entries.get(index + 1).at().start(), "");
        } else {
            splice(index == 0 ? entry.at().start() : end(entries.get(index - 1)), end(entry), "");
        }
    }

    private void removeBlock(Entry entry) {
        int key = entry.at().start();
        int colon = colonEnd(entry);
        int start = entry.value().at().start();
        int end = end(entry);
        if (start < end && lineEnd(text, colon) < start) {
            removeLines(lineStart(start), start, end);
            end = colon;
        }
        removeLines(lineStart(key), key, Math.max(colon, end));
    }

    /** Cuts {@code start} to {@code end}, and the whole of their lines unless something follows. */
    private void removeLines(int firstLine, int start, int end) {
        int lineEnd = lineEnd(text, end);
        if (text.substring(end, lineEnd).isBlank()) {
            int next = text.startsWith("\r\n", lineEnd) ? lineEnd + 2 : Math.min(text.length(), lineEnd + 1);
            splice(firstLine, next, "");
        } else {
            int comment = end;
            while (text.charAt(comment) == ' ' || text.charAt(comment) == '\t') {
                comment++;
            }
            splice(start, comment, "");
        }
    }

    private void splice(int start, int end, String instead) {
        text = text.substring(0, start) + instead + text.substring(end);
    }

    private int colonEnd(Entry entry) {
        int colon = text.indexOf(':', entry.at().end());
        return colon < 0 ? entry.at().end() : colon + 1;
    }

    /** Where the entry's value ends, without the line breaks behind it. */
    private int end(Entry entry) {
        int end = entry.value().at().end();
        boolean nothing = entry.value() instanceof Text value
                && value.at().start() == value.at().end();
        int least = nothing && entry.at().end() < end
                ? Math.min(end, colonEnd(entry))
                : entry.at().end();
        while (end > least && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return Math.max(end, least);
    }

    private boolean isFirstOnLine(Entry entry) {
        return text.substring(lineStart(entry.at().start()), entry.at().start()).isBlank();
    }

    private int aboveComments(int lineStart) {
        int at = lineStart;
        while (at > 0) {
            int above = lineStart(at - (text.startsWith("\r\n", at - 2) ? 2 : 1));
            if (!text.substring(above, at).strip().startsWith("#")) {
                return at;
            }
            at = above;
        }
        return at;
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }

    private int lineStart(int index) {
        int at = index;
        while (at > 0 && !isBreak(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private static int lineEnd(String text, int index) {
        int at = index;
        while (at < text.length() && !isBreak(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
