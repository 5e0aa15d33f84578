package io.github.codebuddy2api.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** A run of the packaged program. Its output is collected; the process ends with this object. */
final class ServiceProcess implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Process process;
    private final Thread endedWithUs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<Thread> readers = new ArrayList<>();

    // Guarded by the lock.
    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();
    private int openOutputs = 2;

    private ServiceProcess(Process process) {
        this.process = process;
        this.endedWithUs = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(endedWithUs);
        readers.add(Thread.ofVirtual().start(() -> collect(process.inputReader(StandardCharsets.UTF_8), out)));
        readers.add(Thread.ofVirtual().start(() -> collect(process.errorReader(StandardCharsets.UTF_8), err)));
    }

    /** Starts the program in the home's folder, so that nothing it writes lands elsewhere. */
    static ServiceProcess start(AppHome home, List<String> environment, String... arguments) throws IOException {
        return start(home, environment, Packaged.command(arguments));
    }

    /** The same with a command line that runs the program in its own way. */
    static ServiceProcess start(AppHome home, List<String> environment, List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(home.folder().toFile());
        for (String variable : environment) {
            String[] nameAndValue = variable.split("=", 2);
            builder.environment().put(nameAndValue[0], nameAndValue[1]);
        }
        return new ServiceProcess(builder.start());
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Writes to its standard input and ends it. */
    void input(String text) throws IOException {
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(text);
        }
    }

    /** Waits for a line of either output. */
    void awaitLine(String what, Predicate<String> line, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (out.stream().noneMatch(line) && err.stream().noneMatch(line)) {
                if (openOutputs == 0) {
                    throw new Ended("ended before " + what + ":\n" + everything());
                }
                if (left <= 0) {
                    throw new AssertionError("waited in vain for " + what + ":\n" + everything());
                }
                left = more.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the program has ended by itself, and returns its exit code. */
    int awaitExit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running:\n" + output());
        }
        for (Thread reader : readers) {
            reader.join();
        }
        return process.exitValue();
    }

    /** Both outputs so far, standard output first. */
    String output() {
        lock.lock();
        try {
            return everything();
        } finally {
            lock.unlock();
        }
    }

    String standardOutput() {
        lock.lock();
        try {
            return String.join("\n", out);
        } finally {
            lock.unlock();
        }
    }

    String standardError() {
        lock.lock();
        try {
            return String.join("\n", err);
        } finally {
            lock.unlock();
        }
    }

    /** Ends it at once, as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
    }

    /** Sends SIGTERM and does not wait. */
    void askToStop() {
        process.destroy();
    }

    /** Asks it to stop as a supervisor does, and returns its exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        return awaitExit(STOP_LIMIT);
    }

    @Override
    public void close() {
        try {
            process.destroy();
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not stop when it was asked to:\n" + output());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().removeShutdownHook(endedWithUs);
        }
    }

    private String everything() {
        return String.join("\n", out) + "\n" + String.join("\n", err);
    }

    private void collect(BufferedReader lines, List<String> into) {
        try (lines) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                told(into, line);
            }
        } catch (IOException e) {
            told(into, "(output lost: " + e + ")");
        } finally {
            lock.lock();
            try {
                openOutputs--;
                more.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void told(List<String> into, String line) {
        lock.lock();
        try {
            into.add(line);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The program ended although it should have gone on. */
    static final class Ended extends AssertionError {
        private static final long serialVersionUID = 1L;

        Ended(String message) {
            super(message);
        }
    }
}
