package io.github.codebuddy2api.http;

import io.github.codebuddy2api.http.admin.AccountsHandler;
import io.github.codebuddy2api.http.admin.CatalogHandler;
import io.github.codebuddy2api.http.admin.CredentialsHandler;
import io.github.codebuddy2api.http.admin.ImportHandler;
import io.github.codebuddy2api.http.admin.KeywordsHandler;
import io.github.codebuddy2api.http.admin.LoginsHandler;
import io.github.codebuddy2api.http.admin.RotationHandler;
import io.github.codebuddy2api.http.admin.SettingsHandler;
import io.github.codebuddy2api.http.auth.OwnerCheck;
import io.github.codebuddy2api.http.auth.SessionHandler;
import io.github.codebuddy2api.http.error.FrameworkErrors;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.feed.EventsHandler;
import io.github.codebuddy2api.http.feed.RequestsHandler;
import io.github.codebuddy2api.http.openai.ModelsHandler;
import io.github.codebuddy2api.http.page.PageFiles;
import io.github.codebuddy2api.http.web.CrossOrigin;
import io.github.codebuddy2api.http.web.RequestRules;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The whole table of what is answered. Who may ask is part of the route, never a matter of how a path is written. */
final class Routes {
    /** The original prefix, and the one every OpenAI client expects. */
    private static final List<String> API = List.of("/codebuddy/v1", "/v1");

    private static final String CHAT = "/chat/completions";
    private static final String CREDENTIALS = "/codebuddy/v1/credentials";
    private static final String LOGIN = "/codebuddy/auth";
    private static final String MODELS = "/api/models";
    private static final String SETTINGS = "/api/settings";
    private static final String SESSION = "/api/session";

    private final RequestRules rules;
    private final CrossOrigin crossOrigin;
    private final OwnerCheck owner;
    private final Map<String, List<Route>> byPath = new LinkedHashMap<>();

    /** One line of the table; {@code begins} says that asking alone has an effect. */
    record Route(Method method, Handler handler, boolean isProtected, boolean begins) {}

    Routes(RequestRules rules, CrossOrigin crossOrigin, OwnerCheck owner) {
        this.rules = rules;
        this.crossOrigin = crossOrigin;
        this.owner = owner;
    }

    /** Adds the table's lines. */
    Routes table(Handlers handlers) {
        for (String api : API) {
            protect(Method.POST, api + CHAT, handlers.chat());
            protect(Method.GET, api + "/models", handlers.models()::list);
            protect(Method.GET, api + "/models/{+id}", handlers.models()::show);
        }
        protect(Method.GET, MODELS, handlers.catalog()::show);
        protect(Method.POST, MODELS + "/refresh", handlers.catalog()::askAgain);
        protect(Method.POST, "/api/keywords/preview", handlers.keywords()::preview);
        credentials(handlers.credentials(), handlers.accounts());
        rotation(handlers.rotation());
        handlers.imports().ifPresent(imports -> protect(Method.POST, CREDENTIALS + "/import", imports));
        logins(handlers.logins());
        handlers.settings().ifPresent(this::settings);
        protect(Method.GET, "/api/stats", handlers.stats());
        session(handlers.session());
        protect(Method.GET, "/api/status", handlers.status());
        handlers.watching().ifPresent(this::watching);
        open(Method.GET, "/health", handlers.health());
        handlers.pages().byPath().forEach(this::page);
        return this;
    }

    private void credentials(CredentialsHandler credentials, AccountsHandler accounts) {
        protect(Method.GET, CREDENTIALS, credentials::list);
        protect(Method.POST, CREDENTIALS, credentials::add);
        protect(Method.POST, CREDENTIALS + "/delete", credentials::delete);
        protect(Method.POST, CREDENTIALS + "/restore", credentials::restore);
        protect(Method.POST, CREDENTIALS + "/select", credentials::select);
        protect(Method.POST, CREDENTIALS + "/enable", credentials::enable);
        protect(Method.POST, CREDENTIALS + "/disable", credentials::disable);
        protect(Method.POST, CREDENTIALS + "/rename", credentials::rename);
        protect(Method.POST, CREDENTIALS + "/refresh", credentials::refresh);
        protect(Method.POST, CREDENTIALS + "/test", accounts::test);
        protect(Method.GET, CREDENTIALS + "/accounts", accounts::list);
        protect(Method.POST, CREDENTIALS + "/switch", accounts::switchAccount);
        protect(Method.GET, CREDENTIALS + "/quota", accounts::quota);
        protect(Method.GET, CREDENTIALS + "/check-in", accounts::checkInStatus);
        protect(Method.POST, CREDENTIALS + "/check-in", accounts::checkIn);
    }

    private void rotation(RotationHandler rotation) {
        protect(Method.GET, CREDENTIALS + "/current", rotation::current);
        protect(Method.POST, CREDENTIALS + "/auto", rotation::auto);
        protect(Method.POST, CREDENTIALS + "/toggle-rotation", rotation::toggle);
    }

