package io.github.codebuddy2api.filestore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The real disk, on which from the n-th step on every step fails, or that one alone. */
final class NthFailureDisk implements Disk {
    private final Disk disk = new LocalDisk();
    private final boolean forever;
    private final String reason;
    private int left;

    NthFailureDisk(int nth, boolean forever) {
        this(nth, forever, "No space left on device");
    }

    NthFailureDisk(int nth, boolean forever, String reason) {
        this.left = nth;
        this.forever = forever;
        this.reason = reason;
    }

    /** Counts from here on. */
    void arm(int nth) {
        left = nth;
    }

    boolean hasFailed() {
        return left <= 0;
    }

    private void step() throws IOException {
        left--;
        if (left == 0 || (forever && left < 0)) {
            throw new IOException(reason);
        }
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        step();
        return disk.create(file);
    }

    @Override
    public void write(FileChannel channel, ByteBuffer content) throws IOException {
        disk.write(channel, content.slice(0, content.remaining() / 2));
        step();
        disk.write(channel, content.slice(content.remaining() / 2, content.remaining() - content.remaining() / 2));
    }

    @Override
    public void force(FileChannel channel) throws IOException {
        step();
        disk.force(channel);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step();
        disk.rename(from, to);
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        step();
        disk.link(file, name);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        step();
        disk.forceDirectory(directory);
    }

    @Override
    public void delete(Path file) throws IOException {
        step();
        disk.delete(file);
    }
}
