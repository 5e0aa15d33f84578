package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.filestore.CredentialJson.NotCredential;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds a credential in a file's object, whichever program wrote it (protocol sheet, 10.1 to 10.5). The object itself
 * is searched first, then {@code auth}, {@code account}, {@code user_info}, and last {@code full_response} with what is
 * nested in it; the first place that has a value wins.
 */
final class CredentialShape {
    private static final int MAX_TOKEN = 16 * 1024;
    private static final int MAX_TEXT = 512;
    private static final int MAX_NESTING = 4;
    private static final double LEAST_MILLISECONDS = 1e11;
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9.-]{1,253}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(?:\\.[0-9]{1,9})?");

    private static final List<String> ACCESS_TOKEN =
            List.of("bearer_token", "access_token", "accessToken", "auth.accessToken");
    private static final List<String> REFRESH_TOKEN = List.of("refresh_token", "refreshToken", "auth.refreshToken");
    private static final List<String> CREATED_AT = List.of("created_at", "createdAt");
    private static final List<String> EXPIRES_AT = List.of("expires_at", "expiresAt", "auth.expiresAt");
    private static final List<String> EXPIRES_IN = List.of("expires_in", "expiresIn");
    private static final List<String> ISSUED_AT = List.of("last_refresh_at", "lastRefreshTime");

    private final List<ObjectNode> places = new ArrayList<>();

    private CredentialShape(ObjectNode root) {
        places.add(root);
        for (String name : List.of("auth", "account", "user_info")) {
            if (root.get(name) instanceof ObjectNode place) {
                places.add(place);
            }
        }
        nested(root, MAX_NESTING);
    }

    private void nested(ObjectNode object, int depth) {
        for (String name : List.of("full_response", "data")) {
            if (depth > 0 && object.get(name) instanceof ObjectNode place) {
                places.add(place);
                nested(place, depth - 1);
            }
        }
    }

    /**
     * The credential in the object.
     *
     * @throws NotCredential if there is no usable token in it
     */
    static Credential read(CredentialId id, String name, ObjectNode root) throws NotCredential {
        return new CredentialShape(root).credential(id, name);
    }

    private Credential credential(CredentialId id, String name) throws NotCredential {
        Secret token = token(ACCESS_TOKEN).orElseThrow(() -> new NotCredential(whyNoToken()));
        Secret refresh = token(REFRESH_TOKEN).orElse(null);
        Tokens tokens = new Tokens(
                token,
                refresh,
                createdAt(),
                expiresAt(),
                null,
                text("token_type", "tokenType"),
                text("scope"),
                text("session_state", "sessionState"));
        return new Credential(id, name, tokens, account());
    }

    private String whyNoToken() {
        boolean encrypted = places.stream()
                .flatMap(place -> place.valueStream())
                .anyMatch(value -> value instanceof ObjectNode envelope && envelope.has("$wbEncrypted"));
        if (encrypted || places.getFirst().has("$wbEncrypted")) {
            return "its token is encrypted by WorkBuddy for that program alone; log in here instead";
        }
        boolean written =
                places.stream().anyMatch(place -> ACCESS_TOKEN.stream().anyMatch(place::has));
        return written ? "its token is not a usable text" : "it has no token (bearer_token)";
    }

    private Optional<Secret> token(List<String> names) {
        return values(names)
                .filter(JsonNode::isString)
                .map(value -> value.stringValue().strip())
                .filter(text ->
                        text.length() <= MAX_TOKEN && TOKEN.matcher(text).matches())
                .map(Secret::of)
                .findFirst();
    }

    private Account account() {
        return new Account(
                text("account_uid", "uid"),
                text("user_id"),
                text("email"),
                text("nickname", "name", "preferred_username"),
                domain(),
                text("enterprise_id", "enterpriseId"),
                text("enterprise_name", "enterpriseName"),
                text("department_full_name", "departmentFullName", "department"));
    }

    private @Nullable String domain() {
        String written = text("domain", "x-domain", "auth.domain");
        String domain = written != null ? written : hostOf(text("api_endpoint"));
        return domain != null && DOMAIN.matcher(domain).matches() ? domain : null;
    }

    private static @Nullable String hostOf(@Nullable String endpoint) {
        return endpoint == null
                ? null
                : EndpointRule.origin(endpoint).map(URI::getHost).orElse(null);
    }

    private @Nullable Instant createdAt() {
        return instant(CREATED_AT).or(() -> instant(ISSUED_AT)).orElse(null);
    }

    private Optional<Instant> instant(List<String> names) {
        return values(names).flatMap(value -> instant(value).stream()).findFirst();
    }

    /** Taken from one place as a whole: a pair of times must not be made of an old half and a new one. */
    private @Nullable Instant expiresAt() {
        return places.stream()
                .flatMap(place -> expiresAt(place).stream())
                .findFirst()
                .orElse(null);
    }

    private static Optional<Instant> expiresAt(ObjectNode place) {
        return first(place, EXPIRES_AT).or(() -> {
            Optional<Double> length = firstNumber(place, EXPIRES_IN).filter(seconds -> seconds != 0);
            Optional<Instant> start = first(place, CREATED_AT).or(() -> first(place, ISSUED_AT));
            return start.flatMap(from -> length.map(seconds -> ofSeconds(from.getEpochSecond() + seconds)));
        });
    }

    private static Optional<Instant> first(ObjectNode place, List<String> names) {
        return names.stream()
                .flatMap(name -> Optional.ofNullable(place.get(name)).stream())
                .flatMap(value -> instant(value).stream())
                .findFirst();
    }

    private static Optional<Double> firstNumber(ObjectNode place, List<String> names) {
        return names.stream()
                .flatMap(name -> Optional.ofNullable(place.get(name)).stream())
                .flatMap(value -> number(value).stream())
                .findFirst();
    }

    /** Seconds, milliseconds from 1e11 on, either of them as text, or ISO-8601; not positive means unknown. */
    private static Optional<Instant> instant(JsonNode value) {
        Optional<Double> number = number(value);
        if (number.isPresent()) {
            double seconds = number.get() >= LEAST_MILLISECONDS ? number.get() / 1_000 : number.get();
            return seconds > 0 ? Optional.of(ofSeconds(seconds)) : Optional.empty();
        }
        if (!value.isString()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(value.stringValue().strip()).toInstant());
        } catch (DateTimeParseException notTime) {
            return Optional.empty();
        }
    }

    private static Optional<Double> number(JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(value.numberValue().doubleValue());
        }
        boolean numeric =
                value.isString() && NUMBER.matcher(value.stringValue()).matches();
        return numeric ? Optional.of(Double.parseDouble(value.stringValue())) : Optional.empty();
    }

    private static Instant ofSeconds(double seconds) {
        double within = Math.max(0, Math.min(seconds, LAST_SECOND));
        return Instant.ofEpochMilli(Math.round(within * 1_000));
    }

    private @Nullable String text(String... names) {
        return values(List.of(names))
                .flatMap(value -> text(value).stream())
                .findFirst()
                .orElse(null);
    }

    private static Optional<String> text(JsonNode value) {
        if (!value.isString() && !value.isIntegralNumber()) {
            return Optional.empty();
        }
        String text = value.asString().strip();
        boolean usable =
                !text.isEmpty() && text.length() <= MAX_TEXT && text.chars().noneMatch(Character::isISOControl);
        return usable ? Optional.of(text) : Optional.empty();
    }

    private Stream<JsonNode> values(List<String> names) {
        return places.stream()
                .flatMap(place -> names.stream().flatMap(name -> Optional.ofNullable(place.get(name)).stream()));
    }
}
