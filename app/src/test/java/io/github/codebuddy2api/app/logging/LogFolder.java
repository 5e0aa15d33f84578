package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A log file in a folder of its own, at a time that is moved by hand, on a disk that can fill up. */
final class LogFolder {
    private final ManualTime time = new ManualTime();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final Disk disk = new Disk();
    private final Path folder;
    private Archivist archivist;
    private LogFile file;

    /** One that is never rotated. */
    LogFolder(Path folder) {
        this.folder = folder;
        begin("none", "none", "none");
    }

    ManualTime time() {
        return time;
    }

    /** What the archivist told. */
    List<String> troubles() {
        return troubles;
    }

    Path folder() {
        return folder;
    }

    LogFile file() {
        return file;
    }

    void spaceLeft(int bytes) {
        disk.spaceLeft = bytes;
    }

    private void begin(String rotation, String retention, String compression) {
        LogDirectory directory = new LogDirectory(folder, ZoneOffset.UTC);
        archivist = new Archivist(directory, time, troubles::add);
        archivist.start();
        file = new LogFile(directory, disk, archivist, time, settings(rotation, retention, compression));
    }

    void end() {
        file.close();
        archivist.close();
    }

    void restart(String rotation, String retention, String compression) {
        end();
        begin(rotation, retention, compression);
    }

    static LogSettings settings(String rotation, String retention, String compression) {
        try {
            return new LogSettings(
                    LogLevel.parse("INFO"),
                    RotationGrammar.parse(rotation),
                    Retention.parse(retention),
                    Compression.parse(compression));
        } catch (UnusableValueException e) {
            throw new AssertionError(e);
        }
    }

    void say(String message) {
        assertThat(write(message)).isEmpty();
    }

    Optional<String> write(String message) {
        String moment = LogLine.of("INFO", "x", "", LogLine.at(time.instant(), ZoneOffset.UTC))
                .substring(0, 30);
        return file.write((moment + " " + message + "\n").getBytes(StandardCharsets.UTF_8));
    }

    Path live() {
        return folder.resolve("codebuddy2api.log");
    }

    List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(found -> found.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    String unpacked(String name) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve(name)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A disk that can fill up in the middle of a line. */
    private static final class Disk implements LogFile.Opener {
        private int spaceLeft = Integer.MAX_VALUE;

        @Override
        public OutputStream open(Path path) throws IOException {
            OutputStream real = LogDirectory.open(path);
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    int fits = Math.min(length, spaceLeft);
                    real.write(bytes, from, fits);
                    spaceLeft -= fits;
                    if (fits < length) {
                        throw new IOException("No space left on device");
                    }
                }

                @Override
                public void close() throws IOException {
                    real.close();
                }
            };
        }
    }
}
