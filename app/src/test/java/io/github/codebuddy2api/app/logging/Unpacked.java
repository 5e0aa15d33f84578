package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import kala.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * What is in an archive, read by others than wrote it.
 *
 * @param name the file's name, empty where the kind of archive keeps none
 */
record Unpacked(String name, String text) {
    private static final int BLOCK = 512;

    /** Reads an archive to its end, which proves its check sums, too. */
    static Unpacked of(Compression kind, byte[] packed) throws IOException {
        assertThat(HexFormat.of().formatHex(packed)).as("the first bytes").startsWith(magic(kind));
        ByteArrayInputStream bytes = new ByteArrayInputStream(packed);
        Unpacked unpacked = switch (kind) {
            case NONE, GZ, BZ2, XZ, LZMA -> new Unpacked("", text(plain(kind, bytes)));
            case TAR, TAR_GZ, TAR_BZ2, TAR_XZ -> fromTar(plain(kind, bytes));
            case ZIP -> fromZip(new ZipInputStream(bytes));
        };
        assertThat(bytes.available()).as("bytes behind the archive").isZero();
        return unpacked;
    }

    private static String magic(Compression kind) {
        return switch (kind) {
            case NONE, TAR -> "";
            case GZ, TAR_GZ -> "1f8b";
            // "BZh", the size of the blocks, and pi for the first of them.
            case BZ2, TAR_BZ2 -> "425a6831314159265359";
            case XZ, TAR_XZ -> "fd377a585a00";
            // lc 3, lp 0, pb 2.
            case LZMA -> "5d";
            case ZIP -> "504b0304";
        };
    }

    private static InputStream plain(Compression kind, InputStream packed) throws IOException {
        return switch (kind) {
            case NONE, TAR, ZIP -> packed;
            case GZ, TAR_GZ -> new GZIPInputStream(packed);
            case BZ2, TAR_BZ2 -> new BZip2CompressorInputStream(packed);
            case XZ, TAR_XZ -> new XZInputStream(packed);
            case LZMA -> new LZMAInputStream(packed);
        };
    }

    private static String text(InputStream plain) throws IOException {
        return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Unpacked fromZip(ZipInputStream zip) throws IOException {
        ZipEntry entry = zip.getNextEntry();
        Unpacked unpacked = new Unpacked(entry.getName(), text(zip));
        assertThat(zip.getNextEntry()).isNull();
        return unpacked;
    }

    private static Unpacked fromTar(InputStream plain) throws IOException {
        byte[] tar = plain.readAllBytes();
        String name = new String(tar, 0, 100, StandardCharsets.UTF_8).replace("\0", "");
        int size = Integer.parseInt(new String(tar, 124, 11, StandardCharsets.US_ASCII), 8);
        assertThat(tar.length % BLOCK).isZero();
        assertThat(Arrays.copyOfRange(tar, BLOCK + size, tar.length)).containsOnly(0);
        return new Unpacked(name, new String(tar, BLOCK, size, StandardCharsets.UTF_8));
    }
}
