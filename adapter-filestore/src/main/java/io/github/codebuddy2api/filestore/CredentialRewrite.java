package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialLabel;
import io.github.codebuddy2api.core.credential.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts other tokens or another account into a credential file's object. Every copy of an old value that a reader could
 * find is replaced too, so that none of them wins later; all else stays as it is, in its order.
 */
final class CredentialRewrite {
    private final ObjectNode root;
    private final List<ObjectNode> places;
    private final JsonNodeFactory nodes = JsonNodeFactory.instance;

    private CredentialRewrite(ObjectNode root) {
        this.root = root;
        this.places = CredentialMembers.places(root);
    }

    /**
     * A copy of the object with {@code after} in it.
     *
     * @param before what the object holds
     * @param now what the time of issue is taken to be if it is unknown and an end is known
     */
    static ObjectNode rewritten(ObjectNode object, Credential before, Credential after, Instant now) {
        CredentialRewrite rewrite = new CredentialRewrite(object.deepCopy());
        if (!before.tokens().equals(after.tokens())) {
            rewrite.tokens(before.tokens(), after.tokens(), now);
        }
        rewrite.account(before.account(), after.account());
        return rewrite.root;
    }

    /** A copy of the object with {@code label} in it, or without one. */
    static ObjectNode labelled(ObjectNode object, @Nullable CredentialLabel label) {
        ObjectNode copy = object.deepCopy();
        if (label == null) {
            copy.remove(CredentialMembers.LABEL);
        } else {
            copy.put(CredentialMembers.LABEL, label.value());
        }
        return copy;
    }

    /**
     * The account {@code there} with what {@code after} says differently from {@code base}: what another program has
     * written meanwhile stays.
     *
     * @param base what {@code after} was made from
     */
    static Account merged(Account base, Account there, Account after) {
        return new Account(
                merged(Account::uid, base, there, after),
                merged(Account::userId, base, there, after),
                merged(Account::email, base, there, after),
                merged(Account::name, base, there, after),
                merged(Account::domain, base, there, after),
                merged(Account::enterpriseId, base, there, after),
                merged(Account::enterpriseName, base, there, after),
                merged(Account::departmentFullName, base, there, after));
    }

    private static @Nullable String merged(
            Function<Account, @Nullable String> member, Account base, Account there, Account after) {
        String wanted = member.apply(after);
        return Objects.equals(member.apply(base), wanted) ? member.apply(there) : wanted;
    }

    private void tokens(Tokens before, Tokens after, Instant now) {
        secret(CredentialMembers.ACCESS_TOKEN, after.accessToken());
        secret(CredentialMembers.REFRESH_TOKEN, after.refreshToken());
        Instant start = after.issuedAt() == null && after.expiresAt() != null ? now : after.issuedAt();
        Instant end = after.expiresAt();
        boolean timed = places.stream().anyMatch(place -> hasEnd(place));
        times(start, end, CredentialMembers.EXPIRES_AT, CredentialMembers.EXPIRES_IN);
        times(
                start,
                after.refreshExpiresAt(),
                CredentialMembers.REFRESH_EXPIRES_AT,
                CredentialMembers.REFRESH_EXPIRES_IN);
        everywhere(CredentialMembers.CREATED_AT, old -> instant(old, start));
        everywhere(CredentialMembers.ISSUED_AT, old -> instant(old, start));
        boolean dated = written(CredentialMembers.CREATED_AT) || written(CredentialMembers.ISSUED_AT);
        if (start != null && (root.has("bearer_token") || !dated)) {
            root.put("created_at", start.getEpochSecond());
        }
        if (start != null && end != null && (root.has("bearer_token") || !timed)) {
            // The original knows no expires_at.
            root.put("expires_in", length(start, end));
            root.put("expires_at", end.getEpochSecond());
        }
        if (after.refreshExpiresAt() != null && !written(CredentialMembers.REFRESH_EXPIRES_AT)) {
            root.put("refresh_expires_at", after.refreshExpiresAt().getEpochSecond());
        }
        text(CredentialMembers.TYPE, before.type(), after.type());
        text(CredentialMembers.SCOPE, before.scope(), after.scope());
        text(CredentialMembers.SESSION_STATE, before.sessionState(), after.sessionState());
    }

    private static boolean hasEnd(ObjectNode place) {
        return CredentialMembers.EXPIRES_AT.stream().anyMatch(place::has)
                || CredentialMembers.EXPIRES_IN.stream().anyMatch(place::has);
    }

    private void times(@Nullable Instant start, @Nullable Instant end, List<String> at, List<String> in) {
        everywhere(at, old -> instant(old, end));
        everywhere(in, old -> start == null || end == null ? null : nodes.numberNode(length(start, end)));
    }

    /** Whole seconds, at least one: none at all would mean that it never ends. */
    static long length(Instant start, Instant end) {
        return Math.max(1, end.getEpochSecond() - start.getEpochSecond());
    }

    private void account(Account before, Account after) {
        text(CredentialMembers.UID, before.uid(), after.uid());
        text(CredentialMembers.USER_ID, before.userId(), after.userId());
        text(CredentialMembers.EMAIL, before.email(), after.email());
        text(CredentialMembers.NAME, before.name(), after.name());
        text(CredentialMembers.DOMAIN, before.domain(), after.domain());
        text(CredentialMembers.ENTERPRISE_ID, before.enterpriseId(), after.enterpriseId());
        text(CredentialMembers.ENTERPRISE_NAME, before.enterpriseName(), after.enterpriseName());
        text(CredentialMembers.DEPARTMENT, before.departmentFullName(), after.departmentFullName());
    }

    private void secret(List<String> names, @Nullable Secret secret) {
        if (secret == null) {
            everywhere(names, old -> null);
        } else if (written(names)) {
            everywhere(names, old -> nodes.stringNode(secret.reveal()));
        } else {
            root.put(names.getFirst(), secret.reveal());
        }
    }

    private void text(List<String> names, @Nullable String before, @Nullable String after) {
        Optional<String> text = CredentialValues.text(after);
        if (Objects.equals(before, text.orElse(null))) {
            return;
        }
        everywhere(names, old -> text.map(nodes::stringNode).orElse(null));
        if (text.isPresent() && !written(names)) {
            root.put(names.getFirst(), text.get());
        }
    }

    private static @Nullable JsonNode instant(JsonNode old, @Nullable Instant moment) {
        return moment == null ? null : CredentialValues.instantLike(old, moment);
    }

    private boolean written(List<String> names) {
        return places.stream().anyMatch(place -> names.stream().anyMatch(place::has));
    }

    /** Sets each of the members that there is, or takes it out if {@code value} gives null. */
    private void everywhere(List<String> names, Function<JsonNode, @Nullable JsonNode> value) {
        for (ObjectNode place : places) {
            for (String name : names) {
                JsonNode old = place.get(name);
                if (old != null) {
                    JsonNode changed = value.apply(old);
                    if (changed == null) {
                        place.remove(name);
                    } else {
                        place.set(name, changed);
                    }
                }
            }
        }
    }
}
