package io.github.codebuddy2api.http.admin;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.api.Credentials;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialLabel;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.credential.NewCredential.Origin;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.http.HttpParts;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.json.JsonMembers;
import io.github.codebuddy2api.http.json.JsonObject;
import io.github.codebuddy2api.http.web.Bodies;
import io.github.codebuddy2api.http.web.SmallBodies;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The stored credentials: {@code …/credentials}. Thread-safe. */
public final class CredentialsHandler {
    private static final int MAX_TEXT = 1024;
    /** What may stand in a header; a token with anything else could not be sent. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,16384}");

    private final Credentials credentials;
    private final SmallBodies bodies;
    private final CredentialJson writer;
    private final Time time;

    public CredentialsHandler(Credentials credentials, SmallBodies bodies, HttpParts parts, Time time) {
        this.credentials = credentials;
        this.bodies = bodies;
        this.writer = new CredentialJson(parts.filePaths());
        this.time = time;
    }

    /** {@code GET …/credentials}. */
    public void list(ServerRequest request, ServerResponse response) {
        List<CredentialView> all = credentials.list();
        Bodies.json(request, response, json -> writer.list(json, all, credentials.unusable(), time.instant()));
    }

    /** {@code POST …/credentials}. */
    public void add(ServerRequest request, ServerResponse response) {
        JsonMembers body = bodies.members(request, response);
        Optional<String> token = body.find("bearer_token")
                .filter(JsonMembers.Value.Text.class::isInstance)
                .flatMap(unused -> body.text("bearer_token"))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
        CredentialView added = credentials.add(new NewCredential(
                Tokens.of(Secret.of(checked(token.orElseThrow(CredentialsHandler::tokenRequired)))),
                of(body.text("user_id").map(user -> shortened(user, "user_id")).orElse(null)),
                Origin.MANUAL,
                body.text("filename")
                        .filter(name -> !name.isBlank())
                        .map(name -> shortened(name, "filename"))
                        .orElse(null)));
        done(request, response, "Credential added successfully", added.id());
    }

    private static HttpFailure tokenRequired() {
        return new HttpFailure(OpenAiError.invalid(422, "missing_required_parameter", "bearer_token is required")
                .at("bearer_token"));
    }

    private static String checked(String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw new HttpFailure(OpenAiError.invalid(
                            400, "invalid_value", "The token must be one line of at most 16384 ASCII characters.")
                    .at("bearer_token"));
        }
        return token;
    }

    private static String shortened(String text, String param) {
        if (text.length() > MAX_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw new HttpFailure(OpenAiError.invalid(
                            400, "invalid_value", "The value must be one line of at most " + MAX_TEXT + " characters.")
                    .at(param));
        }
        return text;
    }

    private static Account of(@Nullable String userId) {
        return new Account(null, userId, null, null, null, null, null, null);
    }

    /** {@code POST …/credentials/delete}. */
    public void delete(ServerRequest request, ServerResponse response) {
        change(request, response, CredentialChoice.TO_DELETE, credentials::delete);
    }

    /** {@code POST …/credentials/select}. */
    public void select(ServerRequest request, ServerResponse response) {
        change(request, response, CredentialChoice.TO_SELECT, credentials::pin);
    }

    private void change(
            ServerRequest request, ServerResponse response, CredentialChoice choice, Predicate<CredentialId> act) {
        List<CredentialView> all = credentials.list();
        CredentialId chosen = choice.in(all, bodies.members(request, response)).id();
        requireThere(act.test(chosen), choice);
        String done = choice.equals(CredentialChoice.TO_DELETE) ? "deleted" : "selected";
        done(request, response, "Credential #" + (indexOf(all, chosen) + 1) + " " + done + " successfully", chosen);
    }

    /** {@code POST …/credentials/restore}; what is deleted is in no list, so only an id can name it. */
    public void restore(ServerRequest request, ServerResponse response) {
        String id = bodies.members(request, response)
                .text("id")
                .orElseThrow(
                        () -> new HttpFailure(OpenAiError.invalid(422, "missing_required_parameter", "id is required")
                                .at("id")));
        CredentialId named = id(id);
        if (!credentials.restore(named)) {
            throw CredentialChoice.unknown();
        }
        done(request, response, "Credential restored successfully", named);
    }

    private static CredentialId id(String text) {
        try {
            return new CredentialId(text);
        } catch (IllegalArgumentException tooLong) {
            throw CredentialChoice.unknown();
        }
    }

    /** {@code POST …/credentials/enable}. */
    public void enable(ServerRequest request, ServerResponse response) {
        enable(request, response, true);
    }

    /** {@code POST …/credentials/disable}. */
    public void disable(ServerRequest request, ServerResponse response) {
        enable(request, response, false);
    }

    private void enable(ServerRequest request, ServerResponse response, boolean on) {
        CredentialView chosen = chosen(request, response);
        requireThere(credentials.enable(chosen.id(), on), CredentialChoice.ANY);
        done(request, response, on ? "Credential enabled" : "Credential disabled", chosen.id());
    }

    /** {@code POST …/credentials/rename}; null or blanks take the label away. */
    public void rename(ServerRequest request, ServerResponse response) {
        JsonMembers body = bodies.members(request, response);
        CredentialView chosen = CredentialChoice.ANY.in(credentials.list(), body);
        requireThere(credentials.rename(chosen.id(), label(body)), CredentialChoice.ANY);
        done(request, response, "Credential renamed", chosen.id());
    }

    private static @Nullable CredentialLabel label(JsonMembers body) {
        return switch (body.all().get("label")) {
            case null ->
                throw new HttpFailure(OpenAiError.invalid(422, "missing_required_parameter", "label is required")
                        .at("label"));
            case JsonMembers.Value.Nothing none -> null;
            case JsonMembers.Value.Text text when text.text().isBlank() -> null;
            case JsonMembers.Value.Text text ->
                CredentialLabel.of(text.text()).orElseThrow(CredentialsHandler::badLabel);
            case JsonMembers.Value other -> throw badLabel();
        };
    }

    private static HttpFailure badLabel() {
        return new HttpFailure(OpenAiError.invalid(
                        422,
                        "invalid_value",
                        "A label is one line of at most " + CredentialLabel.MAX_LENGTH + " characters.")
                .at("label"));
    }

    /** {@code POST …/credentials/refresh}. */
    public void refresh(ServerRequest request, ServerResponse response) {
        CredentialView chosen = chosen(request, response);
        CredentialView fresh =
                AccountsHandler.told(() -> credentials.refresh(chosen.id())).orElseThrow(CredentialChoice.ANY::gone);
        done(request, response, "Credential refreshed", fresh.id());
    }

    private CredentialView chosen(ServerRequest request, ServerResponse response) {
        return CredentialChoice.ANY.in(credentials.list(), bodies.members(request, response));
    }

    private static void requireThere(boolean there, CredentialChoice wording) {
        if (!there) {
            throw wording.gone();
        }
    }

    /** Says what was done, and how the credential stands now. */
    void done(ServerRequest request, ServerResponse response, String message, CredentialId id) {
        Bodies.json(request, response, json -> {
            json.text("message", message).text("id", id.value());
            credential(json, id);
        });
    }

    /** How a credential stands now, unless it is gone. */
    void credential(JsonObject json, CredentialId id) {
        List<CredentialView> all = credentials.list();
        int index = indexOf(all, id);
        if (index >= 0) {
            json.object("credential", item -> writer.item(item, all.get(index), index, time.instant()));
        }
    }

    /** Where a credential stands in the list; negative if it is gone. */
    static int indexOf(List<CredentialView> all, CredentialId id) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
