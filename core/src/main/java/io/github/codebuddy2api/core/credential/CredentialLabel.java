package io.github.codebuddy2api.core.credential;

import java.util.Optional;

/**
 * What its owner calls a credential, such as {@code Work}. It says nothing to the upstream, and is not printed, because
 * it may be a person's name.
 *
 * @param value one line of 1 to {@value #MAX_LENGTH} visible characters, without blanks around it; what joins or
 *     parts characters without being seen may be among them, but not alone
 */
public record CredentialLabel(String value) {
    /** The longest label, in characters. */
    public static final int MAX_LENGTH = 64;

    public CredentialLabel {
        boolean oneLine = value.codePoints().noneMatch(CredentialLabel::isUnfit);
        int length = value.codePointCount(0, value.length());
        boolean isSeen = value.codePoints().anyMatch(CredentialLabel::isVisible);
        if (!oneLine || !isSeen || length < 1 || length > MAX_LENGTH || !value.equals(value.strip())) {
            throw new IllegalArgumentException("a label is one line of 1 to " + MAX_LENGTH + " characters");
        }
    }

    /** The label that {@code text} makes without the blanks around it; empty if it cannot be one. */
    public static Optional<CredentialLabel> of(String text) {
        try {
            return Optional.of(new CredentialLabel(text.strip()));
        } catch (IllegalArgumentException unfit) {
            return Optional.empty();
        }
    }

    /** Whatever breaks a line, is half a character, or turns the direction of the text that follows. */
    private static boolean isUnfit(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || isTurn(c);
    }

    /** Whether a person sees something of it; a soft hyphen is of the same kind as what only joins or parts. */
    private static boolean isVisible(int c) {
        return Character.getType(c) != Character.FORMAT && !Character.isWhitespace(c) && !Character.isSpaceChar(c);
    }

    private static boolean isTurn(int c) {
        return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }

    @Override
    public String toString() {
        return "CredentialLabel[" + value.length() + " characters]";
    }
}
