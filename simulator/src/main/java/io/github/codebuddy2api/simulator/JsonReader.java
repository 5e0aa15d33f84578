package io.github.codebuddy2api.simulator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Reads one JSON document. Strict, and no deeper than 200 levels. */
final class JsonReader {
    private static final int DEPTH_LIMIT = 200;
    private static final int NUMBER_LIMIT = 400;

    private final String text;
    private int at;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if the text is not one JSON document */
    static Json read(String text) {
        JsonReader reader = new JsonReader(text);
        Json json = reader.value();
        reader.blanks();
        if (reader.at != text.length()) {
            throw reader.wrong("more after the end");
        }
        return json;
    }

    private Json value() {
        blanks();
        return switch (peek()) {
            case '{' -> members();
            case '[' -> items();
            case '"' -> new Json.Text(string());
            case 't' -> word("true", new Json.Truth(true));
            case 'f' -> word("false", new Json.Truth(false));
            case 'n' -> word("null", new Json.Nothing());
            default -> number();
        };
    }

    private Json members() {
        LinkedHashMap<String, Json> members = new LinkedHashMap<>();
        enter();
        blanks();
        if (peek() == '}') {
            leave();
            return new Json.Members(members);
        }
        while (true) {
            blanks();
            String name = string();
            blanks();
            expect(':');
            members.put(name, value());
            if (!comma('}')) {
                return new Json.Members(members);
            }
        }
    }

    private Json items() {
        List<Json> items = new ArrayList<>();
        enter();
        blanks();
        if (peek() == ']') {
            leave();
            return new Json.Items(items);
        }
        do {
            items.add(value());
        } while (comma(']'));
        return new Json.Items(items);
    }

    private void enter() {
        at++;
        if (++depth > DEPTH_LIMIT) {
            throw wrong("too deep");
        }
    }

    private void leave() {
        at++;
        depth--;
    }

    private boolean comma(char end) {
        blanks();
        if (peek() == ',') {
            at++;
            return true;
        }
        if (peek() != end) {
            throw wrong("neither comma nor end");
        }
        leave();
        return false;
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (true) {
            char c = peek();
            at++;
            if (c == '"') {
                return value.toString();
            }
            if (c < 0x20) {
                throw wrong("bare control character");
            }
            value.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw wrong("no such escape");
        };
    }

    private char unicode() {
        if (at + 4 > text.length()) {
            throw wrong("cut escape");
        }
        String digits = text.substring(at, at + 4);
        if (!digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
            throw wrong("no hexadecimal digits");
        }
        at += 4;
        return (char) Integer.parseInt(digits, 16);
    }

    private Json number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(start, at);
        if (number.length() > NUMBER_LIMIT || !number.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d{1,4})?")) {
            throw wrong("no value");
        }
        return new Json.Numeral(new BigDecimal(number));
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw wrong("no value");
        }
        at += word.length();
        return value;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw wrong("expected " + c);
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("unexpected end");
        }
        return text.charAt(at);
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("invalid JSON at character " + at + ": " + what);
    }
}
