package io.github.codebuddy2api.filestore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Under which names, and in which objects of a file, the programs keep what makes up a credential (protocol sheet, 10.1
 * to 10.5). Of several names the first that has a usable value wins; the first name of a list is the one we write. A
 * name with a dot is one of the dotted variant of the official client's file.
 */
final class CredentialMembers {
    static final List<String> ACCESS_TOKEN = List.of("bearer_token", "access_token", "accessToken", "auth.accessToken");
    static final List<String> REFRESH_TOKEN = List.of("refresh_token", "refreshToken", "auth.refreshToken");
    static final List<String> CREATED_AT = List.of("created_at", "createdAt");
    static final List<String> ISSUED_AT = List.of("last_refresh_at", "lastRefreshTime", "auth.lastRefreshTime");
    static final List<String> EXPIRES_AT = List.of("expires_at", "expiresAt", "auth.expiresAt");
    static final List<String> EXPIRES_IN = List.of("expires_in", "expiresIn", "auth.expiresIn");
    static final List<String> REFRESH_EXPIRES_AT =
            List.of("refresh_expires_at", "refreshExpiresAt", "auth.refreshExpiresAt");
    static final List<String> REFRESH_EXPIRES_IN =
            List.of("refresh_expires_in", "refreshExpiresIn", "auth.refreshExpiresIn");
    static final List<String> TYPE = List.of("token_type", "tokenType", "auth.tokenType");
    static final List<String> SCOPE = List.of("scope", "auth.scope");
    static final List<String> SESSION_STATE = List.of("session_state", "sessionState", "auth.sessionState");
    /** What the owner calls it: ours alone, so it stands in one place and under one name. */
    static final String LABEL = "label";

    static final List<String> UID = List.of("account_uid", "uid", "account.uid");
    static final List<String> USER_ID = List.of("user_id");
    static final List<String> EMAIL = List.of("email");
    static final List<String> NAME = List.of("nickname", "account.nickname", "name", "preferred_username");
    static final List<String> DOMAIN = List.of("domain", "x-domain", "auth.domain");
    static final List<String> ENTERPRISE_ID = List.of("enterprise_id", "enterpriseId", "account.enterpriseId");
    static final List<String> ENTERPRISE_NAME = List.of("enterprise_name", "enterpriseName", "account.enterpriseName");
    static final List<String> DEPARTMENT =
            List.of("department_full_name", "departmentFullName", "account.departmentFullName", "department");

    private static final int MAX_NESTING = 4;

    private CredentialMembers() {}

    /**
     * The objects that are searched, in this order: the file's own, then {@code auth}, {@code account},
     * {@code user_info}, and last {@code full_response} with what is nested in it.
     */
    static List<ObjectNode> places(ObjectNode root) {
        List<ObjectNode> places = new ArrayList<>();
        places.add(root);
        for (String name : List.of("auth", "account", "user_info")) {
            place(root, name).ifPresent(places::add);
        }
        addNested(root, MAX_NESTING, places);
        return List.copyOf(places);
    }

    private static void addNested(ObjectNode object, int depth, List<ObjectNode> places) {
        for (String name : List.of("full_response", "data")) {
            if (depth > 0) {
                place(object, name).ifPresent(place -> {
                    places.add(place);
                    addNested(place, depth - 1, places);
                });
            }
        }
    }

    private static Optional<ObjectNode> place(ObjectNode object, String name) {
        return object.get(name) instanceof ObjectNode place ? Optional.of(place) : Optional.empty();
    }
}
