package io.github.codebuddy2api.http;

/** A request that a page of another site makes a browser send; {@code %d} is the port. */
enum ForeignRequest {
    REBOUND_NAME("rebound.example", ""),
    REBOUND_NAME_WITH_PORT("rebound.example:%d", ""),
    REBOUND_NAME_OF_ITS_OWN_PAGE(
            "rebound.example:%d", "Origin: http://rebound.example:%d\r\nSec-Fetch-Site: same-origin\r\n"),
    NAME_THAT_BEGINS_LIKE_OURS("localhost.evil.example:%d", ""),
    NAME_THAT_ENDS_LIKE_OURS("evil.localhost:%d", ""),
    OUR_NAME_WITH_A_DOT("localhost.:%d", ""),
    OTHER_ADDRESS_OF_THIS_MACHINE("127.0.0.2:%d", ""),
    ADDRESS_THAT_MEANS_THIS_MACHINE("0.0.0.0:%d", ""),
    ADDRESS_AS_A_NUMBER("2130706433:%d", ""),
    OTHER_SITE("localhost:%d", "Origin: https://evil.example\r\nSec-Fetch-Site: cross-site\r\n"),
    OTHER_SITE_OF_AN_OLD_BROWSER("localhost:%d", "Origin: https://evil.example\r\n"),
    OTHER_SITE_WITHOUT_ORIGIN("localhost:%d", "Sec-Fetch-Site: cross-site\r\n"),
    OTHER_PORT("localhost:%d", "Origin: http://localhost:1\r\nSec-Fetch-Site: same-site\r\n"),
    OTHER_PORT_WITHOUT_ORIGIN("localhost:%d", "Sec-Fetch-Site: same-site\r\n"),
    OTHER_NAME_OF_THIS_MACHINE("localhost:%d", "Origin: http://127.0.0.1:%d\r\nSec-Fetch-Site: cross-site\r\n"),
    FRAME_WITHOUT_ORIGIN("localhost:%d", "Origin: null\r\nSec-Fetch-Site: cross-site\r\n"),
    FILE_ON_DISK("localhost:%d", "Origin: null\r\n"),
    EXTENSION("localhost:%d", "Origin: chrome-extension://abcdefghijklmnop\r\n"),
    ORIGIN_THAT_BEGINS_LIKE_OURS("localhost:%d", "Origin: http://localhost:%d.evil.example\r\n");

    private final String host;
    private final String headers;

    ForeignRequest(String host, String headers) {
        this.host = host;
        this.headers = headers;
    }

    /** Whether it is its name that is foreign. */
    boolean isByName() {
        return !host.equals(OTHER_SITE.host);
    }

    String host(int port) {
        return host.formatted(port);
    }

    String headers(int port) {
        return headers.replace("%d", Integer.toString(port));
    }
}
