package io.github.codebuddy2api.filestore;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The files of use, one for each day in UTC: {@code usage.2026-11-22.jsonl}. */
final class UsageDays {
    private static final String PREFIX = "usage.";
    private static final String SUFFIX = ".jsonl";
    private static final int MAX_LINE = 4_096;

    private final Path directory;
    private final long mostInAll;

    /** @param mostInAll how many bytes all days together may have; the oldest go first */
    UsageDays(Path directory, long mostInAll) {
        this.directory = directory;
        this.mostInAll = mostInAll;
    }

    Path directory() {
        return directory;
    }

    /** Opens the day's file at its end, creating it for its owner alone; a line that was torn there is ended. */
    FileChannel open(LocalDate day) throws IOException {
        Path file = directory.resolve(PREFIX + day + SUFFIX);
        FileChannel channel = FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                Modes.ofNewFile());
        try {
            endTornLine(channel);
            return channel;
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    private static void endTornLine(FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer last = ByteBuffer.allocate(1);
        boolean torn = size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n';
        channel.position(size);
        if (torn) {
            write(channel, new byte[] {'\n'});
        }
    }

    static void write(SeekableByteChannel channel, byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** The days that have a file, the oldest first. */
    private NavigableMap<LocalDate, Path> days() throws IOException {
        NavigableMap<LocalDate, Path> days = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
            all.forEach(file -> day(file).ifPresent(day -> days.put(day, file)));
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
        return days;
    }

    private static Optional<LocalDate> day(Path file) {
        String name = String.valueOf(file.getFileName());
        if (!name.startsWith(PREFIX) || !name.endsWith(SUFFIX) || name.length() <= PREFIX.length() + SUFFIX.length()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(name.substring(PREFIX.length(), name.length() - SUFFIX.length())));
        } catch (DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    /** Removes the days before {@code first}, and the oldest ones while all together are too large. */
    void sweep(LocalDate first) throws IOException {
        NavigableMap<LocalDate, Path> days = days();
        long size = 0;
        for (Path file : days.values()) {
            size += Files.size(file);
        }
        while (!days.isEmpty() && (days.firstKey().isBefore(first) || (size > mostInAll && days.size() > 1))) {
            Path oldest = days.pollFirstEntry().getValue();
            size -= Files.size(oldest);
            Files.deleteIfExists(oldest);
        }
    }

    /** Hands over every line from {@code first} on, the oldest first; what is longer than a line can be is left out. */
    void lines(LocalDate first, Consumer<String> reader) throws IOException {
        for (Path file : days().tailMap(first, true).values()) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS))) {
                lines(in, reader);
            }
        }
    }

    private static void lines(InputStream in, Consumer<String> reader) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int length = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b != '\n') {
                length++;
                if (length <= MAX_LINE) {
                    line.write(b);
                }
                continue;
            }
            if (length <= MAX_LINE) {
                reader.accept(line.toString(StandardCharsets.UTF_8));
            }
            line.reset();
            length = 0;
        }
        if (length > 0 && length <= MAX_LINE) {
            reader.accept(line.toString(StandardCharsets.UTF_8));
        }
    }
}
