package io.github.codebuddy2api.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads steps written as text, one a line; the README describes the language. */
final class ScriptParser {
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})(ms|s)");

    private final Triggers triggers = new Triggers(new Refusals(Clock.systemUTC()));
    private final SequencedMap<String, List<Scenario>> scripts = new LinkedHashMap<>();
    private @Nullable String key;
    private List<Step> steps = new ArrayList<>();
    private Step.@Nullable Head head;

    private ScriptParser() {}

    /** The steps of one scenario. */
    static Scenario scenario(String text) {
        ScriptParser parser = new ScriptParser();
        parser.read(text);
        if (!parser.scripts.isEmpty() || parser.key != null) {
            throw new IllegalArgumentException("one scenario has neither 'for' nor 'next'");
        }
        parser.flushHead();
        return new Scenario(parser.steps);
    }

    /** The scenarios of a script file, by the model or path they are for. */
    static SequencedMap<String, List<Scenario>> file(String text) {
        ScriptParser parser = new ScriptParser();
        parser.read(text);
        parser.endScenario();
        return parser.scripts;
    }

    private void read(String text) {
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String statement = line.strip();
            if (!statement.isEmpty() && !statement.startsWith("#")) {
                try {
                    statement(statement);
                } catch (IllegalArgumentException wrong) {
                    throw new IllegalArgumentException("line " + number + ": " + wrong.getMessage(), wrong);
                }
            }
        }
    }

    private void statement(String statement) {
        int blank = statement.indexOf(' ');
        String word = blank < 0 ? statement : statement.substring(0, blank);
        String rest = blank < 0 ? "" : statement.substring(blank + 1).strip();
        switch (word) {
            case "for" -> {
                endScenario();
                key = rest;
            }
            case "next" -> {
                String current = key;
                endScenario();
                key = current;
            }
            case "head" -> {
                flushHead();
                head = new Step.Head(number(rest), List.of());
            }
            case "header" -> addHeader(rest);
            default -> {
                flushHead();
                steps.addAll(stepsOf(word, rest));
            }
        }
    }

    private List<Step> stepsOf(String word, String rest) {
        return switch (word) {
            case "play" -> play(rest);
            case "json" -> Scenario.json(number(first(rest)), second(rest)).steps();
            case "html" -> RefusalTriggers.edgePage(number(rest)).steps();
            case "repeat" -> {
                String inner = second(rest);
                yield List.of(new Step.Repeat(number(first(rest)), stepsOf(first(inner), second(inner))));
            }
            default -> List.of(step(word, rest));
        };
    }

    private static Step step(String word, String rest) {
        return switch (word) {
            case "stream" -> Heads.stream();
            case "event" -> chunk("data: " + rest + "\n\n");
            case "comment" -> chunk(": " + rest + "\n\n");
            case "text" -> new Step.Chunk(ChatEvents.text("script", rest));
            case "finish" -> new Step.Chunk(ChatEvents.finish("script", rest));
            case "usage" ->
                new Step.Chunk(ChatEvents.usage(
                        "script", ChatEvents.usageOf(number(first(rest)), number(second(rest)), 0, 0)));
            case "done" -> new Step.Chunk(ChatEvents.done());
            case "chunk" -> chunk(quoted(rest));
            case "send" -> new Step.Send(Bytes.utf8(quoted(rest)));
            case "chunk-hex" -> new Step.Chunk(Bytes.of(HexFormat.of().parseHex(rest)));
            case "send-hex" -> new Step.Send(Bytes.of(HexFormat.of().parseHex(rest)));
            case "last-chunk" -> new Step.LastChunk(List.of());
            case "pause" -> new Step.Pause(length(rest));
            case "paced" -> new Step.Paced(number(first(rest)), length(second(rest)));
            case "await" -> new Step.AwaitGate(rest);
            case "stall" -> new Step.Stall();
            case "reset" -> new Step.Reset();
            case "close" -> new Step.Close();
            case "reset-on-next-request" -> new Step.ResetOnNextRequest();
            default -> throw new IllegalArgumentException("there is no step '" + word + "'");
        };
    }

    private List<Step> play(String name) {
        return triggers.forModel(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no trigger '" + name + "'"))
                .steps();
    }

    private void addHeader(String line) {
        int colon = line.indexOf(':');
        if (head == null || colon < 1) {
            throw new IllegalArgumentException("'header Name: value' stands after 'head'");
        }
        List<Header> headers = new ArrayList<>(head.headers());
        headers.add(
                new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
        head = new Step.Head(head.status(), headers);
    }

    private void flushHead() {
        if (head != null) {
            steps.add(head);
            head = null;
        }
    }

    private void endScenario() {
        flushHead();
        if (key != null) {
            scripts.computeIfAbsent(key, k -> new ArrayList<>()).add(new Scenario(steps));
        } else if (!steps.isEmpty()) {
            throw new IllegalArgumentException("a script begins with 'for' and a model or path");
        }
        steps = new ArrayList<>();
        key = null;
    }

    private static Step chunk(String text) {
        return new Step.Chunk(Bytes.utf8(text));
    }

    private static String quoted(String text) {
        if (!(JsonReader.read(text) instanceof Json.Text(String value))) {
            throw new IllegalArgumentException("expected text in quotation marks, with the escapes of JSON");
        }
        return value;
    }

    private static String first(String rest) {
        int blank = rest.indexOf(' ');
        return blank < 0 ? rest : rest.substring(0, blank);
    }

    private static String second(String rest) {
        int blank = rest.indexOf(' ');
        return blank < 0 ? "" : rest.substring(blank + 1).strip();
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("expected a number");
        }
        return Integer.parseInt(text);
    }

    private static Duration length(String text) {
        Matcher m = LENGTH.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("expected a time such as 500ms or 2s");
        }
        long number = Long.parseLong(m.group(1));
        return m.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
    }
}
