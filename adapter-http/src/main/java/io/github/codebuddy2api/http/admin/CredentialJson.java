package io.github.codebuddy2api.http.admin;

import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.CredentialState;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.credential.CredentialView.Facts;
import io.github.codebuddy2api.core.credential.UnusableCredential;
import io.github.codebuddy2api.http.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes credentials as the original service did, and what is known besides. */
final class CredentialJson {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private final UnaryOperator<String> filePaths;

    CredentialJson(UnaryOperator<String> filePaths) {
        this.filePaths = filePaths;
    }

    /** The whole list, and what cannot be on it. */
    void list(JsonObject json, List<CredentialView> all, List<UnusableCredential> unusable, Instant now) {
        int[] index = {0};
        json.objects("credentials", all, (item, view) -> item(item, view, index[0]++, now));
        json.text("etag", ViewTag.of(all));
        json.objects(
                "unusable",
                unusable,
                (item, it) -> item.text("filename", it.name()).text("reason", it.reason()));
    }

    /** One credential of the list. */
    void item(JsonObject json, CredentialView view, int index, Instant now) {
        json.number("index", (long) index).text("filename", view.name());
        account(json, view.account());
        times(json, view.facts(), now);
        Facts facts = view.facts();
        json.text("token_type", facts.type() == null ? "Bearer" : facts.type())
                .text("scope", facts.scope())
                .text("domain", view.account().domain())
                .text("session_state", facts.sessionState())
                .flag("has_refresh_token", facts.refreshable())
                .text("file_path", filePaths.apply(view.name()))
                .flag("has_token", true)
                .text("token_preview", facts.preview().isEmpty() ? "Invalid Token" : facts.preview());
        ours(json, view);
    }

    private static void account(JsonObject json, Account account) {
        json.text("user_id", account.userId())
                .text("email", account.email() == null ? account.userId() : account.email())
                .text("name", account.name());
    }

    private static void times(JsonObject json, Facts facts, Instant now) {
        Long left = facts.expiresAt() == null ? null : facts.expiresAt().getEpochSecond() - now.getEpochSecond();
        json.number("created_at", seconds(facts.issuedAt()))
                .number("expires_in", lifetime(facts))
                .number("expires_at", seconds(facts.expiresAt()))
                .number("time_remaining", left)
                .text("time_remaining_str", words(left))
                .flag("is_expired", facts.expired());
    }

    /** How long the access token lasts in all, in seconds. */
    static @Nullable Long lifetime(Facts facts) {
        Instant from = facts.issuedAt();
        Instant to = facts.expiresAt();
        return from == null || to == null ? null : (Long) (to.getEpochSecond() - from.getEpochSecond());
    }

    /** How much time is left, as the original page shows it. */
    static String words(@Nullable Long left) {
        if (left == null) {
            return "Unknown";
        }
        if (left <= 0) {
            return "Expired";
        }
        if (left >= DAY) {
            return left / DAY + "d " + left % DAY / HOUR + "h";
        }
        return left >= HOUR ? left / HOUR + "h " + left % HOUR / MINUTE + "m" : left / MINUTE + "m";
    }

    private static void ours(JsonObject json, CredentialView view) {
        json.text("id", view.id().value())
                .text("etag", ViewTag.of(view))
                .text("label", view.label() == null ? null : view.label().value());
        state(json, view.state());
        json.flag("pinned", view.pinned())
                .flag("enabled", view.enabled())
                .text("refresh", view.refresh().name().toLowerCase(Locale.ROOT));
        if (view.account().enterpriseId() != null) {
            json.text("enterprise_id", view.account().enterpriseId())
                    .text("enterprise_name", view.account().enterpriseName());
        }
    }

    private static void state(JsonObject json, CredentialState state) {
        switch (state) {
            case CredentialState.Ready ready -> state(json, "ready", null, null);
            case CredentialState.CoolingDown rest -> state(json, "cooling_down", rest.until(), rest.code());
            case CredentialState.Expired expired -> state(json, "expired", null, null);
            case CredentialState.NeedsLogin refused -> state(json, "needs_login", null, null);
            case CredentialState.Disabled disabled -> state(json, "disabled", null, null);
        }
    }

    private static void state(JsonObject json, String word, @Nullable Instant until, @Nullable String reason) {
        json.text("state", word).number("until", seconds(until)).text("reason", reason);
    }

    /** A moment in seconds, as everywhere in this API. */
    static @Nullable Long seconds(@Nullable Instant moment) {
        return moment == null ? null : (Long) moment.getEpochSecond();
    }
}
