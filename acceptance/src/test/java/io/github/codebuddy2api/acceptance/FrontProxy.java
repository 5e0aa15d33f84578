package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A proxy in front of the service that keeps its connections to it, so that whoever comes next gets one of them. It lets
 * nobody pass to {@code /api/session}, so that only a request it did not see can get there.
 */
final class FrontProxy implements AutoCloseable {
    private static final long START_SECONDS = 20;

    /** The proxies that are tried, if this machine has them. */
    enum Kind {
        NGINX("nginx", "/usr/sbin/nginx"),
        HAPROXY("HAProxy", "/usr/sbin/haproxy");

        private final String title;
        private final Path program;

        Kind(String title, String program) {
            this.title = title;
            this.program = Path.of(program);
        }

        String title() {
            return title;
        }

        boolean isHere() {
            return Files.isExecutable(program);
        }

        private List<String> command(Path folder) {
            return switch (this) {
                case NGINX ->
                    List.of(program.toString(), "-p", folder.toString(), "-c", folder.resolve("proxy.conf") + "");
                case HAPROXY -> List.of(program.toString(), "-db", "-f", folder.resolve("proxy.conf") + "");
            };
        }

        private String configuration(Path folder, int port, int service) {
            return switch (this) {
                case NGINX -> """
                    daemon off;
                    master_process off;
                    pid %1$s/nginx.pid;
                    error_log %1$s/error.log;
                    events {}
                    http {
                        access_log off;
                        client_body_temp_path %1$s/body;
                        proxy_temp_path %1$s/proxy;
                        fastcgi_temp_path %1$s/fastcgi;
                        uwsgi_temp_path %1$s/uwsgi;
                        scgi_temp_path %1$s/scgi;
                        client_header_timeout 3s;
                        client_body_timeout 3s;
                        client_max_body_size 17m;
                        upstream service { server 127.0.0.1:%3$d; keepalive 8; }
                        server {
                            listen 127.0.0.1:%2$d;
                            location /api/session { return 403; }
                            location / {
                                proxy_pass http://service;
                                proxy_http_version 1.1;
                                proxy_set_header Host $http_host;
                                proxy_set_header Connection "";
                                proxy_request_buffering off;
                                proxy_buffering off;
                                proxy_next_upstream off;
                            }
                        }
                    }
                    """.formatted(folder, port, service);
                case HAPROXY -> """
                    defaults
                        mode http
                        timeout connect 3s
                        timeout client 3s
                        timeout server 10s
                        timeout http-request 3s
                        http-reuse always
                    frontend callers
                        bind 127.0.0.1:%d
                        http-request deny if { path_beg /api/session }
                        default_backend service
                    backend service
                        server one 127.0.0.1:%d
                    """.formatted(port, service);
            };
        }
    }

    private final Process process;
    private final Path folder;
    private final int port;

    private FrontProxy(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    static FrontProxy start(Kind kind, int service) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("front-proxy");
        int port = ServiceUnderTest.freePort();
        Files.writeString(folder.resolve("proxy.conf"), kind.configuration(folder, port, service));
        File output = folder.resolve("output").toFile();
        Process process = new ProcessBuilder(kind.command(folder))
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        FrontProxy proxy = new FrontProxy(process, folder, port);
        try {
            proxy.awaitListening();
            return proxy;
        } catch (AssertionError | InterruptedException e) {
            proxy.close();
            throw e;
        }
    }

    private void awaitListening() throws InterruptedException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!listens()) {
            assertThat(process.waitFor(50, TimeUnit.MILLISECONDS))
                    .as("it ended, see %s", folder)
                    .isFalse();
            assertThat(System.nanoTime()).as("it does not listen").isLessThan(giveUp);
        }
    }

    private boolean listens() {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
