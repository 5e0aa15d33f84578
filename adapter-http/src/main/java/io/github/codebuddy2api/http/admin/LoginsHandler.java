package io.github.codebuddy2api.http.admin;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.GatewayException.ShuttingDown;
import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.GatewayException.TooManyLogins;
import io.github.codebuddy2api.core.api.Credentials;
import io.github.codebuddy2api.core.api.Logins;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.login.LoginId;
import io.github.codebuddy2api.core.login.LoginProgress;
import io.github.codebuddy2api.core.login.LoginProgress.LoggedIn;
import io.github.codebuddy2api.core.login.StartedLogin;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.admin.Unprocessable.Fault;
import io.github.codebuddy2api.http.auth.LoginDoor;
import io.github.codebuddy2api.http.auth.Throttle;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.error.OpenAiError.Advice;
import io.github.codebuddy2api.http.json.JsonMembers;
import io.github.codebuddy2api.http.json.JsonMembers.Value;
import io.github.codebuddy2api.http.json.JsonObject;
import io.github.codebuddy2api.http.web.Bodies;
import io.github.codebuddy2api.http.web.Query;
import io.github.codebuddy2api.http.web.SmallBodies;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Logging accounts in: {@code /codebuddy/auth/start|poll|callback}. No token leaves here. Thread-safe. */
public final class LoginsHandler {
    private static final HeaderName SEC_PURPOSE = HeaderNames.create("Sec-Purpose");
    private static final HeaderName PURPOSE = HeaderNames.create("Purpose");
    private static final int MAX_ECHO = 512;
    /** A state has too many bits to be guessed; this only keeps guessers from keeping us busy. */
    private static final int GUESSES = 10;

    private static final Duration GUESSES_IN = Duration.ofSeconds(1);

    private final Supplier<Logins> logins;
    private final Credentials credentials;
    private final LoginDoor door;
    private final SmallBodies bodies;
    private final Time time;
    private final Throttle guesses;
    private final OwnersLogins owners = new OwnersLogins();

    /** Asks {@code logins} for each request, since a gateway may have none. */
    public LoginsHandler(
            Supplier<Logins> logins, Credentials credentials, LoginDoor door, SmallBodies bodies, Time time) {
        this.logins = logins;
        this.credentials = credentials;
        this.door = door;
        this.bodies = bodies;
        this.time = time;
        this.guesses = new Throttle(GUESSES, GUESSES_IN, time);
    }

    // ---- start

    /** {@code GET …/start}. */
    public void start(ServerRequest request, ServerResponse response) {
        refusePrefetch(request);
        boolean isOwner = door.pass(request);
        StartedLogin started;
        try {
            started = logins.get().start();
        } catch (TooManyLogins | ShuttingDown toTellAsUsual) {
            throw toTellAsUsual;
        } catch (GatewayException failure) {
            // Scripts for the original service look at the body, not at the status.
            Bodies.json(
                    request,
                    response,
                    json -> json.flag("success", false)
                            .text("error", "auth_start_failed")
                            .text("message", failure.getMessage())
                            .text("code", failure.code()));
            return;
        }
        if (isOwner) {
            owners.add(started.id());
        }
        Bodies.json(request, response, json -> LoginJson.started(json, started, time.instant()));
    }

    /** A browser that only thinks the person may go there must not begin anything. */
    private static void refusePrefetch(ServerRequest request) {
        boolean isPrefetch = request.headers().value(SEC_PURPOSE).orElse("").contains("prefetch")
                || request.headers().value(PURPOSE).orElse("").equals("prefetch");
        if (isPrefetch) {
            throw new HttpFailure(OpenAiError.of(
                    403, OpenAiError.PERMISSION, "prefetch_not_allowed", "A login is not begun ahead of time."));
        }
    }

    // ---- poll

    /** {@code GET …/poll}. */
    public void pollByQuery(ServerRequest request, ServerResponse response) {
        boolean isOwner = door.pass(request);
        poll(request, response, isOwner, Query.first(request, "auth_state").or(() -> Query.first(request, "state")));
    }

    /** {@code POST …/poll}; what the original's page sends besides the state is ignored. */
    public void pollByBody(ServerRequest request, ServerResponse response) {
        boolean isOwner = door.pass(request);
        if (!request.content().hasEntity()) {
            poll(request, response, isOwner, Optional.empty());
            return;
        }
        JsonMembers body;
        try {
            body = bodies.members(request, response);
        } catch (InvalidRequest malformed) {
            Unprocessable.send(
                    request,
                    response,
                    OpenAiError.invalid(422, malformed.code(), malformed.getMessage()),
                    List.of(new Fault("json_invalid", List.of("body"), malformed.getMessage())));
            return;
        }
        poll(request, response, isOwner, text(body, "auth_state").or(() -> text(body, "state")));
    }

