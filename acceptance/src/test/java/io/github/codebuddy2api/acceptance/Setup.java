package io.github.codebuddy2api.acceptance;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a service under test is configured.
 *
 * @param upstream what {@code codebuddy.api_endpoint} is
 * @param tokens the access token of each stored credential
 * @param server more lines below {@code server:}
 * @param codebuddy more lines below {@code codebuddy:}
 */
record Setup(URI upstream, List<String> tokens, List<String> server, List<String> codebuddy) {
    /** Two credentials and nothing unusual. */
    static Setup with(URI upstream) {
        return new Setup(upstream, List.of("token-one", "token-two"), List.of(), List.of());
    }

    Setup tokens(String... values) {
        return new Setup(upstream, List.of(values), server, codebuddy);
    }

    /** So many credentials that no test of a class meets one that another test has sent to rest. */
    Setup manyTokens() {
        List<String> many = Stream.iterate(1, n -> n + 1)
                .limit(400)
                .map(n -> "token-%03d".formatted(n))
                .toList();
        return new Setup(upstream, many, server, codebuddy);
    }

    Setup server(String... lines) {
        return new Setup(upstream, tokens, List.of(lines), codebuddy);
    }

    Setup codebuddy(String... lines) {
        return new Setup(upstream, tokens, server, List.of(lines));
    }

    String yaml(int port) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("server:\n  host: 127.0.0.1\n  port: ").append(port).append('\n');
        yaml.append("  password: \"").append(AppHome.PASSWORD).append("\"\n");
        server.forEach(line -> yaml.append("  ").append(line).append('\n'));
        yaml.append("codebuddy:\n  api_endpoint: \"").append(upstream).append("\"\n");
        yaml.append("  allowed_endpoints: [\"").append(upstream).append("\"]\n");
        codebuddy.forEach(line -> yaml.append("  ").append(line).append('\n'));
        return yaml.toString();
    }
}
