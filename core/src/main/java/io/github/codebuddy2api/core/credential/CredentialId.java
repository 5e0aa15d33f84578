package io.github.codebuddy2api.core.credential;

/**
 * Names one credential for as long as it is stored; never a position in a list. Safe to log.
 *
 * @param value 1 to 64 characters, chosen by the store
 */
public record CredentialId(String value) implements Comparable<CredentialId> {
    private static final int MAX_LENGTH = 64;

    public CredentialId {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a credential id has 1 to " + MAX_LENGTH + " characters");
        }
    }

    @Override
    public int compareTo(CredentialId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
