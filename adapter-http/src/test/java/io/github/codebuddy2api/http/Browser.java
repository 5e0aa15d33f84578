package io.github.codebuddy2api.http;

/** A browser that shows the admin page: it keeps the cookie, and the page says of its requests that they are its own. */
final class Browser {
    static final String FROM_THE_PAGE = "X-Requested-By: admin-page\r\n";

    private final Owned owned;
    private String cookie = "";

    Browser(Owned owned) {
        this.owned = owned;
    }

    /** Asks for a session. */
    RawCaller.Response login(String password, String... headers) {
        RawCaller.Response response = owned.stranger(
                "POST",
                "/api/session",
                cookieHeader() + String.join("", headers),
                "{\"password\":\"" + password + "\"}");
        String given = response.header("set-cookie");
        if (!given.isEmpty()) {
            cookie = given.substring(0, given.indexOf(';'));
        }
        return response;
    }

    Browser loggedIn() {
        return loggedIn(Served.PASSWORD);
    }

    Browser loggedIn(String password) {
        RawCaller.Response response = login(password);
        if (response.status() != 200 || cookie.isEmpty()) {
            throw new AssertionError("no session but " + response);
        }
        return this;
    }

    /** Name and value; empty if there is none. */
    String cookie() {
        return cookie;
    }

    String cookieHeader() {
        return cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n";
    }

    /** As the page asks. */
    RawCaller.Response send(String method, String path, String headers, String body) {
        return owned.stranger(method, path, cookieHeader() + FROM_THE_PAGE + headers, body);
    }

    RawCaller.Response get(String path) {
        return send("GET", path, "", "");
    }

    RawCaller.Response post(String path, String json) {
        return send("POST", path, "", json);
    }
}
