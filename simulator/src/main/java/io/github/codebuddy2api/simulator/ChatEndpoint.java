package io.github.codebuddy2api.simulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The chat call: token, form, script, trigger and at last a model, in this order. Thread-safe. */
final class ChatEndpoint {
    private static final int UNPACKED_LIMIT = 64 * 1024 * 1024;

    private final Tokens tokens;
    private final Refusals refusals;
    private final ChatRules rules;
    private final Triggers triggers;
    private final Scripts scripts;
    private final Catalogue catalogue;
    private final ChatAnswers answers;

    ChatEndpoint(Parts parts, Scripts scripts, ChatAnswers answers) {
        this.tokens = parts.tokens();
        this.refusals = parts.refusals();
        this.rules = new ChatRules(parts.refusals());
        this.triggers = parts.triggers();
        this.scripts = scripts;
        this.catalogue = parts.catalogue();
        this.answers = answers;
    }

    Scenario answer(Request request) {
        Optional<Scenario> refused = tokens.check(request);
        if (refused.isEmpty()) {
            refused = triggers.forToken(request.accessToken());
        }
        if (refused.isPresent()) {
            return refused.get();
        }
        ChatCall call;
        try {
            call = new ChatCall(JsonReader.read(body(request)));
        } catch (IOException | IllegalArgumentException notJson) {
            return refusals.answer("11101", "Unmarshal chat params failed: not JSON");
        }
        return rules.check(call).orElseGet(() -> scripted(call));
    }

    private Scenario scripted(ChatCall call) {
        return scripts.next(call.model())
                .or(() -> call.model().equals("sim-echo") ? Optional.of(answers.echo(call)) : Optional.empty())
                .or(() -> triggers.forModel(call.model()))
                .orElseGet(() -> ordinary(call));
    }

    private Scenario ordinary(ChatCall call) {
        Optional<Catalogue.Model> model = catalogue.chat(call.model());
        if (model.isEmpty()) {
            return refusals.answer("11102", "model [" + call.model() + "] service info not found");
        }
        return rules.check(call, model.get()).orElseGet(() -> answers.answer(call, model.get()));
    }

    private static String body(Request request) throws IOException {
        byte[] body = request.body().shared();
        if (!request.header("Content-Encoding").orElse("").equalsIgnoreCase("gzip")) {
            return new String(body, StandardCharsets.UTF_8);
        }
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(unpacked.readNBytes(UNPACKED_LIMIT), StandardCharsets.UTF_8);
        }
    }
}
