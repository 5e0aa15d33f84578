package io.github.codebuddy2api.http.admin;

import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.login.LoginProgress;
import io.github.codebuddy2api.core.login.LoginProgress.LoggedIn;
import io.github.codebuddy2api.core.login.StartedLogin;
import io.github.codebuddy2api.http.error.OpenAiError.Advice;
import io.github.codebuddy2api.http.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes how a login stands, in the shape that the original's page and scripts read: that of the device flow (RFC 8628,
 * 3.5). Nothing secret in it.
 */
final class LoginJson {
    private static final String MASK = "********";
    /** The upstream's own codes of what is pending (protocol sheet, 2.2 and 2.4). */
    private static final long PERSON_PENDING = 11_217;

    private static final long ACCOUNT_PENDING = 12_151;

    private LoginJson() {}

    /** A login that has begun. */
    static void started(JsonObject json, StartedLogin started, Instant now) {
        URI page = started.page();
        String site = page.getScheme() + "://" + page.getRawAuthority();
        json.flag("success", true)
                .text("method", "codebuddy_real_auth")
                .text("auth_state", started.id().value())
                .text("verification_uri_complete", page.toString())
                .text("verification_uri", site)
                .text("token_endpoint", site + "/v2/plugin/auth/token")
                .number(
                        "expires_in",
                        Math.max(0, Duration.between(now, started.expiresAt()).toSeconds()))
                .number("interval", Advice.wholeSeconds(started.interval()))
                .text("status", "awaiting_login")
                .text("instructions", "Open the link in a browser and sign in to CodeBuddy.")
                .text("message", "Waiting for you to sign in")
                .text("platform", "CLI");
    }

    /** A login that is not done, whatever the reason. */
    static void notDone(JsonObject json, LoginProgress progress) {
        switch (progress) {
            case LoginProgress.AwaitingPerson waiting ->
                error(json, "authorization_pending", "Waiting for you to sign in.")
                        .number("code", PERSON_PENDING);
            case LoginProgress.PreparingAccount preparing ->
                error(json, "authorization_pending", "You are signed in; CodeBuddy still prepares the account.")
                        .number("code", ACCOUNT_PENDING);
            case LoginProgress.TooSoon soon ->
                error(json, "slow_down", "Asked too soon: wait a little longer between two questions.")
                        .number("interval", Advice.wholeSeconds(soon.pause()));
            case LoginProgress.TimedOut late ->
                error(json, "expired_token", "Nobody signed in in time: begin a new login.");
            case LoginProgress.Refused refused ->
                error(json, "access_denied", refused.reason().message())
                        .text("code", refused.reason().code());
            case LoginProgress.Disturbed disturbed ->
                error(json, "auth_error", disturbed.message())
                        .object("details", details -> details.text("message", disturbed.message()));
            case LoginProgress.Unknown unknown ->
                error(json, "oauth_state_invalid", "This login is not known here, or is over: begin a new one.");
            case LoggedIn done -> throw new IllegalArgumentException("a login that is done is no error");
        }
    }

    /** Anything that is told as an error; older scripts read {@code detail}. */
    static JsonObject error(JsonObject json, String error, String description) {
        return json.text("error", error).text("error_description", description).text("detail", description);
    }

    /** The end of a login. */
    static void done(JsonObject json, LoggedIn done, @Nullable CredentialView stored) {
        boolean isEnabled = stored != null && stored.enabled();
        json.text("access_token", MASK).text("token_type", "Bearer").flag("saved", true);
        json.text(
                "message",
                isEnabled
                        ? "Logged in; the account is ready"
                        : "Logged in; the account is used once the owner of the server enables it");
        if (stored != null) {
            CredentialView.Facts facts = stored.facts();
            json.number("expires_in", CredentialJson.lifetime(facts))
                    .text("scope", facts.scope())
                    .text("filename", stored.name());
        }
        Account account = done.account();
        json.text("domain", account.domain())
                .text("id", done.credential().value())
                .flag("enabled", isEnabled)
                .objects(
                        "accounts",
                        done.choices(),
                        (item, choice) -> AccountsHandler.account(item, choice, choice.isSameAs(account)));
    }

    /** What is shown to a browser that was sent back here; nothing depends on it. */
    static void callback(JsonObject json, List<@Nullable String> codeAndState) {
        json.text("message", "You can close this page: the login goes on by itself.")
                .text("code", codeAndState.getFirst())
                .text("state", codeAndState.getLast());
    }
}
