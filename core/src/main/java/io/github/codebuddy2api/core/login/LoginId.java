package io.github.codebuddy2api.core.login;

/**
 * Names a login under way; whoever knows it may ask how it stands. It is made up by us and tells nothing of the
 * upstream's own state. Print it only to the person who logs in.
 *
 * @param value what is handed out
 */
public record LoginId(String value) {
    private static final int MAX_LENGTH = 128;

    public LoginId {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a login's id has 1 to " + MAX_LENGTH + " characters");
        }
    }

    @Override
    public String toString() {
        return "LoginId[" + value.length() + " characters]";
    }
}
