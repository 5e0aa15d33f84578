package io.github.codebuddy2api.app.logging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** How an old log file is packed. */
enum Compression {
    NONE(""),
    GZ(".gz"),
    ZIP(".zip"),
    TAR(".tar"),
    TAR_GZ(".tar.gz");

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final String CURE = "Write zip, gz, tar, tar.gz or none";

    private final String suffix;

    Compression(String suffix) {
        this.suffix = suffix;
    }

    /** What the packed file's name ends with, with its dot; empty for {@link #NONE}. */
    String suffix() {
        return suffix;
    }

    /** Every suffix there is. */
    static List<String> suffixes() {
        return Arrays.stream(values())
                .filter(kind -> kind != NONE)
                .map(Compression::suffix)
                .toList();
    }

    /** A name of the list, in any case, with or without a leading dot. */
    static Compression parse(@Nullable String text) throws UnusableValueException {
        if (Words.isNothing(text)) {
            return NONE;
        }
        String word = Words.plain(text);
        return switch (word.startsWith(".") ? word.substring(1) : word) {
            case "gz" -> GZ;
            case "zip" -> ZIP;
            case "tar" -> TAR;
            case "tar.gz" -> TAR_GZ;
            // The JDK cannot write them, and old log files are not worth a library.
            case "bz2", "xz", "lzma", "tar.bz2", "tar.xz" ->
                throw new UnusableValueException("this kind of archive is not offered any more", CURE);
            default -> throw new UnusableValueException("there is no such kind of archive", CURE);
        };
    }

    /** A file to pack; the stream yields exactly {@code size} bytes. */
    record Content(String name, long size, long modifiedSeconds, InputStream bytes) {
        Content {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(bytes, "bytes");
        }
    }

    /** Writes the packed form; both streams stay the caller's to close. */
    void pack(Content content, OutputStream out) throws IOException {
        switch (this) {
            case NONE -> copy(content, out);
            case GZ -> gz(content, out);
            case ZIP -> zip(content, out);
            case TAR -> tar(content, out);
            case TAR_GZ -> {
                GZIPOutputStream gz = new GZIPOutputStream(out);
                tar(content, gz);
                gz.finish();
            }
        }
    }

    private static void gz(Content content, OutputStream out) throws IOException {
        GZIPOutputStream gz = new GZIPOutputStream(out);
        copy(content, gz);
        gz.finish();
    }

    private static void zip(Content content, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        ZipEntry entry = new ZipEntry(content.name());
        entry.setTime(content.modifiedSeconds() * 1_000);
        zip.putNextEntry(entry);
        copy(content, zip);
        zip.closeEntry();
        zip.finish();
    }

    private static void tar(Content content, OutputStream out) throws IOException {
        out.write(Tar.header(content.name(), content.size(), content.modifiedSeconds()));
        copy(content, out);
        out.write(Tar.end(content.size()));
    }

    /** An old file does not grow any more; if it did, the archive would be broken, so it is refused. */
    private static void copy(Content content, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long copied = 0;
        for (int n = content.bytes().read(buffer); n >= 0; n = content.bytes().read(buffer)) {
            out.write(buffer, 0, n);
            copied += n;
        }
        if (copied != content.size()) {
            throw new IOException("the file changed while it was packed");
        }
    }
}
