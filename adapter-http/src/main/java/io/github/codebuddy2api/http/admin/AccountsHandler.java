package io.github.codebuddy2api.http.admin;

import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.api.Accounts;
import io.github.codebuddy2api.core.api.Accounts.Reading;
import io.github.codebuddy2api.core.api.Accounts.Trial;
import io.github.codebuddy2api.core.api.Credentials;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.quota.CheckIn;
import io.github.codebuddy2api.core.quota.Quota;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.error.OpenAiError.Advice;
import io.github.codebuddy2api.http.json.JsonMembers;
import io.github.codebuddy2api.http.json.JsonObject;
import io.github.codebuddy2api.http.web.Bodies;
import io.github.codebuddy2api.http.web.Query;
import io.github.codebuddy2api.http.web.SmallBodies;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the upstream tells of the account behind one credential. Thread-safe. */
public final class AccountsHandler {
    private static final int MAX_MODEL = 256;

    private final Supplier<Accounts> accounts;
    private final Credentials credentials;
    private final CredentialsHandler credentialsHandler;
    private final SmallBodies bodies;

    /** Asks {@code accounts} for each request, since a gateway may have none. */
    public AccountsHandler(
            Supplier<Accounts> accounts,
            Credentials credentials,
            CredentialsHandler credentialsHandler,
            SmallBodies bodies) {
        this.accounts = accounts;
        this.credentials = credentials;
        this.credentialsHandler = credentialsHandler;
        this.bodies = bodies;
    }

    /** {@code GET …/credentials/accounts}. */
    public void list(ServerRequest request, ServerResponse response) {
        CredentialView chosen = asked(request);
        List<Account> all = told(() -> accounts.get().list(chosen.id()));
        Bodies.json(
                request,
                response,
                json -> json.objects(
                        "accounts",
                        all,
                        (item, account) -> account(item, account, account.isSameAs(chosen.account()))));
    }

    /** Writes an account that can be switched to. */
    static void account(JsonObject json, Account account, boolean isCurrent) {
        json.text("uid", account.uid())
                .text("name", account.name())
                .text("email", account.email())
                .text("enterprise_id", account.enterpriseId())
                .text("enterprise_name", account.enterpriseName())
                .text("department", account.departmentFullName())
                .flag("current", isCurrent);
    }

    /** {@code POST …/credentials/switch}. */
    public void switchAccount(ServerRequest request, ServerResponse response) {
        JsonMembers body = bodies.members(request, response);
        CredentialView chosen = CredentialChoice.ANY.in(credentials.list(), body);
        String uid = body.text("uid")
                .orElseThrow(
                        () -> new HttpFailure(OpenAiError.invalid(422, "missing_required_parameter", "uid is required")
                                .at("uid")));
        Optional<String> enterprise = body.text("enterprise_id").filter(id -> !id.isEmpty());
        Account target = told(() -> accounts.get().list(chosen.id())).stream()
                .filter(account -> uid.equals(account.uid())
                        && account.enterprise().filter(id -> !id.isEmpty()).equals(enterprise))
                .findFirst()
                .orElseThrow(() -> new HttpFailure(OpenAiError.invalid(
                                404, "account_not_found", "This credential cannot be switched to that account.")
                        .at("uid")));
        CredentialView switched = told(() -> accounts.get().switchTo(chosen.id(), target));
        credentialsHandler.done(request, response, "Account switched", switched.id());
    }

    /** {@code GET …/credentials/quota}; {@code ?fresh=true} has the upstream asked. */
    public void quota(ServerRequest request, ServerResponse response) {
        CredentialView chosen = asked(request);
        boolean fresh = Query.first(request, "fresh").filter("true"::equals).isPresent();
        Reading reading = told(() ->
                fresh ? accounts.get().freshQuota(chosen.id()) : accounts.get().quota(chosen.id()));
        Quota quota = reading.quota();
        Bodies.json(
                request,
                response,
                json -> json.decimal("total", quota.total())
                        .decimal("used", quota.used())
                        .decimal("remaining", quota.remaining())
                        .number("resets_at", CredentialJson.seconds(quota.resetsAt()))
                        .objects("grants", quota.grants(), AccountsHandler::grant)
                        .number("checked_at", reading.at().getEpochSecond()));
    }

    private static void grant(JsonObject json, Quota.Grant grant) {
        json.text("name", grant.name())
                .decimal("total", grant.total())
                .decimal("remaining", grant.remaining())
                .number("ends_at", CredentialJson.seconds(grant.endsAt()));
    }

    /** {@code GET …/credentials/check-in}: claims nothing. */
    public void checkInStatus(ServerRequest request, ServerResponse response) {
        CredentialView chosen = asked(request);
        CheckIn status = told(() -> accounts.get().checkInStatus(chosen.id()));
        Bodies.json(request, response, json -> checkIn(json, status));
    }

    /** {@code POST …/credentials/check-in}. */
    public void checkIn(ServerRequest request, ServerResponse response) {
        CredentialView chosen = meant(request, response);
        CheckIn outcome = told(() -> accounts.get().checkIn(chosen.id()));
        Bodies.json(request, response, json -> checkIn(json, outcome));
    }

    private static void checkIn(JsonObject json, CheckIn checkIn) {
        switch (checkIn) {
            case CheckIn.Open open -> checkIn(json, "open", open.credit(), open.streakDays());
            case CheckIn.Claimed claimed -> checkIn(json, "claimed", claimed.credit(), claimed.streakDays());
            case CheckIn.AlreadyClaimed already -> json.text("status", "already_claimed");
            case CheckIn.NotOffered none -> json.text("status", "not_offered");
        }
    }

    private static void checkIn(JsonObject json, String status, BigDecimal credit, int streakDays) {
        json.text("status", status).decimal("credit", credit).number("streak_days", (long) streakDays);
    }

    /** {@code POST …/credentials/test}: whether exactly this one works. */
    public void test(ServerRequest request, ServerResponse response) {
        JsonMembers body = bodies.members(request, response);
        CredentialView chosen = CredentialChoice.ANY.in(credentials.list(), body);
        Optional<String> model = body.text("model").filter(id -> !id.isBlank());
        if (model.filter(id -> id.length() > MAX_MODEL || id.chars().anyMatch(Character::isISOControl))
                .isPresent()) {
            throw new HttpFailure(OpenAiError.invalid(400, "invalid_value", "There is no such model.")
                    .at("model"));
        }
        Trial trial = told(() -> accounts.get().test(chosen.id(), model.orElse(null)));
        Bodies.json(request, response, json -> {
            json.flag("ok", trial.reason().isEmpty())
                    .text("model", trial.model())
                    .number("duration_ms", trial.duration().toMillis());
            trial.reason()
                    .ifPresent(failure -> json.object(
                            "error",
                            error -> error.text("code", failure.code()).text("message", failure.getMessage())));
        });
    }

    private CredentialView asked(ServerRequest request) {
        return CredentialChoice.ANY.in(credentials.list(), Query.first(request, "id"), Query.first(request, "index"));
    }

    private CredentialView meant(ServerRequest request, ServerResponse response) {
        return CredentialChoice.ANY.in(credentials.list(), bodies.members(request, response));
    }

    /** Asks the upstream about one credential; that it is not accepted is no fault of the server, nor of the caller. */
    static <T> T told(Supplier<T> question) {
        try {
            return question.get();
        } catch (CredentialRejected refused) {
            throw new HttpFailure(OpenAiError.invalid(409, refused.code(), refused.getMessage())
                    .with(Advice.DO_NOT_RETRY));
        }
    }
}
