package io.github.codebuddy2api.http;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.RequestId;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.admin.AccountsHandler;
import io.github.codebuddy2api.http.admin.CatalogHandler;
import io.github.codebuddy2api.http.admin.CredentialsHandler;
import io.github.codebuddy2api.http.admin.ImportHandler;
import io.github.codebuddy2api.http.admin.KeywordsHandler;
import io.github.codebuddy2api.http.admin.LoginsHandler;
import io.github.codebuddy2api.http.admin.RotationHandler;
import io.github.codebuddy2api.http.admin.SettingsHandler;
import io.github.codebuddy2api.http.admin.StatsHandler;
import io.github.codebuddy2api.http.admin.StatusHandler;
import io.github.codebuddy2api.http.auth.LoginDoor;
import io.github.codebuddy2api.http.auth.OwnerCheck;
import io.github.codebuddy2api.http.auth.PasswordCheck;
import io.github.codebuddy2api.http.auth.SessionHandler;
import io.github.codebuddy2api.http.auth.Sessions;
import io.github.codebuddy2api.http.error.ErrorWriter;
import io.github.codebuddy2api.http.error.FrameworkErrors;
import io.github.codebuddy2api.http.feed.EventsHandler;
import io.github.codebuddy2api.http.feed.Feed;
import io.github.codebuddy2api.http.feed.RequestsHandler;
import io.github.codebuddy2api.http.guard.CallerConnection;
import io.github.codebuddy2api.http.guard.Connections;
import io.github.codebuddy2api.http.openai.ChatCompletionsHandler;
import io.github.codebuddy2api.http.openai.ModelsHandler;
import io.github.codebuddy2api.http.page.PageFiles;
import io.github.codebuddy2api.http.web.CrossOrigin;
import io.github.codebuddy2api.http.web.Headers;
import io.github.codebuddy2api.http.web.HealthHandler;
import io.github.codebuddy2api.http.web.RequestLog;
import io.github.codebuddy2api.http.web.RequestRules;
import io.github.codebuddy2api.http.web.SmallBodies;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A {@link Gateway} behind HTTP/1.1, in the words of OpenAI's Chat Completions. It serves from {@link #start} to {@link
 * #close()}; the gateway stays its owner's to close, afterwards. Thread-safe.
 */
public final class HttpAdapter implements AutoCloseable {
    private static final int ADMIN_BODY = 256 * 1024;
    /** The longest text with the most rules, in Chinese. */
    private static final int PREVIEW_BODY = 512 * 1024;

    /** What the kernel takes for a caller who does not read; left to itself it takes several megabytes for each. */
    private static final int SEND_BUFFER = 64 * 1024;

    private static final int LOGIN_BODY = 8 * 1024;
    /** The guards end every connection before; this only keeps Helidon from doing it sooner. */
    private static final Duration LONGEST_STOP = Duration.ofHours(1);

    private final Supplier<HttpOptions> options;
    private final HttpOptions.Listen listen;
    private final RandomGenerator random;
    private final Connections connections;
    private final CrossOrigin crossOrigin;
    private final RequestLog requestLog = new RequestLog();
    private final Time time;
    private final ChatCompletionsHandler chat;
    private final Optional<Feed> feed;
    private final Optional<EventsHandler> events;
    private final Routes routes;
    private final WebServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private HttpAdapter(Gateway gateway, HttpParts parts, RandomGenerator random, Time time) {
        this.options = parts.options();
        this.listen = options.get().listen();
        this.random = random;
        this.time = time;
        this.connections = new Connections(options, time);
        this.crossOrigin = new CrossOrigin(options);
        this.chat = new ChatCompletionsHandler(gateway.chat(), connections, options, time);
        PasswordCheck password = new PasswordCheck(parts.password(), random, time);
        Sessions sessions = new Sessions(password, random, time);
        OwnerCheck owner = new OwnerCheck(password, sessions);
        SessionHandler session =
                new SessionHandler(password, sessions, new SmallBodies(connections, LOGIN_BODY), time, parts.version());
        RequestRules rules = new RequestRules(options, crossOrigin);
        StatusHandler status = new StatusHandler(parts, chat, time);
        this.feed = Optional.ofNullable(parts.feed()).map(RequestFeed::feed);
        this.events = feed.map(known -> new EventsHandler(
                known, connections, options, new EventsHandler.Surroundings(owner::require, status::write), time));
        this.routes = new Routes(rules, crossOrigin, owner).table(handlers(gateway, parts, owner, session, status));
        this.server = server();
    }

