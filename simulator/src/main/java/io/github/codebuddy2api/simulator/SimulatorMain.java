package io.github.codebuddy2api.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Runs a simulator until it is stopped; the demo and tests in other languages use it. */
public final class SimulatorMain {
    private static final String HELP = """
            A pretend CodeBuddy on a loopback port.

              --port N               the port; 0, the default, for any free one
              --site SITE            china (default) or international
              --script FILE          scenarios by model or path; the language is in simulator/README.md
              --pace-ms N            time between two events of an ordinary answer; default 30
              --login-after N        a login succeeds by itself at the poll after N; default: only at its page
              --strict-tokens        refuse access tokens that were not issued here
              --ready-file FILE      write the base address to FILE when listening
              --until-stdin-closes   end when standard input ends
              --help                 this

            Prints the base address as one line when it listens. A chat request names a model such as glm-5.2, or
            a trigger such as sim-14018; GET /simulator/journal tells what was received.
            """;

    private Options options =
            Options.defaults().withPendingPolls(Options.BY_HAND).withAnswerPace(Duration.ofMillis(30));
    private String script = "";
    private String readyFile = "";
    private boolean untilStdinCloses;

    private SimulatorMain() {}

    /** Starts it; ends with status 2 and a sentence if the arguments cannot be understood or the start fails. */
    public static void main(String[] arguments) throws InterruptedException {
        if (List.of(arguments).contains("--help")) {
            System.out.print(HELP);
            return;
        }
        try {
            SimulatorMain main = new SimulatorMain();
            main.read(arguments);
            main.run();
        } catch (IOException | IllegalArgumentException wrong) {
            System.err.println("simulator: " + wrong.getMessage() + " (--help tells the options)");
            System.exit(2);
        }
    }

    private void read(String[] arguments) {
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        while (!rest.isEmpty()) {
            String option = rest.removeFirst();
            switch (option) {
                case "--until-stdin-closes" -> untilStdinCloses = true;
                case "--strict-tokens" -> options = options.withStrictTokens(true);
                case "--port" -> options = options.withPort(number(option, rest));
                case "--pace-ms" -> options = options.withAnswerPace(Duration.ofMillis(number(option, rest)));
                case "--login-after" -> options = options.withPendingPolls(number(option, rest));
                case "--site" -> options = options.withSite(site(value(option, rest)));
                case "--script" -> script = value(option, rest);
                case "--ready-file" -> readyFile = value(option, rest);
                default -> throw new IllegalArgumentException("there is no option " + option);
            }
        }
    }

    private void run() throws IOException, InterruptedException {
        try (SimulatedCodeBuddy simulator = SimulatedCodeBuddy.start(options)) {
            if (!script.isEmpty()) {
                simulator.script(Files.readString(Path.of(script)));
            }
            if (!readyFile.isEmpty()) {
                announce(Path.of(readyFile), simulator.uri().toString());
            }
            System.out.println(simulator.uri());
            if (untilStdinCloses) {
                System.in.transferTo(OutputStream.nullOutputStream());
            } else {
                new CountDownLatch(1).await();
            }
        }
    }

    /** Written beside and renamed, so that whoever sees the file sees the whole address. */
    private static void announce(Path file, String address) throws IOException {
        Path beside = Path.of(file + ".tmp");
        Files.writeString(beside, address + "\n", StandardCharsets.UTF_8);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.removeFirst();
    }

    private static int number(String option, Deque<String> rest) {
        String value = value(option, rest);
        if (!value.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(option + " needs a number");
        }
        return Integer.parseInt(value);
    }

    private static Site site(String name) {
        return switch (name) {
            case "china" -> Site.CHINA;
            case "international" -> Site.INTERNATIONAL;
            default -> throw new IllegalArgumentException("--site is china or international");
        };
    }
}
