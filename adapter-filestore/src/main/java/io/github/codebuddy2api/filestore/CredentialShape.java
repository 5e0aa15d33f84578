package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialLabel;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.filestore.CredentialJson.NotCredential;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds a credential in a file's object, whichever program wrote it; {@link CredentialMembers} says where. */
final class CredentialShape {
    private static final Pattern DOMAIN_NAME = Pattern.compile("[A-Za-z0-9.-]{1,253}");

    private final List<ObjectNode> places;

    private CredentialShape(ObjectNode root) {
        this.places = CredentialMembers.places(root);
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
        Secret token = token(CredentialMembers.ACCESS_TOKEN).orElseThrow(() -> new NotCredential(whyNoToken()));
        Secret refresh = token(CredentialMembers.REFRESH_TOKEN).orElse(null);
        Tokens tokens = new Tokens(
                token,
                refresh,
                createdAt(),
                end(CredentialMembers.EXPIRES_AT, CredentialMembers.EXPIRES_IN),
                end(CredentialMembers.REFRESH_EXPIRES_AT, CredentialMembers.REFRESH_EXPIRES_IN),
                text(CredentialMembers.TYPE),
                text(CredentialMembers.SCOPE),
                text(CredentialMembers.SESSION_STATE));
        return new Credential(id, name, tokens, account(), label());
    }

    private @Nullable CredentialLabel label() {
        return Optional.ofNullable(places.getFirst().get(CredentialMembers.LABEL))
                .filter(JsonNode::isString)
                .flatMap(value -> CredentialLabel.of(value.stringValue()))
                .orElse(null);
    }

    private String whyNoToken() {
        boolean encrypted = places.stream()
                .flatMap(place -> place.valueStream())
                .anyMatch(value -> value instanceof ObjectNode envelope && envelope.has("$wbEncrypted"));
        if (encrypted || places.getFirst().has("$wbEncrypted")) {
            return "its token is encrypted by WorkBuddy for that program alone; log in here instead";
        }
        boolean written = places.stream()
                .anyMatch(place -> CredentialMembers.ACCESS_TOKEN.stream().anyMatch(place::has));
        return written ? "its token is not a usable text" : "it has no token (bearer_token)";
    }

    private Optional<Secret> token(List<String> names) {
        return values(names)
                .filter(JsonNode::isString)
                .map(value -> value.stringValue().strip())
                .filter(CredentialValues::isToken)
                .map(Secret::of)
                .findFirst();
    }

    private Account account() {
        return new Account(
                text(CredentialMembers.UID),
                text(CredentialMembers.USER_ID),
                text(CredentialMembers.EMAIL),
                text(CredentialMembers.NAME),
                domain(),
                text(CredentialMembers.ENTERPRISE_ID),
                text(CredentialMembers.ENTERPRISE_NAME),
                text(CredentialMembers.DEPARTMENT));
    }

    private @Nullable String domain() {
        String written = text(CredentialMembers.DOMAIN);
        String domain = written != null ? written : hostOf(text(List.of("api_endpoint")));
        return domain != null && DOMAIN_NAME.matcher(domain).matches() ? domain : null;
    }

    private static @Nullable String hostOf(@Nullable String endpoint) {
        return endpoint == null
                ? null
                : EndpointRule.origin(endpoint).map(URI::getHost).orElse(null);
    }

    private @Nullable Instant createdAt() {
        return instant(CredentialMembers.CREATED_AT)
                .or(() -> instant(CredentialMembers.ISSUED_AT))
                .orElse(null);
    }

    private Optional<Instant> instant(List<String> names) {
        return values(names)
                .flatMap(value -> CredentialValues.instant(value).stream())
                .findFirst();
    }

    /** Taken from one place as a whole: a pair of times must not be made of an old half and a new one. */
    private @Nullable Instant end(List<String> at, List<String> in) {
        return places.stream()
                .flatMap(place -> end(place, at, in).stream())
                .findFirst()
                .orElse(null);
    }

    private static Optional<Instant> end(ObjectNode place, List<String> at, List<String> in) {
        return first(place, at).or(() -> {
            Optional<Double> length = firstNumber(place, in).filter(seconds -> seconds != 0);
            Optional<Instant> start =
                    first(place, CredentialMembers.CREATED_AT).or(() -> first(place, CredentialMembers.ISSUED_AT));
            return start.flatMap(
                    from -> length.map(seconds -> CredentialValues.ofSeconds(from.getEpochSecond() + seconds)));
        });
    }

    private static Optional<Instant> first(ObjectNode place, List<String> names) {
        return names.stream()
                .flatMap(name -> Optional.ofNullable(place.get(name)).stream())
                .flatMap(value -> CredentialValues.instant(value).stream())
                .findFirst();
    }

    private static Optional<Double> firstNumber(ObjectNode place, List<String> names) {
        return names.stream()
                .flatMap(name -> Optional.ofNullable(place.get(name)).stream())
                .flatMap(value -> CredentialValues.number(value).stream())
                .findFirst();
    }

    private @Nullable String text(List<String> names) {
        return values(names)
                .flatMap(value -> CredentialValues.text(value).stream())
                .findFirst()
                .orElse(null);
    }

    private Stream<JsonNode> values(List<String> names) {
        return places.stream()
                .flatMap(place -> names.stream().flatMap(name -> Optional.ofNullable(place.get(name)).stream()));
    }
}
