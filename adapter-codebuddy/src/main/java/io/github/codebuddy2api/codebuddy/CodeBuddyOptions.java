package io.github.codebuddy2api.codebuddy;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * How CodeBuddy is reached. One immutable snapshot, read for every request; a change is a new one.
 *
 * @param endpoint where it lives: HTTPS, or plain HTTP to a loopback address; a path is put before the API's own
 * @param client whom we say we are
 * @param deadlines how long we wait
 * @param maxEventBytes the largest event of an answer we agree to hold, in bytes
 * @param systemMessage put first when the caller sent no system message, because CodeBuddy insists on one; never blank
 * @param sslVerify whether certificate and host name are checked; off only for test hosts
 * @param services how everything besides chat is asked for
 */
public record CodeBuddyOptions(
        URI endpoint,
        ClientIdentity client,
        Deadlines deadlines,
        int maxEventBytes,
        String systemMessage,
        boolean sslVerify,
        ServiceOptions services) {
    /** The largest event of an answer, unless said otherwise: 1 MiB. */
    public static final int DEFAULT_MAX_EVENT_BYTES = 1024 * 1024;
    /** What the model is told when the caller told it nothing. */
    public static final String DEFAULT_SYSTEM_MESSAGE = "You are a helpful assistant.";

    private static final int MIN_EVENT_BYTES = 1024;
    private static final int MAX_EVENT_BYTES = 64 * 1024 * 1024;

    public CodeBuddyOptions {
        checkEndpoint(endpoint);
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(deadlines, "deadlines");
        Objects.requireNonNull(services, "services");
        if (maxEventBytes < MIN_EVENT_BYTES || maxEventBytes > MAX_EVENT_BYTES) {
            throw new IllegalArgumentException("maxEventBytes must be from 1 KiB to 64 MiB");
        }
        if (systemMessage.isBlank()) {
            throw new IllegalArgumentException("systemMessage must not be blank");
        }
    }

    /** These, with everything besides chat as usual. */
    public CodeBuddyOptions(
            URI endpoint,
            ClientIdentity client,
            Deadlines deadlines,
            int maxEventBytes,
            String systemMessage,
            boolean sslVerify) {
        this(endpoint, client, deadlines, maxEventBytes, systemMessage, sslVerify, ServiceOptions.DEFAULT);
    }

    /** The defaults, at {@code endpoint}. */
    public static CodeBuddyOptions at(URI endpoint) {
        return new CodeBuddyOptions(
                endpoint,
                ClientIdentity.cli(ClientIdentity.DEFAULT_VERSION),
                Deadlines.DEFAULT,
                DEFAULT_MAX_EVENT_BYTES,
                DEFAULT_SYSTEM_MESSAGE,
                true);
    }

    /** The same with other deadlines. */
    public CodeBuddyOptions withDeadlines(Deadlines other) {
        return new CodeBuddyOptions(endpoint, client, other, maxEventBytes, systemMessage, sslVerify, services);
    }

    /** The same under another identity. */
    public CodeBuddyOptions withClient(ClientIdentity other) {
        return new CodeBuddyOptions(endpoint, other, deadlines, maxEventBytes, systemMessage, sslVerify, services);
    }

    /** The same with another limit on the size of one event. */
    public CodeBuddyOptions withMaxEventBytes(int other) {
        return new CodeBuddyOptions(endpoint, client, deadlines, other, systemMessage, sslVerify, services);
    }

    /** The same with or without a check of certificate and host name. */
    public CodeBuddyOptions withSslVerify(boolean other) {
        return new CodeBuddyOptions(endpoint, client, deadlines, maxEventBytes, systemMessage, other, services);
    }

    /** The same with everything besides chat asked for otherwise. */
    public CodeBuddyOptions withServices(ServiceOptions other) {
        return new CodeBuddyOptions(endpoint, client, deadlines, maxEventBytes, systemMessage, sslVerify, other);
    }

    /** The address of a call. */
    URI resolve(Endpoint call) {
        return resolve(call, "");
    }

    /** The address of a call that is followed by more path, or a query. */
    URI resolve(Endpoint call, String more) {
        String start = endpoint.toString();
        String root = start.endsWith("/") ? start.substring(0, start.length() - 1) : start;
        return URI.create(root + services.pathOf(call) + more);
    }

    private static void checkEndpoint(URI endpoint) {
        String scheme = endpoint.getScheme() == null ? "" : endpoint.getScheme().toLowerCase(Locale.ROOT);
        String host = endpoint.getHost();
        if (host == null || !scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("endpoint must look like https://host");
        }
        if (endpoint.getRawUserInfo() != null || endpoint.getRawQuery() != null || endpoint.getRawFragment() != null) {
            throw new IllegalArgumentException("endpoint must have no user, query or fragment");
        }
        if (Origins.of(endpoint) == null) {
            throw new IllegalArgumentException("endpoint must be HTTPS, because a token travels to it");
        }
    }

    /**
     * How long each phase of a call may take. None can be switched off.
     *
     * @param connect until the connection stands, TLS included
     * @param firstEvent from sending the request until the first event of the answer; comments are no events
     * @param gap between two events, while somebody waits for the next
     * @param total for the whole answer
     * @param afterFinish for what follows a finish reason, such as the usage; then the answer is taken as complete
     */
    public record Deadlines(Duration connect, Duration firstEvent, Duration gap, Duration total, Duration afterFinish) {
        /** Before DEFAULT, which is checked against it. */
        private static final Duration LONGEST = Duration.ofDays(1);

        /** 10 s, 120 s, 120 s, 30 min and 5 s. */
        public static final Deadlines DEFAULT = new Deadlines(
                Duration.ofSeconds(10),
                Duration.ofSeconds(120),
                Duration.ofSeconds(120),
                Duration.ofMinutes(30),
                Duration.ofSeconds(5));

        public Deadlines {
            check("connect", connect);
            check("firstEvent", firstEvent);
            check("gap", gap);
            check("total", total);
            check("afterFinish", afterFinish);
        }

        private static void check(String name, Duration length) {
            if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(name + " must be more than nothing and at most a day");
            }
        }
    }
}
