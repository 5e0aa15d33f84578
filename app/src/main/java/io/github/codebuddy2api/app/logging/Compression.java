package io.github.codebuddy2api.app.logging;

import java.io.FilterOutputStream;
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
    BZ2(".bz2"),
    XZ(".xz"),
    LZMA(".lzma"),
    ZIP(".zip"),
    TAR(".tar"),
    TAR_GZ(".tar.gz"),
    TAR_BZ2(".tar.bz2"),
    TAR_XZ(".tar.xz");

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final String CURE = "Write zip, gz, bz2, xz, lzma, tar, tar.gz, tar.bz2, tar.xz or none";

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
            case "bz2" -> BZ2;
            case "xz" -> XZ;
            case "lzma" -> LZMA;
            case "zip" -> ZIP;
            case "tar" -> TAR;
            case "tar.gz" -> TAR_GZ;
            case "tar.bz2" -> TAR_BZ2;
            case "tar.xz" -> TAR_XZ;
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

    /**
     * Writes the packed form piece by piece, in at most 13 MiB of memory however large the file. Both streams stay the
     * caller's to close.
     *
     * @throws IOException also when the file changes meanwhile; what was written is of no use then
     */
    void pack(Content content, OutputStream out) throws IOException {
        try (OutputStream squeezed = squeezing(new KeptOpen(out), content.size())) {
            switch (this) {
                case NONE, GZ, BZ2, XZ, LZMA -> copy(content, squeezed);
                case TAR, TAR_GZ, TAR_BZ2, TAR_XZ -> tar(content, squeezed);
                case ZIP -> zip(content, squeezed);
            }
        } catch (RuntimeException broken) {
            throw new IOException("the archive could not be made", broken);
        }
    }

    /** What the JDK cannot write is made by classes that nobody loads before the first such file. */
    private OutputStream squeezing(OutputStream out, long size) throws IOException {
        return switch (this) {
            case NONE, TAR, ZIP -> out;
            case GZ, TAR_GZ -> new GZIPOutputStream(out);
            case BZ2, TAR_BZ2 -> Bzip2.onto(out, size);
            case XZ, TAR_XZ -> Lzma.xz(out, size);
            case LZMA -> Lzma.alone(out, size);
        };
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

    /** Lets a compressing stream be closed, which ends its format, without closing the file below it. */
    private static final class KeptOpen extends FilterOutputStream {
        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
