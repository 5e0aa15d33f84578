package io.github.codebuddy2api.core.login;

/** Why the upstream refuses a login, in words a person can act on (protocol sheet, 2.3). */
public enum LoginRefusal {
    /** Code 12005. */
    NO_FREE_SEAT("login_no_free_seat", "Your enterprise has no free seat: ask its administrator for one."),
    /** Code 11212. */
    LICENCE_EXPIRED("login_licence_expired", "The licence of your enterprise has expired: ask its administrator."),
    /** Code 11216. */
    TRIAL_EXPIRED(
            "login_trial_expired", "Your trial has expired: buy a plan on the CodeBuddy site, then log in again."),
    /** Code 10081. */
    ADDRESS_NOT_ALLOWED(
            "login_address_not_allowed",
            "Your enterprise does not allow this server's network address: ask its administrator to allow it."),
    /** Any other answer. */
    UNKNOWN("login_refused", "CodeBuddy refused the login for a reason it did not name: log in again.");

    private final String code;
    private final String message;

    LoginRefusal(String code, String message) {
        this.code = code;
        this.message = message;
    }

    /** A stable word for programs. */
    public String code() {
        return code;
    }

    /** One or two sentences for the person who logs in. */
    public String message() {
        return message;
    }
}
