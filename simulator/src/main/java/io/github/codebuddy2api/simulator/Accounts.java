package io.github.codebuddy2api.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The accounts of a logged-in person, and changing between them. Thread-safe. */
final class Accounts {
    private static final String ENTER = "/v2/plugin/login/enterprise";

    private final Parts parts;

    Accounts(Parts parts) {
        this.parts = parts;
    }

    /** The list; not ready at the first call after a login. */
    Scenario list(Request request) {
        String token = request.accessToken();
        if (parts.tokens().accountsNotReady(token)) {
            return Scenario.json(503, "{\"code\":503,\"msg\":\"accounts not ready\",\"requestId\":\"5151bad2\"}");
        }
        Account owner = parts.tokens().owner(token);
        List<Json> accounts = new ArrayList<>();
        accounts.add(owner.in("").json(true, owner.enterpriseId().isEmpty()));
        if (!owner.enterpriseId().isEmpty()) {
            accounts.add(owner.json(true, true));
        }
        accounts.add(owner.in("ent-closed").json(false, false));
        return Tokens.envelope(Json.object("accounts", accounts));
    }

    /** New tokens for the enterprise in the path, or for the person alone if there is none. */
    Scenario enter(Request request) {
        if (!request.method().equals("POST")
                || request.header("X-Refresh-Token").isEmpty()) {
            return Scenario.json(400, "{\"code\":400,\"msg\":\"refresh token missing\",\"requestId\":\"5151bad3\"}");
        }
        String path = request.path();
        String id = path.length() <= ENTER.length() + 1
                ? ""
                : URLDecoder.decode(path.substring(ENTER.length() + 1), StandardCharsets.UTF_8);
        if (id.equals(Account.BLOCKED_ENTERPRISE)) {
            return Login.code(10081, "ip not allowed");
        }
        return Tokens.envelope(
                parts.tokens().issue(parts.tokens().owner(request.accessToken()).in(id), false));
    }
}