    private Routes.Handlers handlers(
            Gateway gateway, HttpParts parts, OwnerCheck owner, SessionHandler session, StatusHandler status) {
        SmallBodies bodies = new SmallBodies(connections, ADMIN_BODY);
        SmallBodies loginBodies = new SmallBodies(connections, LOGIN_BODY);
        CredentialsHandler credentials = new CredentialsHandler(gateway.credentials(), bodies, parts, time);
        LoginDoor door = new LoginDoor(options, owner);
        return new Routes.Handlers(
                chat,
                new ModelsHandler(gateway.models()),
                new CatalogHandler(gateway.models(), bodies),
                new KeywordsHandler(gateway.keywords(), new SmallBodies(connections, PREVIEW_BODY)),
                credentials,
                new RotationHandler(gateway.credentials()),
                new AccountsHandler(gateway::accounts, gateway.credentials(), credentials, bodies),
                Optional.ofNullable(parts.importer())
                        .map(importer -> new ImportHandler(importer, gateway.credentials(), credentials, bodies)),
                new LoginsHandler(gateway::logins, gateway.credentials(), door, loginBodies, time),
                Optional.ofNullable(parts.settings()).map(settings -> new SettingsHandler(settings, bodies)),
                feed.flatMap(known -> events.map(watched -> new Routes.Watching(new RequestsHandler(known), watched))),
                new StatsHandler(gateway::usage),
                session,
                status,
                new HealthHandler(parts.password(), chat::isDraining),
                new PageFiles(parts.pages()));
    }

    /**
     * Listens and serves.
     *
     * @param gateway answers the requests
     * @param parts what it is asked for besides; the host and port to listen on are read here alone
     * @param random the source of request ids and keys, thread-safe
     * @param time the clock of all deadlines
     * @throws IllegalStateException if the address cannot be listened on
     */
    public static HttpAdapter start(Gateway gateway, HttpParts parts, RandomGenerator random, Time time) {
        HttpAdapter adapter = new HttpAdapter(gateway, parts, random, time);
        adapter.start();
        return adapter;
    }

    /**
     * Listens and serves with options that never change, without settings and import.
     *
     * @param password what callers have to present; asked for every request, so it must be cheap
     * @throws IllegalStateException if the address cannot be listened on
     */
    public static HttpAdapter start(
            Gateway gateway,
            HttpOptions options,
            Supplier<ServerPassword> password,
            RandomGenerator random,
            Time time) {
        return start(gateway, HttpParts.of(() -> options, password), random, time);
    }

    private void start() {
        server.start();
        if (!server.isRunning()) {
            connections.close();
            throw new IllegalStateException("cannot listen on " + listen.host() + " port " + listen.port()
                    + ": the port is in use, or the address is not this machine's");
        }
        connections.start();
    }

    private WebServer server() {
        HttpRouting.Builder routing =
                HttpRouting.builder().addFilter(this::around).error(Throwable.class, new ErrorWriter(connections));
        routes.register(routing);
        return WebServer.builder()
                .host(listen.host())
                .port(listen.port())
                .protocolsDiscoverServices(false)
                .featuresDiscoverServices(false)
                .addConnectionSelector(connections)
                .connectionOptions(
                        socket -> socket.tcpNoDelay(true).socketKeepAlive(true).socketSendBufferSize(SEND_BUFFER))
                .shutdownHook(false)
                .shutdownGracePeriod(LONGEST_STOP)
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
        crossOrigin.announce(request, response.headers());
        boolean mayHoldBack = request.headers().contains(HeaderNames.EXPECT);
        if (mayHoldBack) {
            response.headers().set(HeaderValues.CONNECTION_CLOSE);
        }
        long begun = time.nanoTime();
        chain.proceed();
        Duration took = Duration.ofNanos(time.nanoTime() - begun);
        requestLog.answered(requestId, request, response.status().code(), took);
        // Any request may carry a chat's id, and only a chat's answer is the chat's.
        if (request.matchingPattern().filter(Routes::isChat).isPresent()) {
            feed.ifPresent(known -> known.answered(requestId, response.status().code()));
        }
        connection.answered();
        if (mayHoldBack && !request.content().consumed()) {
            // Nobody can tell whether the body still comes, and what comes must not be read as a request.
            connection.refusesBody();
        }
        if (connection.closesAfterAnswer()
                || request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
                || response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            // Helidon 4.5.0 writes the header but reads on, so bytes of a refused body would run as a request.
            throw new CloseConnectionException("the answer was the last one");
        }
    }

    /** The whole table of what is answered. */
    Routes routes() {
        return routes;
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
            events.ifPresent(EventsHandler::drain);
            connections.stop(options.get().drain());
            server.stop();
            connections.close();
        }
    }
}
