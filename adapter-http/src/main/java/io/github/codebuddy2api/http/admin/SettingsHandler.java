package io.github.codebuddy2api.http.admin;

import io.github.codebuddy2api.http.SettingsAccess;
import io.github.codebuddy2api.http.SettingsAccess.Comparison;
import io.github.codebuddy2api.http.SettingsAccess.Outcome;
import io.github.codebuddy2api.http.SettingsAccess.Problem;
import io.github.codebuddy2api.http.SettingsAccess.Setting;
import io.github.codebuddy2api.http.SettingsAccess.Snapshot;
import io.github.codebuddy2api.http.admin.Unprocessable.Fault;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.error.OpenAiError.Advice;
import io.github.codebuddy2api.http.json.JsonMembers;
import io.github.codebuddy2api.http.json.JsonMembers.Value;
import io.github.codebuddy2api.http.json.JsonObject;
import io.github.codebuddy2api.http.web.Bodies;
import io.github.codebuddy2api.http.web.SmallBodies;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The settings: {@code /api/settings}. Thread-safe. */
public final class SettingsHandler {
    private static final String SAVED = "Settings saved; they are in force";

    private final SettingsAccess settings;
    private final SmallBodies bodies;

    public SettingsHandler(SettingsAccess settings, SmallBodies bodies) {
        this.settings = settings;
        this.bodies = bodies;
    }

    /** {@code GET /api/settings}. */
    public void show(ServerRequest request, ServerResponse response) {
        List<Setting> all = settings.all();
        Snapshot current = settings.current();
        tag(response, current.version());
        Bodies.json(
                request,
                response,
                json -> json.object(
                                "settings",
                                values -> all.forEach(setting -> SettingValue.write(
                                        values, setting, current.texts().getOrDefault(setting.name(), ""))))
                        .object(
                                "labels",
                                labels -> all.forEach(setting -> labels.text(setting.name(), setting.label())))
                        .objects("schema", all, SettingsHandler::setting)
                        .text("version", current.version())
                        .texts("awaiting_restart", current.awaitingRestart())
                        .texts("trouble", current.trouble())
                        .texts("unknown_keys", current.unknown())
                        .text("file", settings.file()));
    }

    private static void setting(JsonObject json, Setting setting) {
        json.text("name", setting.name())
                .text("label", setting.label())
                .text("type", word(setting.type()))
                .flag("restart", setting.restart())
                .flag("sensitive", setting.sensitive())
                .texts("options", setting.options())
                .text("default", setting.byDefault())
                .text("hint", setting.hint())
                .text("group", word(setting.group()));
        if (setting.range() != null) {
            json.number("min", (long) setting.range().least())
                    .number("max", (long) setting.range().most());
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void tag(ServerResponse response, String version) {
        response.headers().set(HeaderNames.ETAG, "\"" + version + "\"");
    }

    /** {@code POST /api/settings}. */
    public void change(ServerRequest request, ServerResponse response) {
        Optional<Value> given = bodies.members(request, response).find("settings");
        if (given.isEmpty()) {
            unprocessable(request, response, new Fault("missing", List.of("body", "settings"), "Field required"));
        } else if (given.get() instanceof Value.Members members) {
            Map<String, Value> values = JsonMembers.of(members.json()).all();
            Optional<Fault> misfit = misfit(values);
            if (misfit.isPresent()) {
                unprocessable(request, response, misfit.get());
            } else {
                answer(request, response, SAVED, settings.change(texts(values), version(request)));
            }
        } else {
            unprocessable(
                    request,
                    response,
                    new Fault("dict_type", List.of("body", "settings"), "The settings must be an object"));
        }
    }

    /** A list or an object for a setting that is none; as a text it could be taken for one. */
    private Optional<Fault> misfit(Map<String, Value> values) {
        return settings.all().stream()
                .filter(setting ->
                        values.containsKey(setting.name()) && !SettingValue.fits(setting, values.get(setting.name())))
                .map(setting -> new Fault(
                        "value_error",
                        List.of("body", "settings", setting.name()),
                        "Write it as a text: a list or an object does not fit here."))
                .findFirst();
    }

    private static Map<String, String> texts(Map<String, Value> values) {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name, SettingValue.text(value)));
        return texts;
    }

