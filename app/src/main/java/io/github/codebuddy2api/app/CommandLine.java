package io.github.codebuddy2api.app;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param command what to do
 * @param home the app home: the folder that holds {@code config/} and, unless configured otherwise, the credentials
 * @param port for the demo alone, which has no configuration of its own
 * @param file what to import; null for every other command
 * @param flags what else was said
 */
record CommandLine(
        Command command,
        Path home,
        OptionalInt port,
        @Nullable Path file,
        Set<Flag> flags) {
    static final String HELP = """
            Usage: codebuddy2api [COMMAND] [--home DIR]

            Commands:
              serve          start the service with DIR/config/config.yaml (the default)
              login          log a CodeBuddy account in and store it in DIR; works while the service runs
              import FILE    store the account of a file that another program wrote, once
              demo           start the service against a built-in pretend CodeBuddy; nothing is kept
              simulate       start the pretend CodeBuddy alone; see simulate --help
              hash-password  turn a password into a form that can stand in config.yaml
              health         ask the running service of DIR how it is; exit status 0 if it answers

            Options:
              --home DIR     the folder that holds config/ and the credentials
              --port N       demo: listen on this port, 0 for any free one
              --access-token-only
                             import: leave the refresh token to the program that wrote the file
              --yes          import: do not ask
              --version      print the version
              --help         print this
            """;

    enum Command {
        SERVE,
        LOGIN,
        IMPORT,
        DEMO,
        HASH_PASSWORD,
        HEALTH,
        /** For the builders of AOT caches alone, so not in the help. */
        REHEARSE,
        VERSION,
        HELP
    }

    /** What belongs to {@code import} alone. */
    enum Flag {
        ACCESS_TOKEN_ONLY,
        YES
    }

    /** A command line that cannot be understood. The message says why. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message + "\nSee codebuddy2api --help.");
        }
    }

    CommandLine {
        flags = Set.copyOf(flags);
    }

    /** What to import. */
    Path imported() {
        return Objects.requireNonNull(file, "only import has a file");
    }

    static CommandLine parse(List<String> arguments) throws UsageException {
        return new Reader(arguments).read();
    }

    /** Reads the words one after another. */
    private static final class Reader {
        private final Deque<String> rest;
        private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
        private @Nullable Command command;
        private @Nullable Path home;
        private Path fallback = Path.of("");
        private @Nullable Path file;
        private OptionalInt port = OptionalInt.empty();

        Reader(List<String> arguments) {
            rest = new ArrayDeque<>(arguments);
        }

        CommandLine read() throws UsageException {
            while (!rest.isEmpty()) {
                read(rest.pop());
            }
            Command chosen = command == null ? Command.SERVE : command;
            if (port.isPresent() && chosen != Command.DEMO) {
                throw new UsageException("--port belongs to demo; the service listens where config/config.yaml says");
            }
            if (!flags.isEmpty() && chosen != Command.IMPORT) {
                throw new UsageException("--access-token-only and --yes belong to import");
            }
            if (chosen == Command.IMPORT && file == null) {
                throw new UsageException("import needs the file to take over");
            }
            Path place = home == null ? fallback : home;
            return new CommandLine(chosen, place.toAbsolutePath().normalize(), port, file, flags);
        }

        private void read(String argument) throws UsageException {
            switch (argument) {
                case "--home" -> home = Path.of(valueOf(argument));
                // What the launcher says, so that the home does not depend on where it was called.
                case "--default-home" -> fallback = Path.of(valueOf(argument));
                case "--port" -> port = OptionalInt.of(portOf(valueOf(argument)));
                case "--access-token-only" -> flags.add(Flag.ACCESS_TOKEN_ONLY);
                case "--yes" -> flags.add(Flag.YES);
                case "serve" -> choose(Command.SERVE);
                case "login" -> choose(Command.LOGIN);
                case "import" -> choose(Command.IMPORT);
                case "demo" -> choose(Command.DEMO);
                case "hash-password" -> choose(Command.HASH_PASSWORD);
                case "health" -> choose(Command.HEALTH);
                case "rehearse" -> choose(Command.REHEARSE);
                case "--version" -> choose(Command.VERSION);
                case "--help", "-h", "help" -> choose(Command.HELP);
                default -> takeFile(argument);
            }
        }

        private void choose(Command chosen) throws UsageException {
            if (command != null) {
                throw new UsageException("One command at a time");
            }
            command = chosen;
        }

        private void takeFile(String argument) throws UsageException {
            if (command != Command.IMPORT || file != null || argument.startsWith("-") || argument.isEmpty()) {
                throw new UsageException("Unknown argument: " + argument);
            }
            file = Path.of(argument).toAbsolutePath();
        }

        private String valueOf(String option) throws UsageException {
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
}
