package io.github.codebuddy2api.http.admin;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.RawJson;
import io.github.codebuddy2api.http.SettingsAccess;
import io.github.codebuddy2api.http.SettingsAccess.Setting;
import io.github.codebuddy2api.http.json.JsonCursor;
import io.github.codebuddy2api.http.json.JsonMembers;
import io.github.codebuddy2api.http.json.JsonMembers.Value;
import io.github.codebuddy2api.http.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A setting's text as JSON, and back: each type as what a page can work with, each JSON value as the text it means. */
final class SettingValue {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

    private SettingValue() {}

    /** Adds the value of {@code setting}. */
    static void write(JsonObject json, Setting setting, String text) {
        switch (setting.type()) {
            case INTEGER -> {
                if (WHOLE.matcher(text).matches()) {
                    json.number(setting.name(), Long.valueOf(text));
                } else {
                    json.text(setting.name(), text);
                }
            }
            case FLAG -> {
                if (text.equals("true") || text.equals("false")) {
                    json.flag(setting.name(), text.equals("true"));
                } else {
                    json.text(setting.name(), text);
                }
            }
            case RULES, ALIASES -> {
                if (isJson(text)) {
                    json.raw(setting.name(), RawJson.of(text));
                } else {
                    json.text(setting.name(), text);
                }
            }
            case TEXT, SECRET, CHOICE, LIST, DURATION, SIZE -> json.text(setting.name(), text);
        }
    }

    private static boolean isJson(String text) {
        try (JsonCursor cursor = new JsonCursor(text.getBytes(StandardCharsets.UTF_8))) {
            if (cursor.next() == null) {
                return false;
            }
            cursor.skip();
            cursor.expectEnd();
            return true;
        } catch (InvalidRequest notJson) {
            return false;
        }
    }

    /** Whether {@code value} has a form in which {@code setting} can be written. */
    static boolean fits(Setting setting, Value value) {
        boolean isJson = setting.type() == SettingsAccess.Type.RULES || setting.type() == SettingsAccess.Type.ALIASES;
        return switch (value) {
            case Value.Items items -> isJson || setting.type() == SettingsAccess.Type.LIST;
            case Value.Members members -> isJson;
            case Value.Text text -> true;
            case Value.Whole whole -> true;
            case Value.Fraction fraction -> true;
            case Value.Flag flag -> true;
            case Value.Nothing nothing -> true;
        };
    }

    /** The text that {@code value} means. */
    static String text(Value value) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Whole whole -> whole.json().text();
            case Value.Fraction fraction -> fraction.json().text();
            case Value.Flag flag -> Boolean.toString(flag.isTrue());
            case Value.Nothing nothing -> "";
            case Value.Items items -> joined(items.json());
            case Value.Members members -> members.json().text();
        };
    }

    /** With commas, as in the flat form, if that keeps the items apart. */
    private static String joined(RawJson array) {
        Optional<List<String>> texts = JsonMembers.texts(array);
        return texts.filter(items -> items.stream().noneMatch(item -> item.contains(",")))
                .map(items -> String.join(",", items))
                .orElseGet(array::text);
    }
}
