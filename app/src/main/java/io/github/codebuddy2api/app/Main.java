package io.github.codebuddy2api.app;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.spi.Time;
import io.github.codebuddy2api.filestore.ConfigException;
import io.github.codebuddy2api.filestore.CredentialImport;
import io.github.codebuddy2api.http.PasswordHash;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The command line. Exit codes: 0 done, 1 could not start or run, 2 not understood. */
public final class Main {
    private static final int FAILED = 1;
    private static final int NOT_UNDERSTOOD = 2;

    private static final Pattern SENDABLE = Pattern.compile("[!-~]([ -~]*[!-~])?");

    private final PrintStream out;
    private final PrintStream err;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs one command; {@code --help} lists them. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(new Main(out, err).run(List.of(arguments)));
    }

    private int run(List<String> arguments) {
        try {
            CommandLine line = CommandLine.parse(arguments);
            switch (line.command()) {
                case SERVE -> serve(line);
                case LOGIN -> {
                    return login(line);
                }
                case IMPORT -> {
                    return takeOver(line);
                }
                case DEMO -> demo(line);
                case HASH_PASSWORD -> hashPassword();
                case HEALTH -> {
                    return health(line);
                }
                case REHEARSE -> Rehearsal.run();
                case VERSION -> out.println("codebuddy2api " + Version.CURRENT);
                case HELP -> out.print(CommandLine.HELP);
            }
            return 0;
        } catch (CommandLine.UsageException notUnderstood) {
            err.println(notUnderstood.getMessage());
            return NOT_UNDERSTOOD;
        } catch (ConfigException | GatewayException.StoreFailed | IllegalStateException | IOException failure) {
            err.println("CodeBuddy2API could not start: " + failure.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        } finally {
            closed.countDown();
        }
    }

    private void serve(CommandLine line) throws InterruptedException {
        try (Service service = Service.start(line.home(), OptionalInt.empty())) {
            err.println("CodeBuddy2API listens on " + service.address());
            awaitStop();
        }
    }

    private void demo(CommandLine line) throws IOException, InterruptedException {
        try (Demo demo = Demo.start();
                Service service = startDemo(demo, line.port())) {
            out.print(welcome(service.address(), demo));
            awaitStop();
        }
    }

    /** The usual port if it is free, so that what was pasted yesterday works today. */
    private static Service startDemo(Demo demo, OptionalInt port) {
        if (port.isPresent()) {
            return Service.start(demo.home(), port);
        }
        try {
            return Service.start(demo.home(), OptionalInt.empty());
        } catch (IllegalStateException taken) {
            return Service.start(demo.home(), OptionalInt.of(0));
        }
    }

    private static String welcome(String address, Demo demo) {
        return """
                CodeBuddy2API is running against a pretend CodeBuddy. Nothing is kept; stop it with Ctrl-C.

                  Page       %1$s/   (with the same password)
                  Base URL   %1$s/v1
                  Password   %2$s   (the API key for clients)

                Try it:

                  curl -N %1$s/v1/chat/completions -H 'Authorization: Bearer %2$s' \\
                    -H 'Content-Type: application/json' \\
                    -d '{"model":"glm-5.2","stream":true,"messages":[{"role":"user","content":"Name one prime number."}]}'

                """.formatted(address, demo.password().reveal());
    }

    private int login(CommandLine line) throws InterruptedException {
        // Nobody counts it down: the process is told to stop instead.
        CountDownLatch never = new CountDownLatch(1);
        LoginCommand.Pause pause = length -> {
            boolean unused = never.await(length.toNanos(), TimeUnit.NANOSECONDS);
        };
        try (CommandGateway command = CommandGateway.open(line.home(), Time.system())) {
            Gateway gateway = command.gateway();
            LoginCommand login = new LoginCommand(
                    gateway.logins(), gateway.accounts(), gateway.credentials(), Terminal.of(out), pause);
            return login.run() ? 0 : FAILED;
        } catch (ConfigException | GatewayException failure) {
            err.println("Not logged in: " + failure.getMessage());
            return FAILED;
        }
    }

    private int takeOver(CommandLine line) {
        try (CommandGateway command = CommandGateway.open(line.home(), Time.system())) {
            ImportCommand take = new ImportCommand(command.gateway().credentials(), Terminal.of(out));
            CredentialImport.Part part = line.flags().contains(CommandLine.Flag.ACCESS_TOKEN_ONLY)
                    ? CredentialImport.Part.ACCESS_TOKEN
                    : CredentialImport.Part.ALL_TOKENS;
            boolean taken = take.run(line.imported(), part, line.flags().contains(CommandLine.Flag.YES));
            return taken ? 0 : FAILED;
        } catch (ConfigException | GatewayException | IOException failure) {
            err.println("Not imported: " + failure.getMessage());
            return FAILED;
        }
    }

    private int health(CommandLine line) {
        try {
            HealthCheck.ask(line.home());
            out.println("healthy");
            return 0;
        } catch (ConfigException | GatewayException.StoreFailed | IOException failure) {
            err.println("not healthy: " + failure.getMessage());
            return FAILED;
        }
    }

    /**
     * Until the process is told to stop. It ends when everything is closed, so running answers are drained first; told
     * once more, it ends at once.
     */
    private void awaitStop() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    SecondStop.endsAtOnce();
                    told.countDown();
                    awaitClosed();
                }));
        told.await();
    }

    private void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("SystemConsoleNull") // Null or not when input is piped: that differs from JDK to JDK.
    private void hashPassword() throws IOException {
        Console console = System.console();
        char[] password = console == null ? firstLine(System.in) : console.readPassword("Password: ");
        if (password == null || password.length == 0) {
            throw new IOException("no password was given");
        }
        if (!SENDABLE.matcher(CharBuffer.wrap(password)).matches()) {
            throw new IOException("clients can only send printable ASCII characters, without a blank at either end");
        }
        out.println(PasswordHash.create(password));
    }

    private static char @Nullable [] firstLine(InputStream in) throws IOException {
        String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        return line == null ? null : line.toCharArray();
    }
}
