package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.RotationState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of {@code manager_state.json}. A credential is named by its file; where the original has only a place in
 * the list, the list by file name is meant, and beside a name a place says nothing. An id of which no file name is known
 * stands there itself: it cannot be mistaken for a name, which ends in {@code .json}.
 */
final class RotationShape {
    private static final int SCHEMA = 2;
    private static final int MAX_ID = 64;
    private static final String SUFFIX = ".json";
    private static final String ROTATING = "auto_rotation_enabled";
    private static final String CURRENT_INDEX = "current_index";
    private static final String PINNED_INDEX = "manual_selected_index";
    private static final String PINNED_NAME = "manual_selected_filename";
    private static final String CURRENT_NAME = "current_filename";
    private static final String DISABLED_NAMES = "disabled_filenames";

    private RotationShape() {}

    static RotationState read(ObjectNode file, List<Credential> stored) {
        boolean rotating = file.path(ROTATING).asBoolean(true);
        CredentialId current = file.has(CURRENT_NAME)
                ? id(file.get(CURRENT_NAME)).orElse(null)
                : atPlace(file.path(CURRENT_INDEX), stored).orElse(null);
        Stream<JsonNode> disabled =
                file.get(DISABLED_NAMES) instanceof ArrayNode names ? names.valueStream() : Stream.empty();
        return new RotationState(
                rotating,
                current,
                id(file.get(PINNED_NAME)).orElse(null),
                disabled.flatMap(name -> id(name).stream()).collect(Collectors.toSet()));
    }

    private static Optional<CredentialId> id(@Nullable JsonNode name) {
        String text = name != null && name.isString() ? name.stringValue() : "";
        if (text.endsWith(SUFFIX)) {
            return Optional.of(new CredentialId(CredentialDirectory.id(text)));
        }
        return text.isEmpty() || text.length() > MAX_ID ? Optional.empty() : Optional.of(new CredentialId(text));
    }

    private static Optional<CredentialId> atPlace(JsonNode index, List<Credential> stored) {
        int place = index.isIntegralNumber() && index.canConvertToInt() ? index.intValue() : -1;
        return place >= 0 && place < stored.size()
                ? Optional.of(stored.get(place).id())
                : Optional.empty();
    }

    static void write(ObjectNode file, RotationState state, List<Credential> stored, Instant now) {
        Map<CredentialId, String> names = names(file, stored);
        int current = place(state.current(), stored);
        int pinned = place(state.pinned(), stored);
        file.put(ROTATING, state.rotating());
        file.put(CURRENT_INDEX, Math.max(0, current));
        if (pinned < 0) {
            file.putNull(PINNED_INDEX);
        } else {
            file.put(PINNED_INDEX, pinned);
        }
        file.put(PINNED_NAME, name(state.pinned(), names));
        file.put(CURRENT_NAME, name(state.current(), names));
        ArrayNode disabled = file.putArray(DISABLED_NAMES);
        state.disabled().stream()
                .map(id -> names.getOrDefault(id, id.value()))
                .sorted()
                .forEach(disabled::add);
        file.put("schema_version", SCHEMA);
        file.put("saved_at", now.getEpochSecond());
    }

    /** The names of the stored credentials, and of those the file knew: one of them may be gone and come back. */
    private static Map<CredentialId, String> names(ObjectNode file, List<Credential> stored) {
        Map<CredentialId, String> names = new HashMap<>();
        Stream<JsonNode> disabled =
                file.get(DISABLED_NAMES) instanceof ArrayNode list ? list.valueStream() : Stream.empty();
        Stream.concat(disabled, Stream.of(CURRENT_NAME, PINNED_NAME).flatMap(name -> Stream.ofNullable(file.get(name))))
                .filter(name -> name.isString() && name.stringValue().endsWith(SUFFIX))
                .forEach(name -> id(name).ifPresent(id -> names.put(id, name.stringValue())));
        stored.forEach(credential -> names.put(credential.id(), credential.name()));
        return names;
    }

    private static @Nullable String name(@Nullable CredentialId id, Map<CredentialId, String> names) {
        return id == null ? null : names.getOrDefault(id, id.value());
    }

    private static int place(@Nullable CredentialId id, List<Credential> stored) {
        return stored.stream().map(Credential::id).toList().indexOf(id);
    }
}
