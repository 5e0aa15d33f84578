package io.github.codebuddy2api.http;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.RequestId;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.auth.BearerCheck;
import io.github.codebuddy2api.http.error.ErrorWriter;
import io.github.codebuddy2api.http.error.FrameworkErrors;
import io.github.codebuddy2api.http.guard.CallerConnection;
import io.github.codebuddy2api.http.guard.Connections;
import io.github.codebuddy2api.http.openai.ChatCompletionsHandler;
import io.github.codebuddy2api.http.openai.ModelsHandler;
import io.github.codebuddy2api.http.web.Headers;
import io.github.codebuddy2api.http.web.HealthHandler;
import io.github.codebuddy2api.http.web.RequestRules;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A {@link Gateway} behind HTTP/1.1, in the words of OpenAI's Chat Completions. It serves from {@link #start} to {@link
 * #close()}; the gateway stays its owner's to close, afterwards. Thread-safe.
 */
public final class HttpAdapter implements AutoCloseable {
    private final HttpOptions options;
    private final RandomGenerator random;
    private final Connections connections;
    private final ChatCompletionsHandler chat;
    private final WebServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private HttpAdapter(
            Gateway gateway,
            HttpOptions options,
            Supplier<ServerPassword> password,
            RandomGenerator random,
            Time time) {
        this.options = options;
        this.random = random;
        this.connections = new Connections(options, time);
        this.chat = new ChatCompletionsHandler(gateway.chat(), connections, options, time);
        ModelsHandler models = new ModelsHandler(gateway.models());
        Routes routes = new Routes(new RequestRules(options.listen()), new BearerCheck(password, random, time))
                .table(new Routes.Handlers(
                        chat,
                        models::list,
                        models::show,
                        new HealthHandler(password),
                        (request, response) -> response.send()));
        this.server = server(routes);
    }

    /**
     * Listens and serves.
     *
     * @param gateway answers the requests
     * @param password what callers have to present; asked for every request, so it must be cheap
     * @param random the source of request ids and keys, thread-safe
     * @param time the clock of all deadlines
     * @throws IllegalStateException if the address cannot be listened on
     */
    public static HttpAdapter start(
            Gateway gateway,
            HttpOptions options,
            Supplier<ServerPassword> password,
            RandomGenerator random,
            Time time) {
        HttpAdapter adapter = new HttpAdapter(gateway, options, password, random, time);
        adapter.start();
        return adapter;
    }

    private void start() {
        server.start();
        if (!server.isRunning()) {
            connections.close();
            throw new IllegalStateException(
                    "cannot listen on " + options.listen().host() + " port "
                            + options.listen().port() + ": the port is in use, or the address is not this machine's");
        }
        connections.start();
    }

    private WebServer server(Routes routes) {
        HttpRouting.Builder routing =
                HttpRouting.builder().addFilter(this::around).error(Throwable.class, new ErrorWriter(connections));
        routes.register(routing);
        return WebServer.builder()
                .host(options.listen().host())
                .port(options.listen().port())
                .protocolsDiscoverServices(false)
                .featuresDiscoverServices(false)
                .addConnectionSelector(connections)
                .connectionOptions(socket -> socket.tcpNoDelay(true).socketKeepAlive(true))
                .maxTcpConnections(options.limits().maxConnections())
                .maxPayloadSize(options.limits().maxBodyBytes())
                .shutdownHook(false)
                .shutdownGracePeriod(
                        options.drain().grace().plus(options.drain().farewell()))
                .directHandlers(frameworkErrors())
                .routing(routing)
                .build();
    }

    private DirectHandlers frameworkErrors() {
        FrameworkErrors errors = new FrameworkErrors(connections, random);
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType kind : DirectHandler.EventType.values()) {
            handlers.addHandler(kind, errors);
        }
        return handlers.build();
    }

    /** What holds for every response: its id, its headers, and that "close" is meant. */
    private void around(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        CallerConnection connection = connections.current();
        RequestId requestId = request.headers()
                .value(Headers.X_REQUEST_ID)
                .filter(RequestId::isValid)
                .map(RequestId::new)
                .orElseGet(() -> RequestId.random(random));
        Headers.everywhere(response.headers(), requestId);
        chain.proceed();
        connection.answered();
        if (connection.closesAfterAnswer()
                || request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
                || response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            // Helidon 4.5.0 writes the header but reads on, so bytes of a refused body would run as a request.
            throw new CloseConnectionException("the answer was the last one");
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /**
     * Stops listening, lets running answers end within their grace, and closes all connections. Blocks until then.
     * Idempotent.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            chat.drain();
            connections.stopCallsAfter(options.drain().grace());
            server.stop();
            connections.close();
        }
    }
}
