package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.core.credential.Account;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The upstream's account objects (protocol sheet, 2.5 and 2.6). Pure. */
final class AccountReply {
    /** Nobody acts for more accounts than this. */
    static final int MAX_ACCOUNTS = 1000;

    private static final String PERSONAL = "personal";

    private AccountReply() {}

    /**
     * The account an object tells of, or null if it lacks the id.
     *
     * @param known what is known already, and kept where the object says nothing
     */
    static @Nullable Account of(JsonNode object, Account known) {
        String uid = ReplyFields.text(object, "uid");
        if (uid == null) {
            return null;
        }
        String email = ReplyFields.text(object, "email");
        String name = ReplyFields.text(object, "nickname");
        boolean personal = PERSONAL.equals(ReplyFields.text(object, "type"));
        String named = ReplyFields.text(object, "enterpriseId");
        String enterprise = personal ? null : named == null ? known.enterpriseId() : named;
        // What is left of an enterprise on a personal account would bill it for the next chat (2.7).
        return new Account(
                uid,
                known.userId() == null ? uid : known.userId(),
                email == null ? known.email() : email,
                name == null ? known.name() : name,
                known.domain(),
                enterprise,
                enterprise == null ? null : ReplyFields.text(object, "enterpriseName"),
                enterprise == null ? null : ReplyFields.text(object, "departmentFullName"));
    }

    /** Those of a list that may be used; {@code asking} is the one that asked. */
    static List<Account> usable(JsonNode data, Account asking) {
        Account known =
                new Account(null, asking.userId(), asking.email(), asking.name(), asking.domain(), null, null, null);
        List<Account> usable = new ArrayList<>();
        for (JsonNode object : data.path("accounts")) {
            Account account = ReplyFields.isTrue(object, "pluginEnabled") ? of(object, known) : null;
            if (account != null && usable.size() < MAX_ACCOUNTS) {
                usable.add(account);
            }
        }
        return usable;
    }
}