    private static Optional<String> text(JsonMembers body, String name) {
        return body.find(name)
                .map(value -> value instanceof Value.Text text ? text.text() : "")
                .filter(text -> !text.isEmpty());
    }

    private void poll(ServerRequest request, ServerResponse response, boolean isOwner, Optional<String> state) {
        String given = state.orElse("");
        if (given.isEmpty()) {
            refuse(
                    request,
                    response,
                    json -> LoginJson.error(
                            json, "missing_parameters", "The auth_state that start answered with is required."));
            return;
        }
        LoginProgress progress = progress(given);
        if (progress instanceof LoggedIn done) {
            done(request, response, done, owners.remove(new LoginId(given)) && isOwner);
            return;
        }
        if (progress instanceof LoginProgress.Unknown) {
            refuseGuessers();
        }
        refuse(request, response, json -> LoginJson.notDone(json, progress));
    }

    private LoginProgress progress(String state) {
        LoginId id;
        try {
            id = new LoginId(state);
        } catch (IllegalArgumentException tooLong) {
            // What cannot be an id of ours is one that we do not know.
            return new LoginProgress.Unknown();
        }
        return logins.get().poll(id);
    }

    private void refuseGuessers() {
        guesses.count().ifPresent(wait -> {
            throw new HttpFailure(OpenAiError.of(
                            429, OpenAiError.RATE_LIMIT, "too_many_attempts", "Too many unknown logins were asked for.")
                    .with(Advice.retryAfter(wait)));
        });
    }

    private void done(ServerRequest request, ServerResponse response, LoggedIn done, boolean isOwners) {
        if (!isOwners) {
            switchOff(done);
        }
        CredentialView stored = credentials.list().stream()
                .filter(view -> view.id().equals(done.credential()))
                .findFirst()
                .orElse(null);
        Bodies.json(request, response, json -> LoginJson.done(json, done, stored));
    }

    /** What cannot be switched off for good must not be there. */
    private void switchOff(LoggedIn done) {
        try {
            credentials.enable(done.credential(), false);
        } catch (StoreFailed stillOn) {
            credentials.delete(done.credential());
            throw stillOn;
        }
    }

    private static void refuse(ServerRequest request, ServerResponse response, Consumer<JsonObject> members) {
        response.status(Status.BAD_REQUEST_400);
        Bodies.json(request, response, members);
    }

    // ---- cancel

    /** {@code POST …/cancel}: gives a login up, so that nobody asks for it again and its place is free at once. */
    public void cancel(ServerRequest request, ServerResponse response) {
        String state = text(bodies.members(request, response), "auth_state").orElse("");
        boolean wasUnderWay = isCancelled(state);
        Bodies.json(
                request,
                response,
                json -> json.text("message", wasUnderWay ? "Login cancelled" : "No such login was under way")
                        .flag("cancelled", wasUnderWay));
    }

    private boolean isCancelled(String state) {
        try {
            LoginId id = new LoginId(state);
            boolean cancelled = logins.get().cancel(id);
            if (cancelled) {
                owners.remove(id);
            }
            return cancelled;
        } catch (IllegalArgumentException noIdOfOurs) {
            return false;
        }
    }

    // ---- callback

    /** {@code GET …/callback}: where a browser may be sent back to. It stores nothing and nothing depends on it. */
    public void callback(ServerRequest request, ServerResponse response) {
        Optional<String> error = echo(request, "error");
        if (error.isPresent()) {
            refuse(
                    request,
                    response,
                    json -> LoginJson.error(
                            json,
                            error.get(),
                            echo(request, "error_description").orElse("The login was not completed.")));
            return;
        }
        List<@Nullable String> codeAndState = Arrays.asList(
                echo(request, "code").orElse(null), echo(request, "state").orElse(null));
        Bodies.json(request, response, json -> LoginJson.callback(json, codeAndState));
    }

    private static Optional<String> echo(ServerRequest request, String name) {
        return Query.first(request, name)
                .filter(text -> !text.isEmpty())
                .map(text -> text.length() > MAX_ECHO ? text.substring(0, MAX_ECHO) : text);
    }
}
