package io.github.codebuddy2api.http.admin;

import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.http.error.HttpFailure;
import io.github.codebuddy2api.http.error.OpenAiError;
import io.github.codebuddy2api.http.error.OpenAiError.Advice;
import io.github.codebuddy2api.http.json.JsonMembers;
import io.github.codebuddy2api.http.json.JsonMembers.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which credential a request means: by {@code id}, by {@code index}, or by both, which must agree. An {@code etag} must
 * be the list's or the item's.
 *
 * @param missing what is said if it names none
 * @param outOfRange what is said if the index is beyond the list
 */
record CredentialChoice(String missing, String outOfRange) {
    static final CredentialChoice ANY = new CredentialChoice(CredentialChoice.NO_INTEGER, "Invalid credential index");
    static final CredentialChoice TO_SELECT = new CredentialChoice("index is required", "Invalid credential index");
    static final CredentialChoice TO_DELETE =
            new CredentialChoice(CredentialChoice.NO_INTEGER, "Invalid index or failed to delete credential");

    private static final String NO_INTEGER = "Valid integer index is required";

    /**
     * The credential that {@code body} means.
     *
     * @throws HttpFailure if it means none, or one that is not what the caller saw
     */
    CredentialView in(List<CredentialView> all, JsonMembers body) {
        return in(all, body.text("id"), index(body), body.text("etag"));
    }

    /** The same for what stands in a query. */
    CredentialView in(List<CredentialView> all, Optional<String> id, Optional<String> index) {
        Optional<OptionalLong> number = index.map(text -> {
            if (!text.matches("-?[0-9]{1,18}")) {
                throw unprocessable(NO_INTEGER);
            }
            return OptionalLong.of(Long.parseLong(text));
        });
        return in(all, id, number, Optional.empty());
    }

    private CredentialView in(
            List<CredentialView> all, Optional<String> id, Optional<OptionalLong> index, Optional<String> etag) {
        Optional<CredentialView> byIndex = index.map(number -> at(all, number));
        Optional<CredentialView> byId = id.map(value -> named(all, value));
        CredentialView chosen = byId.or(() -> byIndex).orElseThrow(() -> unprocessable(missing));
        boolean agree = byIndex.isEmpty() || byIndex.get().id().equals(chosen.id());
        boolean seen = etag.isEmpty()
                || etag.get().equals(ViewTag.of(all))
                || etag.get().equals(ViewTag.of(chosen));
        if (!agree || !seen) {
            throw stale();
        }
        return chosen;
    }

    private static Optional<OptionalLong> index(JsonMembers body) {
        return body.find("index").map(value -> {
            if (value instanceof Value.Whole whole) {
                return whole.value();
            }
            throw unprocessable(NO_INTEGER);
        });
    }

    private CredentialView at(List<CredentialView> all, OptionalLong index) {
        long position = index.orElse(-1);
        if (position < 0 || position >= all.size()) {
            throw gone();
        }
        return all.get((int) position);
    }

    /** For an index behind which nothing is, or is no longer. */
    HttpFailure gone() {
        return new HttpFailure(
                OpenAiError.invalid(400, "credential_not_found", outOfRange).at("index"));
    }

    private static CredentialView named(List<CredentialView> all, String id) {
        return all.stream()
                .filter(view -> view.id().value().equals(id))
                .findFirst()
                .orElseThrow(CredentialChoice::unknown);
    }

    /** For an id of nothing. */
    static HttpFailure unknown() {
        return new HttpFailure(
                OpenAiError.invalid(404, "credential_not_found", "There is no such credential: list them again.")
                        .at("id"));
    }

    private static HttpFailure unprocessable(String message) {
        return new HttpFailure(
                OpenAiError.invalid(422, "invalid_value", message).at("index"));
    }

    private static HttpFailure stale() {
        return new HttpFailure(OpenAiError.invalid(
                        409, "stale_view", "The credentials have changed since they were listed: list them again.")
                .with(Advice.DO_NOT_RETRY));
    }
}