    /** Empty for an asterisk: whatever there is will do. */
    private static Optional<String> version(ServerRequest request) {
        return request.headers()
                .value(HeaderNames.IF_MATCH)
                .map(tag -> tag.strip().replaceFirst("^W/", "").replace("\"", ""))
                .filter(tag -> !tag.equals("*"));
    }

    /** {@code GET /api/settings/history}. */
    public void history(ServerRequest request, ServerResponse response) {
        Bodies.json(
                request,
                response,
                json -> json.objects(
                        "backups",
                        settings.history(),
                        (item, backup) -> item.number("number", (long) backup.number())
                                .number("saved_at", backup.savedAt().getEpochSecond())));
    }

    /** {@code GET /api/settings/history/N}: what restoring it would change. */
    public void compare(ServerRequest request, ServerResponse response) {
        switch (settings.compare(number(request.path().pathParameters().get("number")))) {
            case Comparison.Changes found ->
                Bodies.json(
                        request,
                        response,
                        json -> json.number("number", (long) found.backup().number())
                                .number("saved_at", found.backup().savedAt().getEpochSecond())
                                .objects(
                                        "changes",
                                        found.changes(),
                                        (item, change) -> item.text("name", change.name())
                                                .text("from", change.from())
                                                .text("to", change.to())));
            case Comparison.Unusable unusable -> invalid(request, response, unusable.problems());
            case Comparison.NoSuchBackup none -> throw noSuchBackup();
        }
    }

    /** No backup has the number 0. */
    private static int number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static HttpFailure noSuchBackup() {
        return new HttpFailure(OpenAiError.invalid(404, "backup_not_found", "There is no such backup.")
                .at("backup"));
    }

    /** {@code POST /api/settings/restore}. */
    public void restore(ServerRequest request, ServerResponse response) {
        Optional<Value> number = bodies.members(request, response).find("backup");
        if (number.isPresent()
                && number.get() instanceof Value.Whole whole
                && whole.value().isPresent()) {
            long wanted = whole.value().getAsLong();
            Outcome outcome = wanted == (int) wanted
                    ? settings.restore((int) wanted, version(request))
                    : new Outcome.NoSuchBackup();
            answer(request, response, "Settings restored; they are in force", outcome);
        } else {
            unprocessable(
                    request,
                    response,
                    new Fault("int_type", List.of("body", "backup"), "The number of a backup is required"));
        }
    }

    private static void answer(ServerRequest request, ServerResponse response, String message, Outcome outcome) {
        switch (outcome) {
            case Outcome.Changed changed -> {
                tag(response, changed.version());
                Bodies.json(
                        request,
                        response,
                        json -> json.text("message", message)
                                .texts("restart_required", changed.restartRequired())
                                .texts("ignored", changed.ignored())
                                .text("version", changed.version()));
            }
            case Outcome.Invalid invalid -> invalid(request, response, invalid.problems());
            case Outcome.ReadOnly readOnly ->
                throw new HttpFailure(OpenAiError.of(
                                403,
                                OpenAiError.PERMISSION,
                                "setting_read_only",
                                String.join(", ", readOnly.names()) + " can only be changed in the configuration file.")
                        .at(readOnly.names().getFirst()));
            case Outcome.FileInvalid invalid ->
                throw new HttpFailure(OpenAiError.invalid(409, "config_invalid", invalid.reason())
                        .with(Advice.DO_NOT_RETRY));
            case Outcome.Stale stale ->
                throw new HttpFailure(OpenAiError.invalid(
                                412,
                                "precondition_failed",
                                "The settings have changed since they were read: read them again.")
                        .with(Advice.DO_NOT_RETRY));
            case Outcome.NoSuchBackup none -> throw noSuchBackup();
        }
    }

    private static void invalid(ServerRequest request, ServerResponse response, List<Problem> problems) {
        Problem first = problems.getFirst();
        OpenAiError error = OpenAiError.invalid(422, "invalid_value", first.name() + ": " + first.message())
                .at(first.name());
        Unprocessable.send(
                request,
                response,
                error,
                problems.stream()
                        .map(problem -> new Fault(
                                "value_error", List.of("body", "settings", problem.name()), problem.message()))
                        .toList());
    }

    private static void unprocessable(ServerRequest request, ServerResponse response, Fault fault) {
        String param = fault.place().getLast();
        OpenAiError error =
                OpenAiError.invalid(422, "invalid_value", fault.message()).at(param);
        Unprocessable.send(request, response, error, List.of(fault));
    }
}
