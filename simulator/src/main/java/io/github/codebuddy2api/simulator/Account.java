package io.github.codebuddy2api.simulator;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Somebody who can log in, alone or as a member of an enterprise. */
record Account(String uid, String nickname, String enterpriseId) {
    /** The enterprise everybody may switch to. */
    static final String ENTERPRISE = "ent-1";

    /** The enterprise that refuses every address. */
    static final String BLOCKED_ENTERPRISE = "ent-blocked";

    /** The account without an enterprise of a person of that name; the same name gives the same account. */
    static Account personal(String nickname) {
        UUID uid = UUID.nameUUIDFromBytes(("simulated " + nickname).getBytes(StandardCharsets.UTF_8));
        return new Account(uid.toString(), nickname, "");
    }

    Account in(String otherEnterpriseId) {
        return new Account(uid, nickname, otherEnterpriseId);
    }

    Json json(boolean pluginEnabled, boolean lastLogin) {
        boolean personal = enterpriseId.isEmpty();
        return Json.object(
                "uid", uid,
                "nickname", nickname,
                "type", personal ? "personal" : "ultimate",
                "idp", "wechat",
                "pluginEnabled", pluginEnabled,
                "lastLogin", lastLogin,
                "enterpriseId", enterpriseId,
                "enterpriseName", personal ? "" : "Simulated " + enterpriseId,
                "departmentFullName", personal ? "" : "Simulated/Tests & Röntgen");
    }

    @Override
    public String toString() {
        return "Account[" + (enterpriseId.isEmpty() ? "personal" : "enterprise") + "]";
    }
}
