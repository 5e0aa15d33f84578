package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.settings.KeywordReplacement.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What keyword replacement makes of a text that is all there: lines, regular expressions, {@link String#replace}. */
final class WholeText {
    private static final Pattern LINE = Pattern.compile("[^\\r\\n]*[\\r\\n]|[^\\r\\n]+$");
    private static final Pattern OPENING = Pattern.compile("([ \\t>*+.)0-9-]*)(`{3,}(?=[^`]*$)|~{3,}).*");
    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private final List<Rule> rules;
    private final StringBuilder prose = new StringBuilder();
    private final StringBuilder out = new StringBuilder();
    private final int[] hits;

    private WholeText(List<Rule> rules) {
        this.rules = rules;
        this.hits = new int[rules.size()];
    }

    static List<Integer> hits(String text, List<Rule> rules) {
        WholeText whole = new WholeText(rules);
        whole.replaced(text);
        return Arrays.stream(whole.hits).boxed().toList();
    }

    static String replaced(String text, List<Rule> rules) {
        return new WholeText(rules).replaced(text);
    }

    private String replaced(String text) {
        Pattern closing = null;
        int deepest = 0;
        for (String line : lines(text)) {
            String words = line.replaceAll("[\\r\\n]", "");
            Matcher opening = OPENING.matcher(words);
            if (closing != null) {
                code(line);
                Matcher end = closing.matcher(words);
                closing = end.matches() && width(end.group(1)) <= deepest ? null : closing;
            } else if (opening.matches()) {
                prose.append(opening.group(1));
                code(line.substring(opening.end(1)));
                deepest = width(opening.group(1)) + 3;
                String quote = opening.group(1).contains(">") ? ">" : "";
                String marks = opening.group(2);
                closing = Pattern.compile(
                        "([ \\t" + quote + "]*)" + marks.charAt(0) + "{" + marks.length() + ",}[ \\t]*");
            } else {
                inline(line);
            }
        }
        code("");
        return out.toString();
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        Matcher matcher = LINE.matcher(text);
        while (matcher.find()) {
            lines.add(matcher.group());
        }
        return lines;
    }

    private static int width(String margin) {
        return margin.replace("\t", "    ").length();
    }

    private void inline(String line) {
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == '\\' && at + 1 < line.length() && (line.charAt(at + 1) == '\\' || line.charAt(at + 1) == '`')) {
                prose.append(line, at, at + 2);
                at += 2;
            } else if (c == '`') {
                at = backticks(line, at);
            } else {
                prose.append(c);
                at++;
            }
        }
    }

    private int backticks(String line, int start) {
        Matcher run = BACKTICKS.matcher(line);
        run.find(start);
        int opened = run.end();
        int length = opened - start;
        while (run.find()) {
            if (run.end() - run.start() == length) {
                code(line.substring(start, run.end()));
                return run.end();
            }
        }
        prose.append(line, start, opened);
        return opened;
    }

    private void code(String text) {
        String rewritten = prose.toString();
        for (int i = 0; i < hits.length; i++) {
            Rule rule = rules.get(i);
            hits[i] += rewritten.split(Pattern.quote(rule.from()), -1).length - 1;
            rewritten = rewritten.replace(rule.from(), rule.to());
        }
        out.append(rewritten).append(text);
        prose.setLength(0);
    }
}
