package io.github.codebuddy2api.simulator;

/** One header line of a request or an answer, as it stands on the wire. Its {@code toString} hides the value. */
public record Header(String name, String value) {
    /** Refuses a line break, so that a header is one line. */
    public Header {
        if (name.isEmpty() || (name + value).chars().anyMatch(c -> c == '\r' || c == '\n')) {
            throw new IllegalArgumentException("a header needs a name and fits on one line");
        }
    }

    @Override
    public String toString() {
        return "Header[" + name + "]";
    }
}
