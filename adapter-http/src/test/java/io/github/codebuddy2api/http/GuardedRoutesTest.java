package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import io.helidon.http.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds for every line of the table of routes. */
class GuardedRoutesTest {
    /** All that anybody may ask for; a line that is added to the table is guarded or stands here. */
    private static final Set<String> OPEN = Set.of(
            "GET /health",
            "HEAD /health",
            "GET /",
            "HEAD /",
            "GET /admin",
            "HEAD /admin",
            "GET /api/session",
            "HEAD /api/session",
            "POST /api/session",
            "DELETE /api/session",
            "GET /codebuddy/auth/start",
            "GET /codebuddy/auth/poll",
            "POST /codebuddy/auth/poll",
            "GET /codebuddy/auth/callback",
            "HEAD /codebuddy/auth/callback");

    private Owned owned;

    @BeforeEach
    void serve() {
        owned = new Owned(Credentials.named("one"));
    }

    @AfterEach
    void stop() {
        owned.close();
    }

    private record Line(Method method, String path, boolean isProtected) {
        String name() {
            return method.text() + " " + path;
        }

        String url() {
            return path.replace("{+id}", "glm-5.2").replace("{number}", "1");
        }

        boolean changes() {
            return method.equals(Method.POST) || method.equals(Method.DELETE) || path.endsWith("/start");
        }
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Map.Entry<String, List<Routes.Route>> path :
                owned.adapter().routes().byPath().entrySet()) {
            for (Routes.Route route : path.getValue()) {
                lines.add(new Line(route.method(), path.getKey(), route.isProtected()));
            }
        }
        return lines;
    }

    @Test
    void only_what_everybody_may_ask_for_is_open() {
        assertThat(lines().stream().filter(line -> !line.isProtected()).map(Line::name))
                .containsExactlyInAnyOrderElementsOf(OPEN);
        assertThat(lines()).hasSizeGreaterThan(40);
        assertThat(lines().stream().map(Line::name)).contains("GET /api/requests", "GET /api/events");
    }

    @Test
    void a_guarded_route_refuses_who_has_no_password_whatever_he_sends() {
        for (Line line : lines().stream().filter(Line::isProtected).toList()) {
            for (String headers : List.of("", "Authorization: Bearer wrong\r\n", "Authorization: Basic eDp5\r\n")) {
                for (String body :
                        line.method().equals(Method.POST) ? List.of("", "{", "{\"index\":0}") : List.of("")) {
                    RawCaller.Response response = owned.stranger(line.method().text(), line.url(), headers, body);
                    assertThat(response.status()).as(line.name()).isEqualTo(401);
                    assertThat(response.header("www-authenticate"))
                            .as(line.name())
                            .isEqualTo("Bearer");
                    assertEnvelope(line, response);
                }
            }
        }
        assertThat(owned.store.all()).hasSize(1);
    }

    @Test
    void a_guarded_route_is_locked_without_a_password() {
        owned.password = new ServerPassword.NotConfigured();
        for (Line line : lines().stream().filter(Line::isProtected).toList()) {
            RawCaller.Response response =
                    owned.stranger(line.method().text(), line.url(), "Authorization: Bearer x\r\n", "");
            assertThat(response.status()).as(line.name()).isEqualTo(500);
            assertEnvelope(line, response);
        }
    }

    @Test
    void what_changes_something_refuses_other_sites() {
        for (Line line : lines()) {
            if (line.method().equals(Method.POST) || line.path().endsWith("/start")) {
                RawCaller.Response response =
                        owned.stranger(line.method().text(), line.url(), "Origin: https://elsewhere.example\r\n", "");
                assertThat(response.status()).as(line.name()).isEqualTo(403);
                assertEnvelope(line, response);
            }
        }
    }

    @Test
    void an_answer_about_the_owners_things_is_kept_by_nobody() {
        for (Line line : lines()) {
            if (line.isProtected()) {
                String auth = "Authorization: Bearer " + Served.PASSWORD + "\r\n";
                assertThat(owned.head(line.method().text(), line.url(), auth, "")
                                .header("cache-control"))
                        .as(line.name())
                        .isIn("no-store", "no-cache, no-store", "no-cache");
            }
        }
    }

    @Test
    void a_session_opens_every_guarded_route_and_changes_something_only_from_the_page() {
        Browser browser = new Browser(owned).loggedIn();
        for (Line line : lines().stream().filter(Line::isProtected).toList()) {
            boolean changes = line.method().equals(Method.POST);
            RawCaller.Response without =
                    owned.head(line.method().text(), line.url(), browser.cookieHeader(), changes ? "{" : "");
            RawCaller.Response with = owned.head(
                    line.method().text(),
                    line.url(),
                    browser.cookieHeader() + Browser.FROM_THE_PAGE,
                    changes ? "{" : "");

            assertThat(with.status()).as(line.name()).isNotIn(401, 403);
            if (changes) {
                assertThat(without.status()).as(line.name()).isEqualTo(403);
                RawCaller.Response whole =
                        owned.stranger(line.method().text(), line.url(), browser.cookieHeader(), "{");
                assertThat(whole.body()).as(line.name()).contains("\"code\":\"csrf_check_failed\"");
                assertEnvelope(line, whole);
            } else {
                assertThat(without.status()).as(line.name()).isEqualTo(with.status());
            }
        }
    }

    @Test
    void a_guarded_route_refuses_a_session_that_is_not_known() {
        for (Line line : lines().stream().filter(Line::isProtected).toList()) {
            RawCaller.Response response = owned.stranger(
                    line.method().text(),
                    line.url(),
                    "Cookie: codebuddy2api_session=cb2s_" + "x".repeat(43) + "\r\n" + Browser.FROM_THE_PAGE,
                    "");

            assertThat(response.status()).as(line.name()).isEqualTo(401);
            assertEnvelope(line, response);
        }
    }

    @Test
    void what_has_a_body_takes_json_only() {
        List<String> without = List.of("/auto", "/toggle-rotation");
        for (Line line : lines()) {
            if (line.method().equals(Method.POST) && without.stream().noneMatch(line.path()::endsWith)) {
                String headers = "Authorization: Bearer " + Served.PASSWORD
                        + "\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n";
                try (RawCaller caller = owned.connect()) {
                    caller.send("POST " + line.url() + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n{}");
                    RawCaller.Response response = caller.response();
                    assertThat(response.status()).as(line.name()).isEqualTo(415);
                    assertEnvelope(line, response);
                }
            }
        }
    }

    @Test
    @Tag("trust")
    @Tag("P17")
    void without_a_usable_password_no_guarded_route_opens_whatever_is_presented() throws Exception {
        Proof proof = Proof.of(Promise.P17, "locked-routes");
        List<UnusablePassword> passwords = List.of(UnusablePassword.values())
                .subList(0, proof.amount(2, UnusablePassword.values().length, UnusablePassword.values().length));
        proof.show(() -> {
            Browser browser = new Browser(owned).loggedIn();
            List<Line> guarded = lines().stream().filter(Line::isProtected).toList();
            int asked = 0;
            int open = 0;
            for (UnusablePassword unusable : passwords) {
                owned.password = unusable.judged();
                for (Line line : guarded) {
                    for (String headers : unusable.attempts(browser.cookieHeader())) {
                        String body = line.method().equals(Method.POST) ? "{}" : "";
                        RawCaller.Response response = owned.head(line.method().text(), line.url(), headers, body);
                        asked++;
                        open += response.status() == 500 || response.status() == 401 ? 0 : 1;
                    }
                }
            }
            assertThat(open).isZero();
            assertThat(owned.upstream.calls()).isEmpty();
            return passwords.size() + " unusable passwords × " + guarded.size() + " guarded routes, " + asked
                    + " requests with whatever might open them: " + open + " let in";
        });
    }

    @Test
    @Tag("trust")
    @Tag("P18")
    void no_route_of_the_owner_hears_another_site() throws Exception {
        Proof.of(Promise.P18, "foreign-requests").show(() -> {
            Browser browser = new Browser(owned).loggedIn();
            int asked = 0;
            List<String> heard = new ArrayList<>();
            for (Line line : lines()) {
                for (ForeignRequest foreign : ForeignRequest.values()) {
                    if (!line.isProtected() && !line.changes() && !foreign.isByName()) {
                        continue;
                    }
                    String headers = foreign.headers(owned.adapter().port())
                            + (line.isProtected() ? browser.cookieHeader() + Browser.FROM_THE_PAGE : "");
                    int status = owned.under(
                                    foreign.host(owned.adapter().port()),
                                    line.method().text(),
                                    line.url(),
                                    headers)
                            .status();
                    asked++;
                    if (status != (foreign.isByName() ? 421 : 403)) {
                        heard.add(status + " " + line.name() + " " + foreign);
                    }
                }
            }
            assertThat(heard).isEmpty();
            return lines().size() + " routes × " + ForeignRequest.values().length
                    + " ways to say that another site asks, " + asked + " requests with the owner's cookie: "
                    + heard.size() + " reached a handler";
        });
    }

    private static void assertEnvelope(Line line, RawCaller.Response response) {
        if (!line.method().equals(Method.HEAD)) {
            assertThat(response.body())
                    .as(line.name())
                    .matches("\\{\"error\":\\{\"message\":\".*\",\"type\":\".*\",\"param\":.*,\"code\":\".*\"},"
                            + "\"detail\":\".*\"}");
        }
    }
}
