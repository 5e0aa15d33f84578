package io.github.codebuddy2api.http;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How the endpoint listens, what it allows, and how long it waits. Immutable.
 *
 * @param listen where to listen, and under which names
 * @param limits how much a caller may send and hold
 * @param deadlines how long a caller may take
 * @param streaming the rhythm of a streamed answer
 * @param drain what {@link HttpAdapter#close()} leaves to running answers
 * @param access who may call besides those who know the password and write no page
 */
public record HttpOptions(
        Listen listen, Limits limits, Deadlines deadlines, Streaming streaming, Drain drain, Access access) {
    public HttpOptions {
        Objects.requireNonNull(listen, "listen");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(deadlines, "deadlines");
        Objects.requireNonNull(streaming, "streaming");
        Objects.requireNonNull(drain, "drain");
        Objects.requireNonNull(access, "access");
    }

    /** These options, and the default access. */
    public HttpOptions(Listen listen, Limits limits, Deadlines deadlines, Streaming streaming, Drain drain) {
        this(listen, limits, deadlines, streaming, drain, Access.DEFAULT);
    }

    /** The defaults, listening on {@code host} and {@code port}; port 0 takes any free one. */
    public static HttpOptions of(String host, int port) {
        return new HttpOptions(
                new Listen(host, port, List.of()), Limits.DEFAULT, Deadlines.DEFAULT, Streaming.DEFAULT, Drain.DEFAULT);
    }

    /** The same with other {@code limits}. */
    public HttpOptions with(Limits limits) {
        return new HttpOptions(listen, limits, deadlines, streaming, drain, access);
    }

    /** The same with other {@code deadlines}. */
    public HttpOptions with(Deadlines deadlines) {
        return new HttpOptions(listen, limits, deadlines, streaming, drain, access);
    }

    /** The same with another {@code streaming}. */
    public HttpOptions with(Streaming streaming) {
        return new HttpOptions(listen, limits, deadlines, streaming, drain, access);
    }

    /** The same with another {@code drain}. */
    public HttpOptions with(Drain drain) {
        return new HttpOptions(listen, limits, deadlines, streaming, drain, access);
    }

    /** The same with another {@code access}. */
    public HttpOptions with(Access access) {
        return new HttpOptions(listen, limits, deadlines, streaming, drain, access);
    }

    /** The same with another {@code listen}; its host and port only count before the start. */
    public HttpOptions with(Listen listen) {
        return new HttpOptions(listen, limits, deadlines, streaming, drain, access);
    }

    /**
     * Where to listen.
     *
     * @param host a name or an address of this machine; {@code 0.0.0.0} or {@code ::} for all
     * @param port 0 to 65535; 0 takes any free one
     * @param allowedHosts further names a caller may put into {@code Host}, without ports. The loopback names and {@code
     *     host} always may; on a wildcard address any IP address may
     */
    public record Listen(String host, int port, List<String> allowedHosts) {
        private static final int MAX_PORT = 65_535;

        public Listen {
            if (host.isBlank()) {
                throw new IllegalArgumentException("host must not be blank");
            }
            if (port < 0 || port > MAX_PORT) {
                throw new IllegalArgumentException("port must be 0 to " + MAX_PORT);
            }
            allowedHosts = List.copyOf(allowedHosts);
        }
    }

    /**
     * How much a caller may send and hold.
     *
     * @param maxBodyBytes of one request
     * @param maxRequestLineBytes method, target and version together
     * @param maxHeaderBytes all headers together
     * @param maxHeaders how many
     * @param maxConnections served at once; some more wait unanswered, the rest is closed at once
     * @param maxConcurrentCalls chat requests under way at once; more of them get 503
     * @param maxBodyBytesTogether the bodies of all chat requests under way, at least {@code maxBodyBytes}; who finds no
     *     room gets 503
     */
    public record Limits(
            int maxBodyBytes,
            int maxRequestLineBytes,
            int maxHeaderBytes,
            int maxHeaders,
            int maxConnections,
            int maxConcurrentCalls,
            int maxBodyBytesTogether) {
        /** A body is held up to three times: as it comes together, as it came, and as it is sent on. */
        private static final int HEAP_PER_BODIES = 6;

        /**
         * 16 MiB bodies, 4 KiB request lines, 16 KiB and 100 headers, 1024 connections, 256 calls, and a sixth of the heap
         * for all bodies together.
         */
        public static final Limits DEFAULT = new Limits(16 * 1024 * 1024, 4096, 16 * 1024, 100, 1024, 256);

        public Limits {
            positive(maxBodyBytes, "maxBodyBytes");
            positive(maxRequestLineBytes, "maxRequestLineBytes");
            positive(maxHeaderBytes, "maxHeaderBytes");
            positive(maxHeaders, "maxHeaders");
            positive(maxConnections, "maxConnections");
            positive(maxConcurrentCalls, "maxConcurrentCalls");
            if (maxBodyBytesTogether < maxBodyBytes) {
                throw new IllegalArgumentException("maxBodyBytesTogether must be at least maxBodyBytes");
            }
        }

        /** These limits, and as much room for all bodies together as the heap of this JVM can bear. */
        public Limits(
                int maxBodyBytes,
                int maxRequestLineBytes,
                int maxHeaderBytes,
                int maxHeaders,
                int maxConnections,
                int maxConcurrentCalls) {
            this(
                    maxBodyBytes,
                    maxRequestLineBytes,
                    maxHeaderBytes,
                    maxHeaders,
                    maxConnections,
                    maxConcurrentCalls,
                    Math.max(maxBodyBytes, partOfHeap()));
        }

        private static int partOfHeap() {
            return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / HEAP_PER_BODIES);
        }

        /** The same with other numbers of connections and calls. */
        public Limits withConcurrency(int maxConnections, int maxConcurrentCalls) {
            return new Limits(
                    maxBodyBytes,
                    maxRequestLineBytes,
                    maxHeaderBytes,
                    maxHeaders,
                    maxConnections,
                    maxConcurrentCalls,
                    maxBodyBytesTogether);
        }

        private static void positive(int value, String name) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be positive");
            }
        }
    }

    /**
     * How long a caller may take.
     *
     * @param headers from a request's first byte to the end of its headers
     * @param body from there to the end of its body
     * @param writeStall how long one write may wait for the caller to read
     * @param idle how long a connection may rest between requests
     * @param linger how long the caller of a refused request may pause while its rest is read and thrown away, before
     *     the connection is closed; so a caller who is still sending gets the answer and not a reset
     */
    public record Deadlines(Duration headers, Duration body, Duration writeStall, Duration idle, Duration linger) {
        /** 10 s, 30 s, 30 s, 15 s and 2 s. */
        public static final Deadlines DEFAULT = new Deadlines(
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Duration.ofSeconds(2));

        /** These deadlines, and the default pause for the callers of refused requests. */
        public Deadlines(Duration headers, Duration body, Duration writeStall, Duration idle) {
            this(headers, body, writeStall, idle, DEFAULT.linger());
        }

        public Deadlines {
            positive(headers, "headers");
            positive(body, "body");
            positive(writeStall, "writeStall");
            positive(idle, "idle");
            positive(linger, "linger");
        }
    }

    /**
     * The rhythm of a streamed answer.
     *
     * @param heartbeat after this long without a write a comment is sent
     * @param commitAfter after this long without a first chunk the status 200 is sent with a heartbeat, so that proxies
     *     do not give up; failures come in-band from then on
     */
    public record Streaming(Duration heartbeat, Duration commitAfter) {
        /** 15 s and 45 s. */
        public static final Streaming DEFAULT = new Streaming(Duration.ofSeconds(15), Duration.ofSeconds(45));

        public Streaming {
            positive(heartbeat, "heartbeat");
            positive(commitAfter, "commitAfter");
        }
    }

    /**
     * What a stop leaves to running answers.
     *
     * @param grace how long they may go on; then each gets a final error
     * @param farewell how long that may take to reach the caller; then the connection is cut
     */
    public record Drain(Duration grace, Duration farewell) {
        /** 25 s and 5 s. */
        public static final Drain DEFAULT = new Drain(Duration.ofSeconds(25), Duration.ofSeconds(5));

        public Drain {
            positive(grace, "grace");
            positive(farewell, "farewell");
        }
    }

    /** Who has to show the password to log an account in. */
    public enum LoginGuard {
        /** Everybody but a caller on this machine who came without a proxy. */
        AUTO,
        /** Everybody. */
        ALWAYS,
        /** Nobody; but what a stranger from elsewhere logs in is not used before the owner enables it. */
        NEVER
    }

    /**
     * Who may call.
     *
     * @param corsOrigins origins of foreign pages that may, such as {@code https://app.example:8443}
     * @param logins who has to show the password to log an account in
     */
    public record Access(List<String> corsOrigins, LoginGuard logins) {
        /** No foreign page, and {@link LoginGuard#AUTO}. */
        public static final Access DEFAULT = new Access(List.of(), LoginGuard.AUTO);

        public Access {
            corsOrigins = List.copyOf(corsOrigins);
            Objects.requireNonNull(logins, "logins");
            if (corsOrigins.contains("*")) {
                throw new IllegalArgumentException("each origin must be named: * would let every page call");
            }
        }
    }

    private static void positive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }
}
