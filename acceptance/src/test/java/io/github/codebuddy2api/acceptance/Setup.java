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
 */
record Setup(URI upstream, List<String> tokens, List<String> codebuddy, List<String> sections) {
    private static final int MANY = 400;

    /** Two credentials and nothing unusual. */
    static Setup with(URI upstream) {
        return new Setup(upstream, List.of("token-one", "token-two"), List.of(), List.of());
    }

    Setup withTokens(String... values) {
        return new Setup(upstream, List.of(values), codebuddy, sections);
    }

    /** So many credentials that no test of a class meets one that another test has sent to rest. */
    Setup withManyTokens() {
        List<String> many =
                IntStream.range(0, MANY).mapToObj("token-%03d"::formatted).toList();
        return new Setup(upstream, many, codebuddy, sections);
    }

    /** More lines below {@code codebuddy:}, such as {@code timeouts: {gap: 1s}}. */
    Setup codebuddy(String... lines) {
        return new Setup(upstream, tokens, List.of(lines), sections);
    }

    /** More sections, such as {@code deadlines: {heartbeat: 1s}}. */
    Setup sections(String... lines) {
        return new Setup(upstream, tokens, codebuddy, List.of(lines));
    }

    String yaml(int port) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("server:\n  host: 127.0.0.1\n  port: ").append(port).append('\n');
        yaml.append("  password: \"").append(AppHome.PASSWORD).append("\"\n");
        yaml.append("codebuddy:\n  api_endpoint: \"").append(upstream).append("\"\n");
        yaml.append("  allowed_endpoints: [\"").append(upstream).append("\"]\n");
        codebuddy.forEach(line -> yaml.append("  ").append(line).append('\n'));
        sections.forEach(line -> yaml.append(line).append('\n'));
        return yaml.toString();
    }
}
