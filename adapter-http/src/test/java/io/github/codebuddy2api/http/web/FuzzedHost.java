package io.github.codebuddy2api.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.http.HttpOptions;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Any lines as host, origin and fetch site of a request: what passes is for a name of ours and from no other site's page.
 */
public final class FuzzedHost {
    private static final HttpOptions OPTIONS = HttpOptions.of("127.0.0.1", 0);
    private static final RequestRules RULES = new RequestRules(() -> OPTIONS, new CrossOrigin(() -> OPTIONS));
    private static final HeaderName[] HEADERS = {HeaderNames.HOST, HeaderNames.ORIGIN, OwnSite.SEC_FETCH_SITE};
    private static final Set<String> OURS = Set.of("localhost", "127.0.0.1", "[::1]");

    private FuzzedHost() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        String[] lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", 3);
        WritableHeaders<?> headers = WritableHeaders.create();
        for (int i = 0; i < lines.length; i++) {
            headers.add(HEADERS[i], lines[i]);
        }
        ServerRequest request = request(ServerRequestHeaders.create(headers));
        try {
            RULES.checkTarget(request);
            RULES.checkOrigin(request);
        } catch (HttpFailure inWords) {
            assertThat(inWords.error().message()).isNotBlank();
            return;
        }
        String host = lines[0].toLowerCase(Locale.ROOT);
        assertThat(OURS.stream().anyMatch(our -> host.equals(our) || host.startsWith(our + ":")))
                .as(host)
                .isTrue();
        if (lines.length > 1) {
            assertThat(lines[1].toLowerCase(Locale.ROOT)).endsWith("://" + host);
        }
        assertThat(lines.length > 2 && Set.of("cross-site", "same-site").contains(lines[2]))
                .isFalse();
    }

    private static ServerRequest request(ServerRequestHeaders headers) {
        HttpPrologue prologue = HttpPrologue.create("HTTP/1.1", "HTTP", "1.1", Method.POST, "/v1/models", true);
        return (ServerRequest) Proxy.newProxyInstance(
                FuzzedHost.class.getClassLoader(),
                new Class<?>[] {ServerRequest.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "headers" -> headers;
                    case "prologue" -> prologue;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
