package io.github.codebuddy2api.http.auth;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.ServerPassword;
import io.github.codebuddy2api.http.error.ErrorWriter;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.json.JsonObject;
import io.github.codebuddy2api.http.web.Bodies;
import io.github.codebuddy2api.http.web.SmallBodies;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The admin page's own session: {@code /api/session}. Anybody may ask. Thread-safe. */
public final class SessionHandler {
    private static final OpenAiError WRONG = OpenAiError.invalid(401, "invalid_password", "Invalid password");

    private final PasswordCheck password;
    private final Sessions sessions;
    private final SmallBodies bodies;
    private final Time time;
    private final @Nullable String version;

    /** Tells {@code version}, if there is one, to those who are logged in. */
    public SessionHandler(
            PasswordCheck password, Sessions sessions, SmallBodies bodies, Time time, @Nullable String version) {
        this.password = password;
        this.sessions = sessions;
        this.bodies = bodies;
        this.time = time;
        this.version = version;
    }

    /** {@code GET /api/session}: whether there is one. Asking does not prolong it. */
    public void show(ServerRequest request, ServerResponse response) {
        List<SessionId> ids = CsrfCheck.isFromThePage(request, false) ? SessionCookie.readAll(request) : List.of();
        tell(
                request,
                response,
                ids.stream().flatMap(id -> sessions.left(id).stream()).findFirst());
    }

    private void tell(ServerRequest request, ServerResponse response, Optional<Duration> left) {
        Bodies.json(request, response, json -> {
            json.flag("authenticated", left.isPresent());
            left.ifPresent(
                    rest -> json.number("expires_at", time.instant().plus(rest).getEpochSecond()));
            lock(json);
            json.number("now_ms", time.instant().toEpochMilli());
            if (left.isPresent() && version != null) {
                json.text("version", version);
            }
        });
    }

    private void lock(JsonObject json) {
        Optional<OpenAiError> lock = password.lock();
        json.text("locked", lock.map(OpenAiError::code).orElse(null));
        lock.ifPresent(why -> json.text("locked_reason", why.message()));
    }

    /** {@code POST /api/session}: begins one, in the place of the one that the browser has. */
    public void begin(ServerRequest request, ServerResponse response) {
        String given = bodies.members(request, response)
                .text("password")
                .orElseThrow(() -> InvalidRequest.missing("password", "The password is missing"));
        String address = CallerAddress.of(request);
        Optional<ServerPassword> matched = password.match(given, address);
        if (matched.isEmpty()) {
            refuse(request, response, password.triesLeft(address));
            return;
        }
        SessionCookie.readAll(request).forEach(sessions::end);
        SessionId id = sessions.begin(matched.get());
        SessionCookie.set(request, response, id);
        tell(request, response, sessions.left(id));
    }

    private static void refuse(ServerRequest request, ServerResponse response, int triesLeft) {
        response.status(Status.UNAUTHORIZED_401);
        response.headers().set(HeaderNames.WWW_AUTHENTICATE, "Bearer");
        Bodies.json(
                request,
                response,
                json -> json.raw("error", ErrorWriter.object(WRONG))
                        .text("detail", WRONG.message())
                        .number("tries_left", (long) triesLeft));
    }

    /** {@code DELETE /api/session}: ends the one that the browser has, if it has any. */
    public void end(ServerRequest request, ServerResponse response) {
        if (SessionCookie.isIn(request)) {
            CsrfCheck.require(request, true);
            SessionCookie.readAll(request).forEach(sessions::end);
        }
        SessionCookie.clear(request, response);
        response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
        response.status(Status.NO_CONTENT_204).send();
    }
}
