package io.github.codebuddy2api.simulator;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Logins in progress: a state is issued, somebody decides at the page or time does, tokens are given once. Thread-safe. */
final class Login {
    private static final int STATES_KEPT = 10_000;
    private static final String DEFAULT_NAME = "Li";

    /** How far one login has come. */
    private static final class Attempt {
        private int polls;
        private @Nullable LoginOutcome outcome;
        private String name = DEFAULT_NAME;
        private boolean spent;
        private boolean accountAsked;

        private Account account() {
            Account person = Account.personal(name);
            return outcome == LoginOutcome.ENTERPRISE ? person.in(Account.ENTERPRISE) : person;
        }
    }

    private final Parts parts;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private final Map<String, Attempt> attempts = new LinkedHashMap<>();

    Login(Parts parts) {
        this.parts = parts;
    }

    Scenario start(Request request) {
        byte[] bytes = new byte[10];
        random.nextBytes(bytes);
        String state = HexFormat.of().formatHex(bytes);
        lock.lock();
        try {
            attempts.put(state, new Attempt());
            if (attempts.size() > STATES_KEPT) {
                attempts.remove(attempts.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
        String host = request.header("Host").orElse("localhost");
        String platform = request.parameter("platform").orElse("CLI").replaceAll("[^A-Za-z0-9]", "");
        return Tokens.envelope(Json.object(
                "state", state, "authUrl", "http://" + host + "/login?platform=" + platform + "&state=" + state));
    }

    Scenario poll(Request request) {
        lock.lock();
        try {
            Attempt attempt = attempts.get(request.parameter("state").orElse(""));
            if (attempt == null || attempt.spent) {
                return code(11218, "state not found");
            }
            boolean waits = parts.options().pendingPolls() == Options.BY_HAND
                    || attempt.polls < parts.options().pendingPolls();
            attempt.polls++;
            if (attempt.outcome == null) {
                if (waits) {
                    return code(11217, "login ing...");
                }
                attempt.outcome = LoginOutcome.PERSONAL;
            }
            attempt.spent = true;
            return attempt.outcome.code() == 0
                    ? Tokens.envelope(parts.tokens().issue(attempt.account(), true))
                    : code(attempt.outcome.code(), "login refused");
        } finally {
            lock.unlock();
        }
    }

    /** The account of a finished login; being prepared at the first call. */
    Scenario account(Request request) {
        lock.lock();
        try {
            Attempt attempt = attempts.get(request.parameter("state").orElse(""));
            if (attempt == null || !attempt.spent) {
                return code(11218, "state not found");
            }
            if (!attempt.accountAsked) {
                attempt.accountAsked = true;
                return code(12151, "account is being prepared");
            }
            return Tokens.envelope(attempt.account().json(true, true));
        } finally {
            lock.unlock();
        }
    }

    /** Decides a login. False if there is no such login, or it is over. */
    boolean decide(String state, LoginOutcome outcome, String name) {
        lock.lock();
        try {
            Attempt attempt = attempts.get(state);
            if (attempt == null || attempt.spent) {
                return false;
            }
            attempt.outcome = outcome;
            attempt.name = name.isBlank() ? DEFAULT_NAME : name.strip();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The page on which a person, or a test in a browser, decides. */
    Scenario page(Request request) {
        String state = request.parameter("state").orElse("").replaceAll("[^0-9a-f]", "");
        StringBuilder buttons = new StringBuilder();
        for (LoginOutcome outcome : LoginOutcome.values()) {
            buttons.append("<p><button name=\"outcome\" value=\"")
                    .append(outcome.name())
                    .append("\">")
                    .append(outcome.label())
                    .append("</button></p>\n");
        }
        return html(
                200,
                "<form method=\"post\" action=\"/login\">\n<input type=\"hidden\" name=\"state\" value=\"" + state
                        + "\">\n<p><label>Name <input name=\"name\" value=\"" + DEFAULT_NAME
                        + "\"></label></p>\n" + buttons + "</form>");
    }

    Scenario decide(Request request) {
        Optional<LoginOutcome> outcome = Stream.of(LoginOutcome.values())
                .filter(o -> o.name().equals(request.formField("outcome").orElse("")))
                .findFirst();
        boolean decided = outcome.isPresent()
                && decide(
                        request.formField("state").orElse(""),
                        outcome.get(),
                        request.formField("name").orElse(""));
        return decided
                ? html(200, "<p>Done. You can close this page.</p>")
                : html(400, "<p>There is no such login, or it is over.</p>");
    }

    static Scenario code(int code, String words) {
        return Scenario.json(
                200,
                Json.object("code", code, "msg", words, "requestId", "5151c0de", "data", null)
                        .write());
    }

    private static Scenario html(int status, String body) {
        String page = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<title>Simulated CodeBuddy login</title></head>\n<body><h1>Simulated CodeBuddy login</h1>\n" + body
                + "\n</body></html>\n";
        return Heads.fixed(status, "text/html; charset=utf-8", Bytes.utf8(page), List.of());
    }
}
