package io.github.codebuddy2api.http.auth;

import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.ServerPassword;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.error.OpenAiError.Advice;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Compares what somebody presents with the server's password: in constant time, and not too often if it is wrong.
 * Thread-safe.
 */
public final class PasswordCheck {
    private final Supplier<ServerPassword> password;
    private final TokenTag tags;
    private final SlowCheck slowCheck = new SlowCheck();
    private final GuessThrottle throttle;

    public PasswordCheck(Supplier<ServerPassword> password, RandomGenerator random, Time time) {
        this.password = password;
        this.tags = TokenTag.random(random);
        this.throttle = new GuessThrottle(time);
    }

    /**
     * The server's password, if {@code presented} is it.
     *
     * @param address of whoever presents it
     * @throws HttpFailure if nobody can have the right one, or too many wrong ones were tried
     */
    Optional<ServerPassword> match(String presented, String address) {
        ServerPassword now = password.get();
        lock(now).ifPresent(lock -> {
            throw new HttpFailure(lock);
        });
        throttle.requireRoom(address);
        byte[] tag = tags.of(presented);
        GuessThrottle.Guess guess = throttle.admit(address, tag, now);
        if (guess.isWrong()) {
            return Optional.empty();
        }
        if (!matches(now, presented, tag, guess)) {
            guess.setWrong();
            return Optional.empty();
        }
        throttle.takeBack(guess);
        return Optional.of(now);
    }

    private boolean matches(ServerPassword now, String presented, byte[] tag, GuessThrottle.Guess guess) {
        return switch (now) {
            case ServerPassword.NotConfigured none -> false;
            case ServerPassword.Insecure insecure -> false;
            case ServerPassword.Plain plain -> plain.matches(presented);
            case ServerPassword.Hashed hashed -> slowCheck.matches(hashed.hash(), presented, tag, guess);
        };
    }

    /** How many more wrong passwords of {@code address} would be checked now. */
    int triesLeft(String address) {
        return throttle.left(address);
    }

    /** Whether {@code matched} is still the server's password, and has been ever since. */
    @SuppressWarnings("ReferenceEquality") // One that was changed and changed back is equal, and is not the same.
    boolean isCurrent(ServerPassword matched) {
        return matched == password.get();
    }

    /** Why nobody can have the right password; empty if somebody can. */
    Optional<OpenAiError> lock() {
        return lock(password.get());
    }

    private static Optional<OpenAiError> lock(ServerPassword now) {
        return switch (now) {
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
