package io.github.codebuddy2api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.spi.Time;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the admin page. */
class PageTest {
    private static final String HTML = "<!doctype html><title>t</title>";
    private static final String SCRIPT = "/assets/index-Ab_1-c.js";

    private Owned owned;

    private static PageFile file(String mediaType, String content) {
        byte[] bytes = content.getBytes(UTF_8);
        return new PageFile(mediaType, bytes, ("gz " + content).getBytes(UTF_8), ("br " + content).getBytes(UTF_8));
    }

    private static PageFile plain(String mediaType, String content) {
        return new PageFile(mediaType, content.getBytes(UTF_8), null, null);
    }

    private static Map<String, PageFile> files() {
        return Map.of(
                "/index.html",
                file("text/html; charset=utf-8", HTML),
                "/theme.js",
                plain("text/javascript; charset=utf-8", "theme"),
                "/favicon.svg",
                plain("image/svg+xml", "<svg/>"),
                SCRIPT,
                file("text/javascript; charset=utf-8", "script"));
    }

    @BeforeEach
    void serve() {
        owned = new Owned(Time.system(), files());
    }

    @AfterEach
    void stop() {
        owned.close();
    }

    private RawCaller.Response get(String path, String... headers) {
        return owned.stranger("GET", path, String.join("", headers), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/admin", "/admin/", "/?x=y"})
    void the_page_is_served_under(String path) {
        RawCaller.Response response = get(path);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(HTML);
        assertThat(response.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(response.header("cache-control")).isEqualTo("no-store");
        assertThat(response.header("vary")).isEqualTo("Accept-Encoding");
        assertThat(response.header("content-security-policy"))
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                        + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self';"
                        + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types vue");
    }

    @ParameterizedTest
    @CsvSource({
        "/theme.js, text/javascript; charset=utf-8, no-cache, theme",
        "/favicon.svg, image/svg+xml, no-cache, <svg/>",
        SCRIPT + ", text/javascript; charset=utf-8, 'public, max-age=31536000, immutable', script"
    })
    void its_files_are_served_under_their_own_paths(String path, String mediaType, String caching, String content) {
        RawCaller.Response response = get(path);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("content-type")).isEqualTo(mediaType);
        assertThat(response.header("cache-control")).isEqualTo(caching);
        assertThat(response.header("content-security-policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
        assertThat(response.body()).isEqualTo(content);
        RawCaller.Response head = owned.stranger("HEAD", path, "", "");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-length")).isEqualTo("" + content.length());
        assertThat(head.header("etag")).isEqualTo(response.header("etag"));
    }

    @ParameterizedTest
    @CsvSource({
        "'gzip, deflate, br', br",
        "'br;q=0.1, gzip', br",
        "'gzip', gzip",
        "'br;q=0, gzip;q=0.5', gzip",
        "'br;q=0, gzip;q=0', ''",
        "'identity', ''",
        "'*', br"
    })
    void a_file_is_sent_in_the_smallest_form_that_is_taken(String accepted, String coding) {
        RawCaller.Response response = get("/", "Accept-Encoding: " + accepted + "\r\n");

        assertThat(response.header("content-encoding")).isEqualTo(coding);
        String expected = switch (coding) {
            case "br" -> "br " + HTML;
            case "gzip" -> "gz " + HTML;
            default -> HTML;
        };
        assertThat(response.body()).isEqualTo(expected);
        assertThat(response.header("content-length")).isEqualTo("" + expected.length());
        assertThat(response.header("vary")).isEqualTo("Accept-Encoding");
        assertThat(get("/theme.js", "Accept-Encoding: " + accepted + "\r\n").headers())
                .doesNotContainKey("content-encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Accept-Encoding: gzip\r\n", "Accept-Encoding: br\r\n"})
    void who_has_a_file_is_not_sent_it_again(String accepted) {
        String tag = get("/", accepted).header("etag");

        assertThat(tag).matches("\"[A-Za-z0-9_-]{22}\"");
        for (String known : new String[] {tag, "W/" + tag, "\"other\" , " + tag, "*"}) {
            RawCaller.Response response = get("/", accepted, "If-None-Match: " + known + "\r\n");
            assertThat(response.status()).isEqualTo(304);
            assertThat(response.body()).isEmpty();
            assertThat(response.header("etag")).isEqualTo(tag);
            assertThat(response.header("cache-control")).isEqualTo("no-store");
            assertThat(response.header("vary")).isEqualTo("Accept-Encoding");
            // A browser takes the policy of the 304 for the page it has.
            assertThat(response.header("content-security-policy")).contains("script-src 'self'");
            assertThat(response.headers()).doesNotContainKeys("content-encoding", "transfer-encoding");
        }
        for (String other : new String[] {"\"other\"", tag.replace("\"", ""), "", ",", "W/", "\"" + tag + "\""}) {
            assertThat(get("/", accepted, "If-None-Match: " + other + "\r\n").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_304_leaves_the_connection_in_order() {
        String tag = get("/").header("etag");
        try (RawCaller caller = owned.connect()) {
            for (int i = 0; i < 3; i++) {
                caller.send("GET / HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " + tag + "\r\n\r\n");
                assertThat(caller.headOnly().status()).isEqualTo(304);
                assertThat(caller.ask("GET", "/api/status").response().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void each_form_and_each_content_has_its_own_tag() {
        String tag = get("/").header("etag");

        assertThat(get("/", "Accept-Encoding: br\r\n").header("etag"))
                .isNotEqualTo(tag)
                .isNotEqualTo(get("/", "Accept-Encoding: gzip\r\n").header("etag"));
        assertThat(get("/", "Accept-Encoding: br\r\n", "If-None-Match: " + tag + "\r\n")
                        .status())
                .isEqualTo(200);
        Map<String, PageFile> others = new HashMap<>(files());
        others.put("/index.html", file("text/html", HTML + "."));
        try (Owned other = new Owned(Time.system(), others)) {
            assertThat(other.stranger("GET", "/", "", "").header("etag")).isNotEqualTo(tag);
        }
    }

    @Test
    void a_part_is_not_sent() {
        RawCaller.Response response = get("/", "Range: bytes=0-3\r\n");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(HTML);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/index.html",
                "/assets",
                "/assets/",
                "/assets/none.js",
                "/assets/../theme.js",
                "/assets/%2e%2e/theme.js",
                "/assets%2findex-Ab_1-c.js",
                "//theme.js",
                "/THEME.js",
                "/theme.js%00",
                "/theme.js/x",
                "/etc/passwd"
            })
    void nothing_else_is_served(String path) {
        RawCaller.Response response = get(path);

        assertThat(response.status()).isIn(404, 400);
        assertThat(response.body()).contains("\"error\"");
        assertThat(response.header("content-security-policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
    }

    @Test
    void a_file_is_only_read() {
        RawCaller.Response response = owned.stranger("POST", SCRIPT, "", "{}");

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void without_a_page_somebody_is_here_all_the_same() {
        try (Owned bare = new Owned()) {
            for (String path : new String[] {"/", "/admin"}) {
                assertThat(bare.stranger("HEAD", path, "", "").status()).isEqualTo(200);
                assertThat(bare.stranger("GET", path, "", "").status()).isEqualTo(404);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health",
                "/v1/models",
                "/admin",
                "/",
                "",
                "theme.js",
                "/a//b",
                "/../a",
                "/a/",
                "/.env",
                "/{+all}",
                "/a*",
                "/a b"
            })
    void no_file_takes_the_place_of_anything_else(String path) {
        Map<String, PageFile> files = new HashMap<>(files());
        files.put(path, plain("text/plain", "x"));

        assertThatThrownBy(() -> new Owned(Time.system(), files).close()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void files_without_the_page_itself_are_none() {
        HttpParts parts = HttpParts.of(() -> HttpOptions.of("127.0.0.1", 0), ServerPassword.NotConfigured::new);
        Map<String, PageFile> files = Map.of("/theme.js", plain("text/javascript", "x"));

        assertThatThrownBy(() -> parts.with(files)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plain(" ", "x")).isInstanceOf(IllegalArgumentException.class);
    }
}
