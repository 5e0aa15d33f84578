package io.github.codebuddy2api.acceptance;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A service whose settings and credentials are on small file systems of their own, which only it can see. Faults come and go while it runs. Needs
 * the right to mount, and {@code strace} for one of the faults.
 */
final class FaultyDisk implements AutoCloseable {
    private static final int SIZE = 1 << 20;
    private static final List<String> FOLDERS = List.of("config", ".codebuddy_creds");

    private final ServiceUnderTest service;
    private final Path home;
    private final String pid;

    private FaultyDisk(ServiceUnderTest service) {
        this.service = service;
        this.pid = Long.toString(service.process().pid());
        this.home = Path.of("/proc", pid, "root", service.home().folder().toString());
    }

    /** What may be wrong with a disk. */
    enum Fault {
        FULL,
        READ_ONLY,
        SYNC_FAILS
    }

    /** Something that ends a fault. */
    interface Cure {
        void apply() throws Exception;
    }

    /** Whether this machine lets us mount something, for ourselves alone, and trace what we start. */
    static boolean isPossible() {
        return isDone("unshare", "-m", "true") && isDone("strace", "-o", "/dev/null", "true");
    }

    /** Starts the service; what is in the home is copied there before. */
    static FaultyDisk start(AppHome home) throws Exception {
        String script = "set -e; for folder in " + String.join(" ", FOLDERS) + "; do cp -a \"$0/$folder\" \"$0/copy\";"
                + " mount -t tmpfs -o size=" + SIZE
                + ",mode=700 tmpfs \"$0/$folder\"; cp -a \"$0/copy/.\" \"$0/$folder\";"
                + " rm -r \"$0/copy\"; done; exec \"$@\"";
        return new FaultyDisk(ServiceUnderTest.startBehind(
                List.of("unshare", "-m", "sh", "-c", script, home.folder().toString()), home));
    }

    ServiceUnderTest service() {
        return service;
    }

    Cure begin(Fault fault) throws Exception {
        return switch (fault) {
            case FULL -> fill();
            case READ_ONLY -> {
                remount("ro");
                yield () -> remount("rw");
            }
            case SYNC_FAILS -> failToSync();
        };
    }

    private Cure fill() throws IOException {
        byte[] block = new byte[4096];
        for (String folder : FOLDERS) {
            try (OutputStream out = Files.newOutputStream(home.resolve(folder).resolve("filler"))) {
                for (int written = 0; written <= SIZE; written += block.length) {
                    out.write(block);
                }
                throw new AssertionError("it is larger than it should be");
            } catch (IOException full) {
                // As it should be.
            }
        }
        return () -> {
            for (String folder : FOLDERS) {
                Files.delete(home.resolve(folder).resolve("filler"));
            }
        };
    }

    /** That of the credentials alone: beside the settings a lock is kept open, so the system refuses it there. */
    private void remount(String how) throws IOException {
        String folder = service.home().folder().resolve(".codebuddy_creds").toString();
        if (!isDone("nsenter", "-t", pid, "-m", "mount", "-o", "remount," + how, folder)) {
            throw new IOException("cannot be mounted again: " + how);
        }
    }

    private Cure failToSync() throws IOException {
        Process strace = new ProcessBuilder(
                        "strace",
                        "-f",
                        "-o",
                        "/dev/null",
                        "-e",
                        "trace=fsync,fdatasync",
                        "-e",
                        "inject=fsync,fdatasync:error=EIO",
                        "-p",
                        pid)
                .start();
        String line = strace.errorReader(StandardCharsets.UTF_8).readLine();
        if (line == null || !line.contains("attached")) {
            throw new IOException("cannot be traced: " + line);
        }
        return () -> {
            strace.destroy();
            strace.waitFor();
        };
    }

    /** What is on the disk of the settings, the credentials and the owner's choices: names and contents. */
    String content() throws IOException {
        TreeMap<String, String> all = new TreeMap<>();
        List<Path> files = new ArrayList<>();
        for (String folder : FOLDERS) {
            try (Stream<Path> entries = Files.list(home.resolve(folder))) {
                entries.filter(Files::isRegularFile).forEach(files::add);
            }
        }
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            if (name.equals("config.yaml") || name.endsWith(".json")) {
                all.put(name, Files.readString(file));
            }
        }
        return all.toString();
    }

    private static boolean isDone(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
