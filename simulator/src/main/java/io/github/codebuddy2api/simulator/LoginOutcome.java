package io.github.codebuddy2api.simulator;

/** What a person can make of a login at the simulated login page. */
public enum LoginOutcome {
    /** Logs in alone. */
    PERSONAL(0, "Log in as a person"),
    /** Logs in as a member of the enterprise {@code ent-1}. */
    ENTERPRISE(0, "Log in as a member of an enterprise"),
    /** The enterprise has no free seat. */
    NO_SEAT(12005, "Fail: no free seat"),
    /** The licence has expired. */
    LICENCE_EXPIRED(11212, "Fail: licence expired"),
    /** The trial has expired. */
    TRIAL_EXPIRED(11216, "Fail: trial expired"),
    /** The address is not allowed. */
    ADDRESS_REFUSED(10081, "Fail: address not allowed");

    private final int code;
    private final String label;

    LoginOutcome(int code, String label) {
        this.code = code;
        this.label = label;
    }

    int code() {
        return code;
    }

    String label() {
        return label;
    }
}
