package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.RestCause;
import io.github.codebuddy2api.core.credential.StoredRest;
import io.github.codebuddy2api.core.credential.StoredRest.Term;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The members of {@code .rests}. An entry that cannot be meant is as if it were missing. */
final class RestShape {
    private static final int SCHEMA = 1;
    private static final int MAX_TEXT = 128;
    private static final int MAX_TIMES = 1_000;
    private static final String RESTS = "rests";
    private static final String CREDENTIAL = "credential";
    private static final String MODEL = "model";
    private static final String CAUSE = "cause";
    private static final String CODE = "code";
    private static final String SINCE = "since";
    private static final String UNTIL = "until";
    private static final String FIRM = "firm";
    private static final String TIMES = "times";
    private static final String TOKEN = "token_fingerprint";

    private RestShape() {}

    static ObjectNode write(List<StoredRest> rests) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("schema_version", SCHEMA);
        ArrayNode list = file.putArray(RESTS);
        rests.forEach(rest -> write(list.addObject(), rest));
        return file;
    }

    private static void write(ObjectNode entry, StoredRest rest) {
        entry.put(CREDENTIAL, rest.credential().value());
        if (rest.model() != null) {
            entry.put(MODEL, rest.model());
        }
        entry.put(CAUSE, rest.cause().name().toLowerCase(Locale.ROOT));
        entry.put(CODE, rest.code());
        entry.put(SINCE, rest.term().since().toString());
        if (rest.term().until() != null) {
            entry.put(UNTIL, rest.term().until().toString());
        }
        entry.put(FIRM, rest.term().firm());
        entry.put(TIMES, Math.min(rest.term().times(), MAX_TIMES));
        entry.put(TOKEN, rest.token());
    }

    static List<StoredRest> read(ObjectNode file) {
        return file.path(RESTS)
                .valueStream()
                .limit(StoredRest.MOST)
                .flatMap(entry -> rest(entry).stream())
                .toList();
    }

    private static Optional<StoredRest> rest(JsonNode entry) {
        try {
            Instant until = entry.has(UNTIL) ? Instant.parse(text(entry, UNTIL)) : null;
            int times = Math.clamp(entry.path(TIMES).asInt(1), 1, MAX_TIMES);
            boolean firm = until == null || entry.path(FIRM).asBoolean(true);
            return Optional.of(new StoredRest(
                    new CredentialId(text(entry, CREDENTIAL)),
                    model(entry),
                    RestCause.valueOf(text(entry, CAUSE).toUpperCase(Locale.ROOT)),
                    text(entry, CODE),
                    new Term(Instant.parse(text(entry, SINCE)), until, firm, times),
                    text(entry, TOKEN)));
        } catch (IllegalArgumentException | DateTimeException notMeant) {
            return Optional.empty();
        }
    }

    private static @Nullable String model(JsonNode entry) {
        return entry.has(MODEL) ? text(entry, MODEL) : null;
    }

    private static String text(JsonNode entry, String name) {
        JsonNode value = entry.path(name);
        String text = value.isString() ? value.stringValue() : "";
        if (text.isEmpty() || text.length() > MAX_TEXT) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return text;
    }
}
