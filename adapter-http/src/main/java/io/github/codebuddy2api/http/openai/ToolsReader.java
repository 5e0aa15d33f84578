package io.github.codebuddy2api.http.openai;

import static tools.jackson.core.JsonToken.END_ARRAY;
import static tools.jackson.core.JsonToken.END_OBJECT;
import static tools.jackson.core.JsonToken.START_ARRAY;
import static tools.jackson.core.JsonToken.START_OBJECT;
import static tools.jackson.core.JsonToken.VALUE_NULL;
import static tools.jackson.core.JsonToken.VALUE_STRING;

import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.http.json.JsonCursor;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks {@code tools} and {@code tool_choice} while they are cut out; both are only carried. */
final class ToolsReader {
    private static final int MAX_TOOLS = 1024;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.:/-]{1,256}");

    private final JsonCursor cursor;
    private final Problems problems;
    private final Set<String> names = new HashSet<>();
    private @Nullable String chosen;

    ToolsReader(JsonCursor cursor, Problems problems) {
        this.cursor = cursor;
        this.problems = problems;
    }

    /** Reads the value of {@code tools}, which the cursor is on. */
    RawJson tools() {
        if (!cursor.is(START_ARRAY)) {
            if (!cursor.is(VALUE_NULL)) {
                problems.value("tools", "The tools must be an array");
            }
            return cursor.value();
        }
        int start = cursor.start();
        int index = 0;
        for (; !cursor.nextIs(END_ARRAY); index++) {
            tool("tools[" + index + "]");
        }
        if (index > MAX_TOOLS) {
            problems.value("tools", "At most " + MAX_TOOLS + " tools are accepted");
        }
        return cursor.from(start);
    }

    private void tool(String path) {
        if (!cursor.is(START_OBJECT)) {
            problems.value(path, "A tool must be an object");
            cursor.skip();
            return;
        }
        while (!cursor.nextIs(END_OBJECT)) {
            String member = cursor.name();
            cursor.next();
            if (member.equals("function")) {
                function(path + ".function");
            } else {
                cursor.skip();
            }
        }
    }

    private void function(String path) {
        String name = memberNamed(path);
        if (name == null || !NAME.matcher(name).matches()) {
            problems.value(path + ".name", "A function needs a name of letters, digits, '_', '-', '.', ':' and '/'");
        } else {
            names.add(name);
        }
    }

    /** The {@code name} of the object the cursor is on. */
    private @Nullable String memberNamed(String path) {
        if (!cursor.is(START_OBJECT)) {
            problems.value(path, "A function must be an object");
            cursor.skip();
            return null;
        }
        String name = null;
        while (!cursor.nextIs(END_OBJECT)) {
            boolean isName = cursor.name().equals("name");
            cursor.next();
            if (isName && cursor.is(VALUE_STRING)) {
                name = cursor.string();
            } else {
                cursor.skip();
            }
        }
        return name;
    }

    /** Reads the value of {@code tool_choice}, which the cursor is on. */
    RawJson choice() {
        if (cursor.is(VALUE_STRING) || cursor.is(VALUE_NULL)) {
            return cursor.value();
        }
        if (!cursor.is(START_OBJECT)) {
            problems.value("tool_choice", "The tool choice must be a string or an object");
            return cursor.value();
        }
        int start = cursor.start();
        while (!cursor.nextIs(END_OBJECT)) {
            boolean isFunction = cursor.name().equals("function");
            cursor.next();
            if (isFunction) {
                chosen = memberNamed("tool_choice.function");
            } else {
                cursor.skip();
            }
        }
        return cursor.from(start);
    }

    /** Complains about a choice that is not among the tools; called when both have been read. */
    void finish() {
        if (chosen != null && !names.contains(chosen)) {
            problems.value("tool_choice", "The chosen tool is not among the tools");
        }
    }
}
