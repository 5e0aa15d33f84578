package io.github.codebuddy2api.http.auth;

import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.ServerPassword;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.error.OpenAiError.Advice;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Lets a request pass if it carries the server's password as its bearer token. Thread-safe. */
public final class BearerCheck {
    private static final String SCHEME = "bearer ";
    private static final int MAX_TOKEN = 4096;

    private final Supplier<ServerPassword> password;
    private final SlowCheck slowCheck;

    public BearerCheck(Supplier<ServerPassword> password, RandomGenerator random, Time time) {
        this.password = password;
        this.slowCheck = new SlowCheck(random, time);
    }

    /**
     * Lets {@code request} pass.
     *
     * @throws HttpFailure if its token is missing or wrong, or nobody can have the right one
     */
    public void require(ServerRequest request) {
        String token = token(request).orElseThrow(() -> refused("Not authenticated"));
        boolean matches = switch (password.get()) {
            case ServerPassword.NotConfigured none ->
                throw locked(
                        "password_not_configured",
                        "CODEBUDDY_PASSWORD is not configured on the server. Set server.password in"
                                + " config/config.yaml.");
            case ServerPassword.Insecure insecure -> throw locked("insecure_password", insecure.reason());
            case ServerPassword.Plain plain -> plain.matches(token);
            case ServerPassword.Hashed hashed -> slowCheck.matches(hashed.hash(), token);
        };
        if (!matches) {
            throw refused("Invalid password");
        }
    }

    /** Whether a {@code request} that passed would pass now too, for as long as it is answered. */
    public BooleanSupplier permission(ServerRequest request) {
        return () -> {
            try {
                require(request);
                return true;
            } catch (HttpFailure refused) {
                return false;
            }
        };
    }

    /** The one token of a request; empty if there is none, more than one, or another scheme. */
    private static Optional<String> token(ServerRequest request) {
        List<String> headers = request.headers().all(HeaderNames.AUTHORIZATION, List::of);
        if (headers.size() != 1) {
            return Optional.empty();
        }
        String header = headers.getFirst();
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || header.length() > MAX_TOKEN) {
            return Optional.empty();
        }
        String token = header.substring(SCHEME.length()).strip();
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    private static HttpFailure refused(String message) {
        return new HttpFailure(OpenAiError.invalid(401, "invalid_api_key", message));
    }

    private static HttpFailure locked(String code, String message) {
        return new HttpFailure(
                OpenAiError.of(500, OpenAiError.SERVER, code, message).with(Advice.DO_NOT_RETRY));
    }
}
