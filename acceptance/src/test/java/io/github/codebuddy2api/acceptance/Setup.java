package io.github.codebuddy2api.acceptance;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a service under test is configured.
 *
 * @param upstream what {@code codebuddy.api_endpoint} is
 * @param tokens the access token of each stored credential
 * @param codebuddy more lines of the section {@code codebuddy}
 * @param sections more sections, each on one line
 * @param otherUpstreams to which {@code codebuddy.api_endpoint} may be changed
 */
record Setup(
        URI upstream, List<String> tokens, List<String> codebuddy, List<String> sections, List<URI> otherUpstreams) {
    private static final int MANY = 400;

    /** Two credentials and nothing unusual. */
    static Setup with(URI upstream) {
        return new Setup(upstream, List.of("token-one", "token-two"), List.of(), List.of(), List.of());
    }

    Setup withTokens(String... values) {
        return new Setup(upstream, List.of(values), codebuddy, sections, otherUpstreams);
    }

    /** So many credentials that no test of a class meets one that another test has sent to rest. */
    Setup withManyTokens() {
        List<String> many =
                IntStream.range(0, MANY).mapToObj("token-%03d"::formatted).toList();
        return new Setup(upstream, many, codebuddy, sections, otherUpstreams);
    }

    /** More lines below {@code codebuddy:}, such as {@code timeouts: {gap: 1s}}. */
    Setup codebuddy(String... lines) {
        return new Setup(upstream, tokens, List.of(lines), sections, otherUpstreams);
    }

    /** More sections, such as {@code deadlines: {heartbeat: 1s}}. */
    Setup sections(String... lines) {
        return new Setup(upstream, tokens, codebuddy, List.of(lines), otherUpstreams);
    }

    Setup allowing(URI... others) {
        return new Setup(upstream, tokens, codebuddy, sections, List.of(others));
    }

    String yaml(int port) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("server:\n  host: 127.0.0.1\n  port: ").append(port).append('\n');
        yaml.append("  password: \"").append(AppHome.PASSWORD).append("\"\n");
        yaml.append("codebuddy:\n  api_endpoint: \"").append(upstream).append("\"\n");
        yaml.append("  allowed_endpoints: [\"").append(upstream).append('"');
        otherUpstreams.forEach(other -> yaml.append(", \"").append(other).append('"'));
        yaml.append("]\n");
        codebuddy.forEach(line -> yaml.append("  ").append(line).append('\n'));
        sections.forEach(line -> yaml.append(line).append('\n'));
        return yaml.toString();
    }
}
