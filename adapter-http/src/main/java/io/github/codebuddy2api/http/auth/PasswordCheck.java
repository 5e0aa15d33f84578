package io.github.codebuddy2api.http.auth;

import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.ServerPassword;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.error.OpenAiError.Advice;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Compares what somebody presents with the server's password, in constant time. Thread-safe. */
public final class PasswordCheck {
    private final Supplier<ServerPassword> password;
    private final SlowCheck slowCheck;

    public PasswordCheck(Supplier<ServerPassword> password, RandomGenerator random, Time time) {
        this.password = password;
        this.slowCheck = new SlowCheck(random, time);
    }

    /**
     * The server's password, if {@code presented} is it.
     *
     * @throws HttpFailure if nobody can have the right one, or too many were tried
     */
    Optional<ServerPassword> match(String presented) {
        ServerPassword now = password.get();
        boolean matches = switch (now) {
            case ServerPassword.NotConfigured none -> throw new HttpFailure(notConfigured());
            case ServerPassword.Insecure insecure -> throw new HttpFailure(insecure(insecure));
            case ServerPassword.Plain plain -> plain.matches(presented);
            case ServerPassword.Hashed hashed -> slowCheck.matches(hashed.hash(), presented);
        };
        return matches ? Optional.of(now) : Optional.empty();
    }

    /** Whether {@code matched} is still the server's password. */
    boolean isCurrent(ServerPassword matched) {
        return matched.equals(password.get());
    }

    /** Why nobody can have the right password; empty if somebody can. */
    Optional<OpenAiError> lock() {
        return switch (password.get()) {
            case ServerPassword.NotConfigured none -> Optional.of(notConfigured());
            case ServerPassword.Insecure insecure -> Optional.of(insecure(insecure));
            case ServerPassword.Plain plain -> Optional.empty();
            case ServerPassword.Hashed hashed -> Optional.empty();
        };
    }

    private static OpenAiError notConfigured() {
        return locked(
                "password_not_configured",
                "CODEBUDDY_PASSWORD is not configured on the server. Set server.password in config/config.yaml.");
    }

    private static OpenAiError insecure(ServerPassword.Insecure insecure) {
        return locked("insecure_password", insecure.reason());
    }

    private static OpenAiError locked(String code, String message) {
        return OpenAiError.of(500, OpenAiError.SERVER, code, message).with(Advice.DO_NOT_RETRY);
    }
}
