package io.github.codebuddy2api.acceptance;

import java.util.ArrayList;
import java.util.List;

/**
 * Requests whose end two readers could see in different places. Where one reader sees a body, the other would see a
 * request for {@link #HIDDEN}.
 */
final class Framings {
    /** Asked for only if somebody was deceived; its answer is like no other. */
    static final String HIDDEN = "/api/session";

    private static final String INNER = "GET " + HIDDEN + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String LAST_CHUNK = "0\r\n\r\n";
    private static final String LINE = " HTTP/1.1";

    private Framings() {}

    /**
     * One of them.
     *
     * @param head request line and headers, without the empty line
     * @param body what follows the empty line
     */
    record Framing(String head, String body) {
        String text() {
            return head + "\r\n\r\n" + body;
        }
    }

    static List<Framing> all() {
        List<Framing> all = new ArrayList<>();
        lengths(all);
        codings(all);
        chunks(all);
        heads(all);
        return all;
    }

    private static Framing post(String headers, String body) {
        return new Framing(
                "POST /v1/chat/completions" + LINE + "\r\nHost: localhost\r\nAuthorization: Bearer " + AppHome.PASSWORD
                        + "\r\nContent-Type: application/json\r\n" + headers,
                body);
    }

    private static void lengths(List<Framing> all) {
        for (String length : List.of(
                "+5",
                "-5",
                "5, 5",
                "5,6",
                "5 5",
                "0x5",
                "5.0",
                "5e0",
                "",
                "\u00b2",
                "05;",
                "5\u000b",
                "99999999999999999999",
                "18446744073709551621",
                "4294967301",
                "'5'")) {
            all.add(post("Content-Length: " + length, INNER));
        }
        all.add(post("Content-Length: 0\r\nContent-Length: " + INNER.length(), INNER));
        all.add(post("Content-Length: " + INNER.length() + "\r\nContent-Length: 0", INNER));
        all.add(post("Content-Length: 0\r\ncontent-length: " + INNER.length(), INNER));
        all.add(post("Content-Length : " + INNER.length(), INNER));
        all.add(post(" Content-Length: " + INNER.length(), INNER));
        all.add(post("Content-Length\t: " + INNER.length(), INNER));
        all.add(post("Content-Length:\r\n " + INNER.length(), INNER));
        all.add(post("Content_Length: 9\r\nContent-Length: " + INNER.length(), INNER));
        all.add(post("Content-Length: " + INNER.length(), INNER));
        all.add(post("Content-Length: " + (INNER.length() + 50), INNER));
    }

    private static void codings(List<Framing> all) {
        String both = "Content-Length: " + (LAST_CHUNK.length() + INNER.length()) + "\r\n";
        for (String coding : List.of(
                "Transfer-Encoding: chunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding:\tchunked",
                "Transfer-Encoding: \u000bchunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunkedx",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: identity, chunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: chunked;q=1",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding:\r\n chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
                "transfer-encoding: CHUNKED",
                "Transfer_Encoding: chunked",
                "X: y\nTransfer-Encoding: chunked",
                "X: y\rTransfer-Encoding: chunked",
                "Transfer-Encoding: ,chunked",
                "Transfer-Encoding: chunk\u0000ed")) {
            all.add(post(both + coding, LAST_CHUNK + INNER));
            all.add(post(coding + "\r\nContent-Length: 0", LAST_CHUNK));
        }
    }

    private static void chunks(List<Framing> all) {
        String hex = Integer.toHexString(INNER.length());
        for (String body : List.of(
                "0x" + hex + "\r\n" + INNER + "\r\n" + LAST_CHUNK,
                "+" + hex + "\r\n" + INNER + "\r\n" + LAST_CHUNK,
                "-1\r\n" + INNER,
                " " + hex + "\r\n" + INNER + "\r\n" + LAST_CHUNK,
                hex + " \r\n" + INNER + "\r\n" + LAST_CHUNK,
                hex + "\n" + INNER + "\r\n" + LAST_CHUNK,
                hex + "\r" + INNER + "\r\n" + LAST_CHUNK,
                hex + ";a\r\n" + INNER + "\r\n" + LAST_CHUNK,
                hex + ";a=\"\r\n\"\r\n" + INNER + "\r\n" + LAST_CHUNK,
                hex + ";" + "a".repeat(20_000) + "\r\n" + INNER + "\r\n" + LAST_CHUNK,
                hex + "\r\n" + INNER + LAST_CHUNK,
                hex + "\r\n" + INNER + "xx" + LAST_CHUNK,
                "1" + "0".repeat(15) + hex + "\r\n" + INNER + "\r\n" + LAST_CHUNK,
                "f".repeat(17) + "\r\n" + INNER,
                "\r\n" + hex + "\r\n" + INNER + "\r\n" + LAST_CHUNK,
                "zz\r\n" + INNER,
                "5\r\n{\"a\":\r\n0\r\nX: y\r\nContent-Length: 5\r\n\r\n",
                "5\r\n{\"a\":\r\n0\r\n X\r\n\r\n",
                hex + "\r\n" + INNER + "\r\n",
                "5")) {
            all.add(post("Transfer-Encoding: chunked", body));
        }
    }

    private static void heads(List<Framing> all) {
        String host = "\r\nHost: localhost";
        String body = "\r\nContent-Length: " + INNER.length();
        for (String head : List.of(
                "GET /health" + LINE + host + body,
                "GET /health HTTP/1.0" + host + body,
                "GET /health HTTP/1.1 " + host + body,
                "GET  /health" + LINE + host + body,
                "GET /health HTTP/1.1 HTTP/1.1" + host + body,
                "GET /health HTTP/01.1" + host + body,
                "GET /health http/1.1" + host + body,
                "GET /health HTTP/1.1\n" + "Host: localhost" + body,
                "GET /health\t HTTP/1.1" + host + body,
                "\r\n\r\nGET /health" + LINE + host + body,
                "GET http://elsewhere.example/health" + LINE + host + body,
                "GET /health" + LINE + host + host + body,
                "GET /health" + LINE + "\r\n Host: localhost" + body,
                "GET /health" + LINE + host + "\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nConnection: Upgrade"
                        + body,
                "GET /health" + LINE + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade" + body,
                "GET /health" + LINE + host + "\r\nConnection: Content-Length" + body,
                "GET /health" + LINE + host + "\r\nExpect: 100-continue" + body,
                "GET /health" + LINE + host + "\r\nExpect: nonsense" + body,
                "HEAD /health" + LINE + host + body,
                "TRACE /health" + LINE + host + body,
                "OPTIONS *" + LINE + host + body,
                "PRI * HTTP/2.0")) {
            all.add(new Framing(head, INNER));
        }
    }
}
