package io.github.codebuddy2api.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tokens issued here, and who may pass. Thread-safe. */
final class Tokens {
    private static final int LIMIT = 100_000;
    private static final Duration REFRESH_LIFETIME = Duration.ofDays(395);

    /** Words in a token that refuse it everywhere; all other words concern the chat alone. */
    private static final Pattern REFUSED = Pattern.compile("sim-(?:refused|forbidden|(?:html-)?40[13])(?![a-z0-9-])");

    /** One pair of tokens. */
    private record Issued(Account account, Instant expiresAt, boolean fromLogin) {}

    private final Clock clock;
    private final Options options;
    private final Refusals refusals;
    private final Triggers triggers;

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private final Map<String, Issued> byAccess = new HashMap<>();
    private final Map<String, Account> byRefresh = new HashMap<>();
    private final Set<String> usedRefresh = new HashSet<>();
    private final Set<String> revoked = new HashSet<>();
    private final Set<String> accountsAsked = new HashSet<>();
    private long serial;

    Tokens(Clock clock, Options options, Refusals refusals, Triggers triggers) {
        this.clock = clock;
        this.options = options;
        this.refusals = refusals;
        this.triggers = triggers;
    }

    /** The refusal of a request that carries no good access token. */
    Optional<Scenario> check(Request request) {
        String token = request.accessToken();
        if (token.isEmpty() || !isGood(token)) {
            return Optional.of(RefusalTriggers.edgePage(401));
        }
        return REFUSED.matcher(token).find() ? triggers.forToken(token) : Optional.empty();
    }

    /** Refuses an access token from now on, wherever it came from. */
    void revoke(String accessToken) {
        lock.lock();
        try {
            room();
            revoked.add(accessToken);
        } finally {
            lock.unlock();
        }
    }

    /** Who a token belongs to; tokens from elsewhere belong to a person made up from them. */
    Account owner(String accessToken) {
        lock.lock();
        try {
            Issued issued = byAccess.get(accessToken);
            return issued != null ? issued.account() : Account.personal("Guest " + hex(accessToken));
        } finally {
            lock.unlock();
        }
    }

    /** Whether this is the first time the accounts of a token fresh from a login are asked for. */
    boolean accountsNotReady(String accessToken) {
        lock.lock();
        try {
            Issued issued = byAccess.get(accessToken);
            return issued != null && issued.fromLogin() && accountsAsked.add(accessToken);
        } finally {
            lock.unlock();
        }
    }

    /** A new pair of tokens in the form of the protocol. */
    Json issue(Account account, boolean fromLogin) {
        lock.lock();
        try {
            room();
            long number = ++serial;
            Instant now = clock.instant();
            Instant expiry = now.plus(options.tokenLifetime());
            String access = jwt("simulated-access-" + number, account, now, expiry);
            String refresh = jwt("simulated-refresh-" + number, account, now, now.plus(REFRESH_LIFETIME));
            byAccess.put(access, new Issued(account, expiry, fromLogin));
            byRefresh.put(refresh, account);
            return Json.object(
                    "accessToken", access,
                    "refreshToken", refresh,
                    "tokenType", "Bearer",
                    "expiresIn", options.tokenLifetime().toSeconds(),
                    "expiresAt", expiry.toEpochMilli(),
                    "refreshExpiresIn", REFRESH_LIFETIME.toSeconds(),
                    "refreshExpiresAt", now.plus(REFRESH_LIFETIME).toEpochMilli(),
                    "sessionState", "51510000-0000-4000-8000-" + String.format("%012d", number),
                    "scope", "openid profile offline_access email",
                    "domain", options.site().domain(),
                    "enterpriseId", account.enterpriseId());
        } finally {
            lock.unlock();
        }
    }

    /** The refresh call: each refresh token is good once. */
    Scenario refresh(Request request) {
        String token = request.header("X-Refresh-Token").orElse("");
        if (token.isEmpty()) {
            return RefusalTriggers.edgePage(401);
        }
        Optional<Scenario> provoked = triggers.forToken(token);
        if (provoked.isPresent()) {
            return provoked.get();
        }
        Account account = spend(token, request.accessToken());
        return account == null ? refusals.answer("12153") : envelope(issue(account, false));
    }

    static Scenario envelope(Json data) {
        return Scenario.json(
                200,
                Json.object("code", 0, "msg", "OK", "requestId", "5151a11f", "data", data)
                        .write());
    }

    private @Nullable Account spend(String refreshToken, String accessToken) {
        lock.lock();
        try {
            room();
            Account account = byRefresh.remove(refreshToken);
            boolean fresh = usedRefresh.add(refreshToken);
            if (account == null && fresh && !options.strictTokens()) {
                return Account.personal("Guest " + hex(accessToken.isEmpty() ? refreshToken : accessToken));
            }
            return account;
        } finally {
            lock.unlock();
        }
    }

    private boolean isGood(String token) {
        lock.lock();
        try {
            Issued issued = byAccess.get(token);
            boolean alive =
                    issued == null ? !options.strictTokens() : clock.instant().isBefore(issued.expiresAt());
            return alive && !revoked.contains(token);
        } finally {
            lock.unlock();
        }
    }

    /** Called with the lock held. A test that issues so many tokens has a fault of its own. */
    private void room() {
        if (byAccess.size() + usedRefresh.size() + revoked.size() >= LIMIT) {
            throw new IllegalStateException("too many tokens");
        }
    }

    private String jwt(String id, Account account, Instant issued, Instant expires) {
        String claims = Json.object(
                        "jti", id,
                        "sub", account.uid(),
                        "iss", "https://" + options.site().domain() + "/auth/realms/copilot",
                        "iat", issued.getEpochSecond(),
                        "exp", expires.getEpochSecond(),
                        "nickname", account.nickname(),
                        "preferred_username", account.nickname())
                .write();
        return base64("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + base64(claims) + ".simulated";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(String text) {
        return Integer.toHexString(text.hashCode());
    }
}
