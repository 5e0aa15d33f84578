package io.github.codebuddy2api.filestore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The real disk below a folder, which keeps account of every step. Forcing is noted and not done: the power is lost in
 * thought alone.
 */
final class RecordingDisk implements Disk {
    private final Disk disk = new LocalDisk();
    private final Path top;
    private final boolean forgetful;
    private final Map<Path, Integer> names = new HashMap<>();
    private final Map<FileChannel, Integer> open = new HashMap<>();
    private final Map<Integer, byte[]> contents = new HashMap<>();
    private final CrashHistory history;
    private int files;

    /**
     * What is there now is safe.
     *
     * @param forgetful whether the content of a file is never safe, whatever is asked
     */
    RecordingDisk(Path top, boolean forgetful) throws IOException {
        this.top = top;
        this.forgetful = forgetful;
        Map<Object, Integer> known = new HashMap<>();
        try (Stream<Path> entries = Files.walk(top)) {
            for (Path entry : entries.filter(any -> !any.equals(top)).toList()) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    names.put(inside(entry), CrashHistory.DIRECTORY);
                    continue;
                }
                Object key = FileStamp.of(entry).key();
                int file = known.computeIfAbsent(key == null ? entry : key, first -> files++);
                names.put(inside(entry), file);
                contents.put(file, Files.readAllBytes(entry));
            }
        }
        this.history = new CrashHistory(names, contents);
    }

    CrashHistory history() {
        return history;
    }

    private Path inside(Path file) {
        return top.relativize(file);
    }

    /** Directories are made without this disk; here they are noticed. */
    private void notice(Path directory) {
        if (directory.equals(top) || !directory.startsWith(top) || names.containsKey(inside(directory))) {
            return;
        }
        Path above = directory.getParent();
        if (above != null) {
            notice(above);
        }
        change(Map.of(inside(directory), CrashHistory.DIRECTORY));
    }

    private void noticeAround(Path file) {
        Path directory = file.getParent();
        if (directory != null) {
            notice(directory);
        }
    }

    private void change(Map<Path, Integer> changed) {
        names.putAll(changed);
        history.renamed(changed);
    }

    private int file(Path name) throws IOException {
        Integer file = names.get(inside(name));
        if (file == null) {
            throw new IOException("not known: " + inside(name));
        }
        return file;
    }

    private int file(FileChannel channel) throws IOException {
        Integer file = open.get(channel);
        if (file == null) {
            throw new IOException("not open");
        }
        return file;
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        noticeAround(file);
        FileChannel channel = disk.create(file);
        open.put(channel, files);
        contents.put(files, new byte[0]);
        change(Map.of(inside(file), files));
        history.written(files++, new byte[0]);
        return channel;
    }

    @Override
    public void write(FileChannel channel, ByteBuffer content) throws IOException {
        int file = file(channel);
        byte[] before = contents.getOrDefault(file, new byte[0]);
        byte[] after = Arrays.copyOf(before, before.length + content.remaining());
        content.duplicate().get(after, before.length, content.remaining());
        disk.write(channel, content);
        contents.put(file, after);
        history.written(file, after);
    }

    @Override
    public void force(FileChannel channel) throws IOException {
        if (!forgetful) {
            history.forced(file(channel));
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        noticeAround(from);
        noticeAround(to);
        disk.rename(from, to);
        change(Map.of(inside(to), file(from), inside(from), CrashHistory.NOTHING));
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        noticeAround(name);
        disk.link(file, name);
        change(Map.of(inside(name), file(file)));
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        notice(directory);
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> directories = entries.filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .toList();
            directories.forEach(this::notice);
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
        history.forcedDirectory(inside(directory));
    }

    @Override
    public void delete(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            disk.delete(file);
            change(Map.of(inside(file), CrashHistory.NOTHING));
        }
    }
}
