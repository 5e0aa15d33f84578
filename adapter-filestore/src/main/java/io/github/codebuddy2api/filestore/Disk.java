package io.github.codebuddy2api.filestore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The steps of an atomic write, each of which can fail. */
interface Disk {
    /** Creates a file that did not exist, for its owner alone, and opens it for writing. Never follows a link. */
    FileChannel create(Path file) throws IOException;

    void write(FileChannel channel, ByteBuffer content) throws IOException;

    /** Returns when what was written is on the disk. */
    void force(FileChannel channel) throws IOException;

    /** Puts {@code from} in the place of {@code to} in one step. */
    void rename(Path from, Path to) throws IOException;

    /**
     * Gives {@code file} a second name in one step.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the name is taken, by whatever it may be
     * @throws UnsupportedOperationException if the file system knows no second names
     */
    void link(Path file, Path name) throws IOException;

    /** Returns when the directory's entries are on the disk; does nothing where directories cannot be opened. */
    void forceDirectory(Path directory) throws IOException;

    void delete(Path file) throws IOException;
}
