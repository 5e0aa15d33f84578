package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.testkit.fixture.Credentials;
import io.helidon.http.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
                RawCaller.Response response = owned.stranger(line.method().text(), line.url(), auth, "");
                assertThat(response.header("cache-control")).as(line.name()).isEqualTo("no-store");
            }
        }
    }

    @Test
    void a_session_opens_every_guarded_route_and_changes_something_only_from_the_page() {
        Browser browser = new Browser(owned).loggedIn();
        for (Line line : lines().stream().filter(Line::isProtected).toList()) {
            boolean changes = line.method().equals(Method.POST);
            RawCaller.Response without =
                    owned.stranger(line.method().text(), line.url(), browser.cookieHeader(), changes ? "{" : "");
            RawCaller.Response with = owned.stranger(
                    line.method().text(),
                    line.url(),
                    browser.cookieHeader() + Browser.FROM_THE_PAGE,
                    changes ? "{" : "");

            assertThat(with.status()).as(line.name()).isNotIn(401, 403);
            if (changes) {
                assertThat(without.status()).as(line.name()).isEqualTo(403);
                assertThat(without.body()).as(line.name()).contains("\"code\":\"csrf_check_failed\"");
                assertEnvelope(line, without);
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

    private static void assertEnvelope(Line line, RawCaller.Response response) {
        if (!line.method().equals(Method.HEAD)) {
            assertThat(response.body())
                    .as(line.name())
                    .matches("\\{\"error\":\\{\"message\":\".*\",\"type\":\".*\",\"param\":.*,\"code\":\".*\"},"
                            + "\"detail\":\".*\"}");
        }
    }
}
