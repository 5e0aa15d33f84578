package io.github.codebuddy2api.simulator;

import java.util.Optional;
import java.util.function.Function;

/** Finds what answers a request: a script for its path, or the endpoint that plays it. */
final class Routes implements Function<Request, Scenario> {
    private static final String CHAT = "/v2/chat/completions";

    private final Scripts scripts;
    private final Parts parts;
    private final ChatEndpoint chat;
    private final Login login;
    private final Accounts accounts;
    private final Models models;
    private final Billing billing;
    private final Control control;

    Routes(Parts parts, Scripts scripts, Login login, Control control) {
        this.parts = parts;
        this.scripts = scripts;
        this.login = login;
        this.control = control;
        this.chat =
                new ChatEndpoint(parts, scripts, new ChatAnswers(parts.options().answerPace()));
        this.accounts = new Accounts(parts);
        this.models = new Models(parts);
        this.billing = new Billing(parts);
    }

    @Override
    public Scenario apply(Request request) {
        return scripts.next(request.path()).orElseGet(() -> endpoint(request));
    }

    private Scenario endpoint(Request request) {
        String path = request.path();
        if (path.startsWith(Control.PREFIX)) {
            return control.answer(request);
        }
        if (path.contains("/billing/meter/")) {
            return checked(request, billing::answer);
        }
        if (path.equals("/v2/plugin/login/enterprise") || path.startsWith("/v2/plugin/login/enterprise/")) {
            return checked(request, accounts::enter);
        }
        return switch (request.method() + " " + path) {
            case "POST " + CHAT -> chat.answer(request);
            case "POST /v2/plugin/auth/state" -> login.start(request);
            case "GET /v2/plugin/auth/token" -> login.poll(request);
            case "GET /login" -> login.page(request);
            case "POST /login" -> login.decide(request);
            case "POST /v2/plugin/auth/token/refresh" -> parts.tokens().refresh(request);
            case "GET /v2/plugin/login/account" -> checked(request, login::account);
            case "GET /v2/plugin/accounts" -> checked(request, accounts::list);
            case "GET /v3/config" -> checked(request, models::configuration);
            case "GET /console/enterprises/personal/models", "GET /v2/enterprises/personal/models" ->
                checked(request, models::personal);
            default -> Scenario.json(404, "{\"error_msg\":\"404 Route Not Found\"}");
        };
    }

    private Scenario checked(Request request, Function<Request, Scenario> endpoint) {
        Optional<Scenario> refused = parts.tokens().check(request);
        return refused.orElseGet(() -> endpoint.apply(request));
    }
}
