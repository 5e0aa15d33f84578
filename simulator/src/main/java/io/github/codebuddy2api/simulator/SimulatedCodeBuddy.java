package io.github.codebuddy2api.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A running simulator, listening on a loopback port from the moment it exists until it is closed. All methods are
 * thread-safe.
 *
 * <p>What a chat request gets is decided in this order: a refusal of its access token; what a trigger in the access token
 * wants; a refusal of the request's form; the script registered for its model; the trigger that the model's name is; an
 * ordinary answer if the model exists. The module's README lists all triggers.
 */
public final class SimulatedCodeBuddy implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final long ACCEPT_REST_NANOS = 5_000_000;

    private final ServerSocket server;
    private final Options options;
    private final Journal journal;
    private final Gates gates = new Gates();
    private final Scripts scripts = new Scripts();
    private final Parts parts;
    private final Login login;
    private final Routes routes;
    private final Thread accepting;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Thread> serving = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    private SimulatedCodeBuddy(ServerSocket server, Options options) {
        this.server = server;
        this.options = options;
        this.journal = new Journal(options.requestsKept());
        this.parts = Parts.of(options);
        this.login = new Login(parts);
        this.routes = new Routes(parts, scripts, login, new Control(journal, scripts, gates));
        this.accepting = Thread.ofVirtual().name("simulator-accept").unstarted(this::accept);
    }

    /** Starts one with {@link Options#defaults()}. */
    public static SimulatedCodeBuddy start() throws IOException {
        return start(Options.defaults());
    }

    /**
     * Starts one.
     *
     * @throws IOException if the port cannot be had
     */
    public static SimulatedCodeBuddy start(Options options) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), options.port()),
                    BACKLOG);
        } catch (IOException taken) {
            server.close();
            throw taken;
        }
        SimulatedCodeBuddy simulator = new SimulatedCodeBuddy(server, options);
        simulator.accepting.start();
        return simulator;
    }

    /** The base address, without a slash at its end. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** What has been received. */
    public Journal journal() {
        return journal;
    }

    /**
     * From now on, answers requests for this model, or for this path if the key begins with a slash, with these scenarios:
     * the first request with the first, and so on; the last one is used for all further requests. Replaces an earlier script
     * of the same key.
     */
    public void script(String modelOrPath, Scenario first, Scenario... next) {
        scripts.put(
                modelOrPath, Stream.concat(Stream.of(first), Stream.of(next)).toList());
    }

    /**
     * Registers all scenarios of a script written in the language of the README.
     *
     * @throws IllegalArgumentException naming the line that cannot be understood; nothing is registered then
     */
    public void script(String text) {
        ScriptParser.file(text).forEach(scripts::put);
    }

    /** Takes a script back. */
    public void unscript(String modelOrPath) {
        scripts.remove(modelOrPath);
    }

    /** Opens a gate for all answers that wait at it and for all that come to it later. */
    public void open(String gate) {
        gates.open(gate);
    }

    /** Refuses this access token from now on, as the service does with one that has expired or was withdrawn. */
    public void revoke(String accessToken) {
        parts.tokens().revoke(accessToken);
    }

    /**
     * Decides a login as a person at its page would.
     *
     * @param state the state that was issued for it
     * @param name the person's name; the same name is the same account
     * @return false if there is no such login, or it is over
     */
    public boolean decideLogin(String state, LoginOutcome outcome, String name) {
        return login.decide(state, outcome, name);
    }

    /** How many connections are open. */
    public int openConnections() {
        return connections.size();
    }

    /** Stops listening, ends every connection, and returns when no thread of it is left. Idempotent. */
    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException alreadyClosed) {
            // Not listening any more is all that is wanted.
        }
        try {
            accepting.join();
            connections.forEach(Connection::stop);
            for (Thread thread : List.copyOf(serving)) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        long number = 0;
        while (!closed) {
            try {
                serve(++number, server.accept());
            } catch (IOException closedOrTransient) {
                // The condition of the loop tells the two apart; the rest keeps a lack of descriptors from spinning.
                LockSupport.parkNanos(ACCEPT_REST_NANOS);
            }
        }
    }

    private void serve(long number, Socket socket) throws IOException {
        if (connections.size() >= options.connectionLimit()) {
            socket.close();
            return;
        }
        Connection connection = new Connection(number, socket, journal, gates, options, routes);
        connections.add(connection);
        Thread thread = Thread.ofVirtual().name("simulator-" + number).unstarted(() -> {
            try {
                connection.serve();
            } finally {
                connections.remove(connection);
                serving.remove(Thread.currentThread());
            }
        });
        serving.add(thread);
        thread.start();
    }
}
