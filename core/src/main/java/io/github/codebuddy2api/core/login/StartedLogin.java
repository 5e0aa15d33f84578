package io.github.codebuddy2api.core.login;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A login that has begun.
 *
 * @param id names it in further calls
 * @param page where the person signs in; on a site that is allowed
 * @param expiresAt when it ends by itself
 * @param interval how long to wait between two questions
 */
public record StartedLogin(LoginId id, URI page, Instant expiresAt, Duration interval) {
    public StartedLogin {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(page, "page");
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(interval, "interval");
    }

    @Override
    public String toString() {
        return "StartedLogin[expiresAt=" + expiresAt + "]";
    }
}
