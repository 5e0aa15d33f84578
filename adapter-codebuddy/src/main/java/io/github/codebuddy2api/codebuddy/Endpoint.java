package io.github.codebuddy2api.codebuddy;

/** The calls of the upstream that we make, with the paths that the protocol sheet knows. */
public enum Endpoint {
    /** A chat completion (4.1). */
    CHAT("/v2/chat/completions"),
    /** Begins a login (2.2). */
    LOGIN_START("/v2/plugin/auth/state"),
    /** Asks whether the person has signed in (2.3). */
    LOGIN_TOKEN("/v2/plugin/auth/token"),
    /** The account that signed in (2.5). */
    LOGIN_ACCOUNT("/v2/plugin/login/account"),
    /** The accounts a person may act for (2.6). */
    ACCOUNTS("/v2/plugin/accounts"),
    /** Switches to the personal account; an enterprise's id follows the path (2.7). */
    SWITCH_ACCOUNT("/v2/plugin/login/enterprise"),
    /** New tokens for a refresh token (3). */
    REFRESH("/v2/plugin/auth/token/refresh"),
    /** The models on offer (7.1). */
    MODELS("/v3/config"),
    /** What a person has left (8.1). */
    QUOTA("/v2/billing/meter/get-user-resource"),
    /** What a member of an enterprise has left (8.2). */
    ENTERPRISE_QUOTA("/v2/billing/meter/get-enterprise-user-usage"),
    /** Whether today's check-in can be claimed (8.4). */
    CHECK_IN_STATUS("/v2/billing/meter/checkin-activity-status"),
    /** Claims today's check-in (8.4). */
    CHECK_IN("/v2/billing/meter/daily-checkin");

    private final String path;

    Endpoint(String path) {
        this.path = path;
    }

    /** The path at the upstream, unless it is configured otherwise. */
    public String path() {
        return path;
    }
}
