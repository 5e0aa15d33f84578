package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.filestore.YamlNode.Entry;
import io.github.codebuddy2api.filestore.YamlNode.Items;
import io.github.codebuddy2api.filestore.YamlNode.Mapping;
import io.github.codebuddy2api.filestore.YamlNode.Position;
import io.github.codebuddy2api.filestore.YamlNode.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads one YAML 1.2 document into {@link YamlNode}s, straight from the parser's events: scalars stay the text that was
 * written, nothing is resolved or constructed, and depth is checked before it can exhaust the stack. Tags, anchors,
 * aliases, merge keys and duplicate keys are refused. The parser's own messages are not used, since they quote the
 * file, which holds the password.
 */
final class YamlReader {
    private static final int MAX_DEPTH = 16;
    private static final String NOT_YAML = "this is not valid YAML";

    private final String text;
    private final Iterator<Event> events;
    private int countedPoints;
    private int countedChars;
    private Position reached = new Position(1, 1, 0, 0);

    private YamlReader(String text) {
        this.text = text;
        LoadSettings settings = LoadSettings.builder()
                .setLabel("config.yaml")
                .setCodePointLimit(ConfigText.MAX_BYTES)
                .build();
        events = new ParserImpl(settings, new StreamReader(settings, text));
    }

    /**
     * The file's one mapping; empty if the file says nothing.
     *
     * @throws ConfigException if the text is not a mapping in plain YAML
     */
    static Mapping read(String text) {
        return new YamlReader(text).document();
    }

    private Mapping document() {
        Mapping empty = new Mapping(List.of(), false, reached);
        next();
        Event first = next();
        if (!(first instanceof DocumentStartEvent)) {
            return empty;
        }
        YamlNode root = node(nodeEvent(next()), 1);
        expectEnd();
        return switch (root) {
            case Mapping mapping -> mapping;
            case Text scalar when scalar.isNothing() -> empty;
            case Text scalar ->
                throw problem(scalar.at(), "the file is not a list of keys", "Write `key: value` lines");
            case Items items -> throw problem(items.at(), "the file is not a list of keys", "Write `key: value` lines");
        };
    }

    private void expectEnd() {
        if (!(next() instanceof DocumentEndEvent)) {
            throw problem(reached, NOT_YAML, "Check the indentation");
        }
        if (next() instanceof DocumentStartEvent) {
            throw problem(reached, "the file has a second document", "Remove the line with `---` and what follows");
        }
    }

    private YamlNode node(NodeEvent event, int depth) {
        Position at = position(event.getStartMark()).until(offset(event.getEndMark()));
        if (depth > MAX_DEPTH) {
            throw problem(at, "it is nested too deeply", "Nest at most " + MAX_DEPTH + " levels");
        }
        refuseExtras(event, at);
        return switch (event) {
            case ScalarEvent scalar -> new Text(scalar.getValue(), scalar.isPlain(), at);
            case SequenceStartEvent start -> items(start.isFlow(), at, depth);
            case MappingStartEvent start -> mapping(start.isFlow(), at, depth);
            default -> throw problem(at, NOT_YAML, "Check the indentation");
        };
    }

    private Items items(boolean flow, Position at, int depth) {
        List<YamlNode> items = new ArrayList<>();
        Event event = next();
        for (; !(event instanceof SequenceEndEvent); event = next()) {
            items.add(node(nodeEvent(event), depth + 1));
        }
        int last = items.isEmpty() ? at.end() : items.getLast().at().end();
        return new Items(items, flow, at.until(flow ? offset(event.getEndMark()) : last));
    }

    private Mapping mapping(boolean flow, Position at, int depth) {
        List<Entry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Event event = next();
        for (; !(event instanceof MappingEndEvent); event = next()) {
            Entry entry = entry(nodeEvent(event), depth);
            if (!seen.add(entry.key())) {
                throw problem(entry.at(), "the same key was given before", "Keep one of the two lines");
            }
            entries.add(entry);
        }
        int last = entries.isEmpty() ? at.end() : entries.getLast().value().at().end();
        return new Mapping(entries, flow, at.until(flow ? offset(event.getEndMark()) : last));
    }

    private Entry entry(NodeEvent event, int depth) {
        if (!(node(event, depth + 1) instanceof Text key)) {
            throw problem(position(event.getStartMark()), "a key must be a word", "Write `key: value`");
        }
        if (key.text().equals("<<") && key.plain()) {
            throw problem(key.at(), "merge keys are not used in this file", "Write the keys out");
        }
        return new Entry(key.text(), key.at(), node(nodeEvent(next()), depth + 1));
    }

    private static void refuseExtras(NodeEvent event, Position at) {
        if (event instanceof AliasEvent || event.getAnchor().isPresent()) {
            throw problem(at, "anchors and aliases (& and *) are not used in this file", "Put the value in quotes");
        }
        Optional<String> tag = switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case SequenceStartEvent sequence -> sequence.getTag();
            case MappingStartEvent mapping -> mapping.getTag();
            default -> Optional.empty();
        };
        if (tag.isPresent()) {
            throw problem(at, "tags (!) are not used in this file", "Put the value in quotes");
        }
    }

    private Event next() {
        try {
            Event event = events.next();
            reached = position(event.getStartMark());
            return event;
        } catch (MarkedYamlEngineException wrong) {
            throw notYaml(wrong.getProblemMark().or(wrong::getContextMark).orElse(null));
        } catch (YamlEngineException wrong) {
            throw problem(reached, NOT_YAML, "Check what follows this line");
        }
    }

    private ConfigException notYaml(@Nullable Mark mark) {
        Position at = mark == null ? reached : position(Optional.of(mark));
        return problem(at, NOT_YAML, cure(at));
    }

    private String cure(Position at) {
        String line = text.lines().skip(at.line() - 1L).findFirst().orElse("");
        String indentation =
                line.substring(0, line.length() - line.stripLeading().length());
        if (indentation.contains("\t")) {
            return "Indent with spaces, not with tabs";
        }
        return "Check the indentation, and put a value with special characters in quotes";
    }

    private NodeEvent nodeEvent(Event event) {
        if (event instanceof NodeEvent node) {
            return node;
        }
        throw problem(reached, NOT_YAML, "Check the indentation");
    }

    private Position position(Optional<Mark> mark) {
        int start = offset(mark);
        return mark.map(at -> new Position(at.getLine() + 1, at.getColumn() + 1, start, start))
                .orElse(new Position(1, 1, 0, 0));
    }

    /** Marks count code points, the text counts {@code char}s; they come in order, so each is counted from the last. */
    private int offset(Optional<Mark> mark) {
        int index = mark.map(Mark::getIndex).orElse(0);
        if (index < countedPoints) {
            countedPoints = 0;
            countedChars = 0;
        }
        countedChars = text.offsetByCodePoints(countedChars, index - countedPoints);
        countedPoints = index;
        return countedChars;
    }

    private static ConfigException problem(Position at, String reason, String cure) {
        return new ConfigException(List.of(new ConfigProblem(at.line(), at.column(), "", reason, cure)));
    }
}
