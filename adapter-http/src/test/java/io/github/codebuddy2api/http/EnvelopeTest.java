package io.github.codebuddy2api.http;

import static io.github.codebuddy2api.proofs.Promise.P23;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import io.helidon.http.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every route and everything that can be wrong with a request to it: whatever is refused is refused in one form. */
class EnvelopeTest {
    private static final String STRING = "\"((?:[^\"\\\\\\p{Cntrl}]|\\\\.)*)\"";
    private static final Pattern ENVELOPE = Pattern.compile("\\{\"error\":\\{\"message\":" + STRING + ",\"type\":"
            + STRING + ",\"param\":(?:null|" + STRING + "),\"code\":" + STRING + "\\},\"detail\":.*\\}");
    private static final Pattern OAUTH = Pattern.compile(
            "\\{\"error\":" + STRING + ",\"error_description\":" + STRING + ",\"detail\":" + STRING + "\\}");
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MAX_MESSAGE = 512;
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String AUTHORIZED = "Authorization: Bearer " + Served.PASSWORD + "\r\n";

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "get");
    private static final List<String> HEADERS = List.of(
            "",
            AUTHORIZED + "Host: elsewhere.example\r\n",
            AUTHORIZED + "Origin: https://elsewhere.example\r\n",
            AUTHORIZED + "Origin: null\r\n",
            AUTHORIZED + "Sec-Fetch-Site: cross-site\r\n",
            AUTHORIZED + "Content-Type: text/plain\r\n",
            AUTHORIZED + JSON + "Content-Encoding: gzip\r\n",
            AUTHORIZED + JSON + "Transfer-Encoding: gzip\r\n",
            AUTHORIZED + JSON + "Content-Length: 2\r\nContent-Length: 3\r\n",
            AUTHORIZED + JSON + "Content-Length: 99999999\r\n",
            AUTHORIZED + JSON + "X-Space : a\r\n",
            AUTHORIZED + JSON + "X-Folded: a\r\n b\r\n",
            AUTHORIZED + JSON + "X-Large: " + "a".repeat(17 * 1024) + "\r\n",
            AUTHORIZED + JSON + "X-Request-Id: " + "\u001b".repeat(3) + "\r\n");
    private static final List<String> GUESSES = List.of(
            "Authorization: Bearer\r\n",
            "Authorization: Bearer wrong\r\n",
            "Authorization: Basic eDp5\r\n",
            AUTHORIZED + AUTHORIZED);
    private static final List<String> BODIES = List.of(
            "",
            " ",
            "null",
            "[]",
            "\"x\"",
            "7",
            "{",
            "{}",
            "{}{}",
            "{\"a\":1,\"a\":2}",
            "\u00ef\u00bb\u00bf{\"model\":7}",
            "{\"index\":\"0\"}",
            "{\"index\":-1}",
            "{\"index\":1e999999999}",
            "{\"model\":\"\\ud800\"}",
            "{\"settings\":7}",
            "{\"settings\":{\"NO_SUCH\":\"x\"}}",
            "{\"messages\":[null],\"model\":\"glm-5.2\"}",
            "{\"model\":\"no-such\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
            "{\"a\":" + "[".repeat(5000),
            "{\"a\":\"\u00ff\u00fe\"}");
    private static final List<String> TARGETS =
            List.of("//", ";a=b", "%00", "/../", "%2f", "/x", "%zz", "#a", "?a=%zz");

    private Owned owned;
    private int checked;
    private int envelopes;
    private int oauth;

    @BeforeEach
    void serve() {
        owned = new Owned(Credentials.named("one"));
    }

    @AfterEach
    void stop() {
        owned.close();
    }

    @Test
    @Tag("trust")
    @Tag("P23")
    void whatever_is_refused_is_refused_in_one_form() throws Exception {
        Proof proof = Proof.of(P23, "refused-requests")
                .without(
                        "the steps of a login at /codebuddy/auth/poll, which are told in OAuth's form as its callers expect")
                .without(
                        "what the upstream's failures become, which the fault matrix of the acceptance tests holds to the"
                                + " same form");
        int every = proof.amount(8, 1, 1);
        proof.show(() -> {
            int asked = 0;
            List<String> requests = requests();
            for (int i = 0; i < requests.size(); i += every) {
                ask(requests.get(i));
                asked++;
            }
            assertThat(checked).isGreaterThan(asked / 2);
            return ("%,d bad requests to %d routes: %,d error responses, all with an x-request-id,"
                            + " %,d with the four fields of OpenAI's error, %d in OAuth's form, the others without a body as HEAD asks")
                    .formatted(asked, owned.adapter().routes().byPath().size(), checked, envelopes, oauth);
        });
    }

    private List<String> requests() {
        List<String> requests = new ArrayList<>();
        List<String> guesses = new ArrayList<>();
        for (Map.Entry<String, List<Routes.Route>> route :
                owned.adapter().routes().byPath().entrySet()) {
            String path = route.getKey().replace("{+id}", "no-such").replace("{number}", "9");
            for (String method : METHODS) {
                requests.add(request(method, path, AUTHORIZED + JSON, ""));
            }
            String method =
                    route.getValue().stream().anyMatch(line -> line.method().equals(Method.POST)) ? "POST" : "GET";
            HEADERS.forEach(headers -> requests.add(request(method, path, headers, "")));
            GUESSES.forEach(headers -> guesses.add(request(method, path, headers, "")));
            BODIES.forEach(body -> requests.add(request(method, path, AUTHORIZED + JSON, body)));
            TARGETS.forEach(end -> requests.add(request(method, path + end, AUTHORIZED + JSON, "")));
        }
        // Last, since after a few of them every password is refused for a while.
        requests.addAll(guesses);
        return requests;
    }

    private static String request(String method, String target, String headers, String body) {
        String host = headers.contains("Host:") ? "" : "Host: localhost\r\n";
        String length = headers.contains("Content-Length:") || headers.contains("Transfer-Encoding:")
                ? ""
                : "Content-Length: " + body.length() + "\r\n";
        return method + " " + target + " HTTP/1.1\r\n" + host + headers + length + "Connection: close\r\n\r\n" + body;
    }

    private void ask(String request) {
        String shown = request.substring(0, Math.min(300, request.length()));
        try (RawCaller caller = owned.connect()) {
            caller.send(request.getBytes(ISO_8859_1));
            RawCaller.Response response = caller.readHead();
            if (response.status() >= 400) {
                checked++;
                assertThat(response.header("x-request-id")).as(shown).matches(REQUEST_ID);
                assertThat(response.header("cache-control")).as(shown).isEqualTo("no-store");
                if (!request.startsWith("HEAD ")) {
                    isEnvelope(shown, response, caller.bytes(Integer.parseInt(response.header("content-length"))));
                }
            }
        }
    }

    private void isEnvelope(String shown, RawCaller.Response response, String body) {
        assertThat(response.header("content-type")).as(shown).isEqualTo("application/json; charset=utf-8");
        if (shown.contains(" /codebuddy/auth/poll") && OAUTH.matcher(body).matches()) {
            oauth++;
            return;
        }
        Matcher envelope = ENVELOPE.matcher(body);
        assertThat(envelope.matches()).as(shown + "\n" + body).isTrue();
        assertThat(envelope.group(1).length()).as(shown).isBetween(1, MAX_MESSAGE);
        assertThat(envelope.group(2)).as(shown).isNotBlank();
        assertThat(envelope.group(4)).as(shown).isNotBlank();
        envelopes++;
    }
}
