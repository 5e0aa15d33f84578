package io.github.codebuddy2api.app;

import io.github.codebuddy2api.app.logging.LogText;
import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The person at the command line. */
interface Terminal {
    /** Shows a line. What comes from elsewhere must be {@link #harmless} first. */
    void say(String line);

    /**
     * Asks, and waits for a line.
     *
     * @return the line without blanks around it; empty if nobody is there to answer
     */
    Optional<String> ask(String question);

    /** A word from elsewhere without anything that could drive the terminal. */
    static String harmless(String word) {
        return LogText.escaped(word.strip());
    }

    /** The terminal this process was started from, which may be none. */
    @SuppressWarnings("SystemConsoleNull") // Null or not when input is piped: that differs from JDK to JDK.
    static Terminal of(PrintStream out) {
        @Nullable Console console = System.console();
        return new Terminal() {
            @Override
            public void say(String line) {
                out.println(line);
            }

            @Override
            public Optional<String> ask(String question) {
                if (console == null) {
                    return Optional.empty();
                }
                return Optional.ofNullable(console.readLine("%s", question)).map(String::strip);
            }
        };
    }
}
