package io.github.codebuddy2api.core.chat;

/**
 * Who speaks in a message. An open set: the upstream may know more words than we do.
 *
 * @param value the word as JSON has it
 */
public record Role(String value) {
    public static final Role SYSTEM = new Role("system");
    public static final Role DEVELOPER = new Role("developer");
    public static final Role USER = new Role("user");
    public static final Role ASSISTANT = new Role("assistant");
    public static final Role TOOL = new Role("tool");

    public Role {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a role must not be empty");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
