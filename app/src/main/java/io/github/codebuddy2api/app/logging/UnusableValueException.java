package io.github.codebuddy2api.app.logging;

import io.github.codebuddy2api.filestore.ConfigProblem;

/** A text that cannot be meant as a setting. Says why and what to write instead. */
final class UnusableValueException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MAX_SHOWN = 60;

    private final String cure;

    UnusableValueException(String reason, String cure) {
        super(reason);
        this.cure = cure;
    }

    /** The problem as a person is told of it. The settings of the log are no secrets, so the value is shown. */
    ConfigProblem problem(String key, String value) {
        String shown = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "..." : value;
        return new ConfigProblem(0, 0, key, "cannot be \"" + LogText.escaped(shown) + "\": " + getMessage(), cure);
    }
}
