package io.github.codebuddy2api.filestore;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code strace} at one thread of another program: it writes down the thread's system calls, and can kill the program as
 * the thread begins one of them.
 */
final class Tracer implements AutoCloseable {
    private static final Pattern CALL = Pattern.compile("([a-z_][a-z0-9_]*)\\((.*)");

    private final Process process;
    private final Path log;

    private Tracer(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** There is no strace, or it may not do this here. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String reason) {
            super(reason);
        }
    }

    /**
     * A system call of a thread.
     *
     * @param nth which call of this name it is, from 1 on
     * @param rest its arguments and what came of it
     */
    record Call(String name, int nth, String rest) {
        /** Whether it changes something on the disk, or makes a change last. */
        boolean isChange() {
            return switch (name) {
                case "open", "openat" -> rest.contains("O_CREAT");
                case "write", "pwrite64", "fsync", "fdatasync", "ftruncate" -> true;
                default -> name.matches("(rename|link|unlink|mkdir|rmdir|chmod|fchmod|symlink).*");
            };
        }
    }

    /** Only watches. */
    static Tracer watch(String thread, Path log) throws Refused {
        return attach(List.of("strace", "-s", "8", "-o", log.toString(), "-p", thread), log);
    }

    /** Kills when the call is about to be made. */
    static Tracer killAt(Call call, String thread, Path log) throws Refused {
        String when = "inject=" + call.name() + ":signal=SIGKILL:when=" + call.nth();
        return attach(
                List.of("strace", "-s", "8", "-o", log.toString(), "-e", "trace=all", "-e", when, "-p", thread), log);
    }

    private static Tracer attach(List<String> command, Path log) throws Refused {
        Process process;
        String line;
        try {
            process = new ProcessBuilder(command).start();
            BufferedReader said = process.errorReader(StandardCharsets.UTF_8);
            line = said.readLine();
        } catch (IOException missing) {
            throw new Refused("there is no strace on this machine");
        }
        if (line == null || !line.contains("attached")) {
            process.destroyForcibly();
            throw new Refused("strace may not trace another program on this machine: " + line);
        }
        return new Tracer(process, log);
    }

    /** What the thread has called, in order, when it has ended. */
    List<Call> calls() throws IOException, InterruptedException {
        process.waitFor();
        Map<String, Integer> counts = new HashMap<>();
        List<Call> calls = new ArrayList<>();
        for (String line : Files.readAllLines(log, StandardCharsets.ISO_8859_1)) {
            Matcher call = CALL.matcher(line);
            if (call.lookingAt()) {
                String name = call.group(1);
                calls.add(new Call(name, counts.merge(name, 1, Integer::sum), call.group(2)));
            }
        }
        return calls;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
