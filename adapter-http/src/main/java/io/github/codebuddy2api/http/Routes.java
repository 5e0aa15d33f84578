package io.github.codebuddy2api.http;

import io.github.codebuddy2api.http.auth.BearerCheck;
import io.github.codebuddy2api.http.error.FrameworkErrors;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.web.RequestRules;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The whole table of what is answered. Who may ask is part of the route, never a matter of how a path is written. */
final class Routes {
    /** The original prefix, and the one every OpenAI client expects. */
    private static final List<String> API = List.of("/codebuddy/v1", "/v1");

    private final RequestRules rules;
    private final BearerCheck bearer;
    private final Map<String, List<Route>> byPath = new LinkedHashMap<>();

    private record Route(Method method, Handler handler) {}

    Routes(RequestRules rules, BearerCheck bearer) {
        this.rules = rules;
        this.bearer = bearer;
    }

    /** Adds the table's lines. */
    Routes table(Handlers handlers) {
        for (String api : API) {
            protect(Method.POST, api + "/chat/completions", handlers.chat());
            protect(Method.GET, api + "/models", handlers.models());
            protect(Method.GET, api + "/models/{+id}", handlers.model());
        }
        open(Method.GET, "/health", handlers.health());
        open(Method.HEAD, "/", handlers.alive());
        return this;
    }

    /** What answers. */
    record Handlers(Handler chat, Handler models, Handler model, Handler health, Handler alive) {}

    private void protect(Method method, String path, Handler handler) {
        open(method, path, (request, response) -> {
            bearer.require(request);
            handler.handle(request, response);
        });
    }

    private void open(Method method, String path, Handler handler) {
        List<Route> routes = byPath.computeIfAbsent(path, unused -> new ArrayList<>());
        routes.add(new Route(method, handler));
        if (method.equals(Method.GET)) {
            routes.add(new Route(Method.HEAD, handler));
        }
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
        boolean changesState =
                !route.method().equals(Method.GET) && !route.method().equals(Method.HEAD);
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
                response.status(Status.NO_CONTENT_204).send();
                return;
            }
            throw new HttpFailure(OpenAiError.invalid(405, "method_not_allowed", "Method Not Allowed"));
        };
    }
}