    /** Whether the password is needed here is for the owner to say, so the handler asks for it. */
    private void logins(LoginsHandler logins) {
        begin(LOGIN + "/start", logins::start);
        begin(LOGIN + "/poll", logins::pollByQuery);
        open(Method.POST, LOGIN + "/poll", logins::pollByBody);
        protect(Method.POST, LOGIN + "/cancel", logins::cancel);
        open(Method.GET, LOGIN + "/callback", logins::callback);
    }

    private void settings(SettingsHandler settings) {
        protect(Method.GET, SETTINGS, settings::show);
        protect(Method.POST, SETTINGS, settings::change);
        protect(Method.GET, SETTINGS + "/history", settings::history);
        protect(Method.GET, SETTINGS + "/history/{number}", settings::compare);
        protect(Method.POST, SETTINGS + "/restore", settings::restore);
    }

    /** The page's way in: where the password is given cannot be where it is asked for. */
    private void session(SessionHandler session) {
        open(Method.GET, SESSION, session::show);
        open(Method.POST, SESSION, session::begin);
        open(Method.DELETE, SESSION, session::end);
    }

    /** No file of the page takes the place of anything else. */
    private void page(String path, Handler handler) {
        if (byPath.containsKey(path)) {
            throw new IllegalArgumentException("a file of the page has the path of a route: " + path);
        }
        open(Method.GET, path, handler);
    }

    private void watching(Watching watching) {
        protect(Method.GET, "/api/requests", watching.requests());
        protect(Method.GET, "/api/events", watching.events());
    }

    /** What shows the requests as they come and go. */
    record Watching(RequestsHandler requests, EventsHandler events) {}

    /** What answers; what is empty is not served. */
    record Handlers(
            Handler chat,
            ModelsHandler models,
            CatalogHandler catalog,
            KeywordsHandler keywords,
            CredentialsHandler credentials,
            RotationHandler rotation,
            AccountsHandler accounts,
            Optional<ImportHandler> imports,
            LoginsHandler logins,
            Optional<SettingsHandler> settings,
            Optional<Watching> watching,
            Handler stats,
            SessionHandler session,
            Handler status,
            Handler health,
            PageFiles pages) {}

    private void protect(Method method, String path, Handler handler) {
        Handler guarded = (request, response) -> {
            owner.require(request);
            handler.handle(request, response);
        };
        add(path, new Route(method, guarded, true, false));
    }

    private void open(Method method, String path, Handler handler) {
        add(path, new Route(method, handler, false, false));
    }

    /** A GET that has an effect; HEAD must not have it. */
    private void begin(String path, Handler handler) {
        add(path, new Route(Method.GET, handler, false, true));
    }

    private void add(String path, Route route) {
        List<Route> routes = byPath.computeIfAbsent(path, unused -> new ArrayList<>());
        routes.add(route);
        if (route.method().equals(Method.GET) && !route.begins()) {
            routes.add(new Route(Method.HEAD, route.handler(), route.isProtected(), false));
        }
    }

    /** Whether what answers at {@code pattern}, as Helidon has it, is chat. */
    static boolean isChat(String pattern) {
        return pattern.contains(CHAT);
    }

    /** The table, by path. */
    Map<String, List<Route>> byPath() {
        return byPath;
    }

    /** Tells Helidon; a path is served with and without a slash at its end. */
    void register(HttpRouting.Builder routing) {
        byPath.forEach((path, routes) -> {
            for (Route route : routes) {
                Handler handler = checked(route);
                routing.route(route.method(), path, handler);
                routing.route(route.method(), path + "/", handler);
            }
            Handler otherMethods = otherMethods(routes);
            routing.any(path, otherMethods);
            routing.any(path + "/", otherMethods);
        });
        routing.any((request, response) -> {
            rules.checkTarget(request);
            throw new HttpFailure(FrameworkErrors.notFound());
        });
    }

    private Handler checked(Route route) {
        boolean changesState = route.begins()
                || !route.method().equals(Method.GET) && !route.method().equals(Method.HEAD);
        return (request, response) -> {
            rules.checkTarget(request);
            if (changesState) {
                rules.checkOrigin(request);
            }
            route.handler().handle(request, response);
        };
    }

    private Handler otherMethods(List<Route> routes) {
        String allowed =
                routes.stream().map(route -> route.method().text()).collect(Collectors.joining(", ")) + ", OPTIONS";
        return (request, response) -> {
            rules.checkTarget(request);
            response.headers().set(HeaderNames.ALLOW, allowed);
            if (request.prologue().method().equals(Method.OPTIONS)) {
                crossOrigin.options(request, response, allowed);
                return;
            }
            throw new HttpFailure(OpenAiError.invalid(405, "method_not_allowed", "Method Not Allowed"));
        };
    }
}
