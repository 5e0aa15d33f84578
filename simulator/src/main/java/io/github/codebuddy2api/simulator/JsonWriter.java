package io.github.codebuddy2api.simulator;

/** Writes JSON without blanks. */
final class JsonWriter {
    private JsonWriter() {}

    static void write(Json json, StringBuilder out) {
        switch (json) {
            case Json.Text text -> quote(text.value(), out);
            case Json.Numeral number -> out.append(number.value().toPlainString());
            case Json.Truth truth -> out.append(truth.value());
            case Json.Nothing unused -> out.append("null");
            case Json.Items items -> {
                String separator = "[";
                for (Json item : items.values()) {
                    out.append(separator);
                    write(item, out);
                    separator = ",";
                }
                out.append(items.values().isEmpty() ? "[]" : "]");
            }
            case Json.Members members -> {
                String separator = "{";
                for (var member : members.values().entrySet()) {
                    out.append(separator);
                    quote(member.getKey(), out);
                    out.append(':');
                    write(member.getValue(), out);
                    separator = ",";
                }
                out.append(members.values().isEmpty() ? "{}" : "}");
            }
        }
    }

    static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        quote(text, out);
        return out.toString();
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
