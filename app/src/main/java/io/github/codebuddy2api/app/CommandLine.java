package io.github.codebuddy2api.app;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param command what to do
 * @param home the app home: the folder that holds {@code config/} and, unless configured otherwise, the credentials
 * @param port for the demo alone, which has no configuration of its own
 */
record CommandLine(Command command, Path home, OptionalInt port) {
    static final String HELP = """
            Usage: codebuddy2api [COMMAND] [--home DIR]

            Commands:
              serve          start the service with DIR/config/config.yaml (the default)
              demo           start the service against a built-in pretend CodeBuddy; nothing is kept
              simulate       start the pretend CodeBuddy alone; see simulate --help
              hash-password  turn a password into a form that can stand in config.yaml
              health         ask the running service of DIR how it is; exit status 0 if it answers

            Options:
              --home DIR     the folder that holds config/ and the credentials
              --port N       demo: listen on this port, 0 for any free one
              --version      print the version
              --help         print this
            """;

    enum Command {
        SERVE,
        DEMO,
        HASH_PASSWORD,
        HEALTH,
        /** For the builders of AOT caches alone, so not in the help. */
        REHEARSE,
        VERSION,
        HELP
    }

    /** A command line that cannot be understood. The message says why. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message + "\nSee codebuddy2api --help.");
        }
    }

    static CommandLine parse(List<String> arguments) throws UsageException {
        Deque<String> rest = new ArrayDeque<>(arguments);
        Command command = null;
        Path home = Path.of("");
        boolean homeGiven = false;
        OptionalInt port = OptionalInt.empty();
        while (!rest.isEmpty()) {
            String argument = rest.pop();
            switch (argument) {
                case "--home" -> {
                    home = Path.of(valueOf(argument, rest));
                    homeGiven = true;
                }
                // What the launcher says, so that the home does not depend on where it was called.
                case "--default-home" -> {
                    Path fallback = Path.of(valueOf(argument, rest));
                    home = homeGiven ? home : fallback;
                }
                case "--port" -> port = OptionalInt.of(portOf(valueOf(argument, rest)));
                case "serve" -> command = once(command, Command.SERVE);
                case "demo" -> command = once(command, Command.DEMO);
                case "hash-password" -> command = once(command, Command.HASH_PASSWORD);
                case "health" -> command = once(command, Command.HEALTH);
                case "rehearse" -> command = once(command, Command.REHEARSE);
                case "--version" -> command = once(command, Command.VERSION);
                case "--help", "-h", "help" -> command = once(command, Command.HELP);
                default -> throw new UsageException("Unknown argument: " + argument);
            }
        }
        Command chosen = command == null ? Command.SERVE : command;
        if (port.isPresent() && chosen != Command.DEMO) {
            throw new UsageException("--port belongs to demo; the service listens where config/config.yaml says");
        }
        return new CommandLine(chosen, home.toAbsolutePath().normalize(), port);
    }

    private static Command once(@Nullable Command before, Command now) throws UsageException {
        if (before != null) {
            throw new UsageException("One command at a time");
        }
        return now;
    }

    private static String valueOf(String option, Deque<String> rest) throws UsageException {
        if (rest.isEmpty() || rest.peek().isEmpty()) {
            throw new UsageException(option + " needs a value");
        }
        return rest.pop();
    }

    private static int portOf(String text) throws UsageException {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw new UsageException("--port is a number from 0 to 65535, not " + text);
    }
}
