package io.github.codebuddy2api.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The packaged service, listening on a port of its own, with a home of its own. Closing it ends both. */
final class ServiceUnderTest implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int TRIES = 3;

    private final AppHome home;
    private final ServiceProcess process;
    private final int port;

    private ServiceUnderTest(AppHome home, ServiceProcess process, int port) {
        this.home = home;
        this.process = process;
        this.port = port;
    }

    static ServiceUnderTest start(Setup setup) throws IOException, InterruptedException {
        return start(setup, List.of());
    }

    /** The same in a JVM with more options, of which each goes before those of the same name. */
    static ServiceUnderTest start(Setup setup, List<String> jvmOptions) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            AppHome home = AppHome.empty();
            home.config(setup.yaml(port));
            home.credentials(setup.tokens());
            try {
                List<String> command = new ArrayList<>(
                        Packaged.command("serve", "--home", home.folder().toString()));
                command.addAll(command.indexOf("--module-path"), jvmOptions);
                return listening(home, port, ServiceProcess.start(home, List.of(), command));
            } catch (ServiceProcess.Ended lostThePort) {
                if (attempt == TRIES) {
                    throw lostThePort;
                }
            }
        }
    }

    /** Starts it in a home that is complete; the port must be the one its configuration names. */
    static ServiceUnderTest start(AppHome home, int port, List<String> environment)
            throws IOException, InterruptedException {
        return listening(
                home,
                port,
                ServiceProcess.start(
                        home, environment, "serve", "--home", home.folder().toString()));
    }

    /** The same, run by another program such as {@code setpriv}. */
    static ServiceUnderTest startBehind(List<String> prefix, AppHome home) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(Packaged.command("serve", "--home", home.folder().toString()));
        return listening(home, home.port(), ServiceProcess.start(home, List.of(), command));
    }

    private static ServiceUnderTest listening(AppHome home, int port, ServiceProcess process)
            throws IOException, InterruptedException {
        ServiceUnderTest service = new ServiceUnderTest(home, process, port);
        try {
            process.awaitLine("it listens on " + port, line -> line.contains(":" + port), START_LIMIT);
            try (RawConnection health = service.connect()) {
                health.send("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                health.read();
            }
            return service;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            service.close();
            throw e;
        }
    }

    /** A port that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    AppHome home() {
        return home;
    }

    ServiceProcess process() {
        return process;
    }

    /** The base URL an OpenAI client is given. */
    String baseUrl() {
        return uri() + "/v1";
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    RawConnection connect() throws IOException {
        return new RawConnection(port);
    }

    @Override
    public void close() {
        try {
            process.close();
        } finally {
            home.close();
        }
    }
}
