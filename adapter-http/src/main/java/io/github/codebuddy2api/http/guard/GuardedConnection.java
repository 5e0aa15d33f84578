package io.github.codebuddy2api.http.guard;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/** Helidon's HTTP/1.1 connection, known to the guards from its first byte to its last. */
final class GuardedConnection implements ServerConnection, InterruptableTask<Void> {
    private final Http1Connection http;
    private final CallerConnection connection;
    private final Connections connections;

    GuardedConnection(Http1Connection http, CallerConnection connection, Connections connections) {
        this.http = http;
        this.connection = connection;
        this.connections = connections;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        if (!connections.places().enter()) {
            throw new CloseConnectionException("too many connections");
        }
        connections.opened(connection);
        try {
            handleThenSkip(limit);
        } finally {
            connections.closed();
            connections.places().leave();
        }
    }

    private void handleThenSkip(Limit limit) throws InterruptedException {
        try {
            http.handle(limit);
        } finally {
            connection.skipUnreadBody();
        }
    }

    @Override
    public boolean canInterrupt() {
        return http.canInterrupt();
    }

    @Override
    public Duration idleTime() {
        return http.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        http.close(interrupt);
    }
}
