package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import kala.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CompressionTest {
    private static final byte[] TEXT = "a line\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({
        "gz, GZ, .gz",
        ".gz, GZ, .gz",
        "zip, ZIP, .zip",
        "ZIP, ZIP, .zip",
        "' .zip ', ZIP, .zip",
        "bz2, BZ2, .bz2",
        "xz, XZ, .xz",
        ".XZ, XZ, .xz",
        "lzma, LZMA, .lzma",
        "tar, TAR, .tar",
        "tar.bz2, TAR_BZ2, .tar.bz2",
        "' .Tar.xz', TAR_XZ, .tar.xz",
        "tar.gz, TAR_GZ, .tar.gz",
        ".TAR.GZ, TAR_GZ, .tar.gz"
    })
    void a_kind_is_named_in_any_case_with_or_without_a_dot(String text, Compression kind, String suffix)
            throws Exception {
        assertThat(Compression.parse(text)).isEqualTo(kind);
        assertThat(kind.suffix()).isEqualTo(suffix);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "none", "off"})
    void nothing_leaves_files_as_they_are(String text) throws Exception {
        assertThat(Compression.parse(text)).isEqualTo(Compression.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7z", "zst", "tar.lzma", "tar.zip", ".", "..gz", "gz.tar", "true", "10"})
    void anything_else_is_refused_with_its_cure(String text) {
        assertThatThrownBy(() -> Compression.parse(text))
                .isInstanceOfSatisfying(
                        UnusableValueException.class,
                        refused -> assertThat(refused.problem("logging.compression", text))
                                .hasToString("logging.compression cannot be \"" + text
                                        + "\": there is no such kind of archive. Write zip, gz, bz2, xz, lzma,"
                                        + " tar, tar.gz, tar.bz2, tar.xz or none."));
    }

    @ParameterizedTest
    @EnumSource
    void every_kind_holds_the_file(Compression kind) throws IOException {
        assertThat(Unpacked.of(kind, packed(kind, TEXT.length)).text().getBytes(StandardCharsets.UTF_8))
                .isEqualTo(TEXT);
    }

    @ParameterizedTest
    @EnumSource(names = {"ZIP", "TAR", "TAR_GZ", "TAR_BZ2", "TAR_XZ"})
    void a_kind_that_knows_names_keeps_that_of_the_file(Compression kind) throws IOException {
        assertThat(Unpacked.of(kind, packed(kind, TEXT.length)).name()).isEqualTo("app.log");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BZ2", "TAR_BZ2"})
    void an_empty_file_makes_an_archive(Compression kind) throws IOException {
        assertThat(Unpacked.of(kind, packed(kind, 0)).text()).isEmpty();
    }

    @Test
    void an_empty_bzip2_has_no_block() throws IOException {
        byte[] packed = packed(Compression.BZ2, 0);

        assertThat(ascii(packed, 0, 3)).isEqualTo("BZh");
        assertThat(new BZip2CompressorInputStream(new ByteArrayInputStream(packed)).readAllBytes())
                .isEmpty();
    }

    @Test
    void lzma_is_the_format_without_a_container_whose_end_is_marked() throws IOException {
        byte[] packed = packed(Compression.LZMA, TEXT.length);

        assertThat(packed[0]).as("lc, lp and pb").isEqualTo((byte) 0x5d);
        assertThat(Arrays.copyOfRange(packed, 5, 13)).as("the size").containsOnly(0xff);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 4_096, 10_000_000, Long.MAX_VALUE})
    void memory_for_xz_is_bounded_whatever_the_size(long size) throws IOException {
        assertThat(Lzma.options(size).getEncoderMemoryUsage()).as("KiB").isLessThan(13 * 1_024);
    }

    @Test
    void a_small_file_needs_little_memory() throws IOException {
        assertThat(Lzma.options(10_000).getEncoderMemoryUsage()).as("KiB").isLessThan(2 * 1_024);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 7_000})
    void tar_is_made_of_whole_blocks_around_the_file(int size) throws IOException {
        byte[] packed = packed(Compression.TAR, size);

        assertThat(packed.length).isEqualTo(512 + (size + 511) / 512 * 512 + 1_024);
        assertThat(ascii(packed, 0, 8)).isEqualTo("app.log\0");
        assertThat(ascii(packed, 100, 8)).isEqualTo("0000600\0");
        assertThat(Long.parseLong(ascii(packed, 124, 11), 8)).isEqualTo(size);
        assertThat(Long.parseLong(ascii(packed, 136, 11), 8)).isEqualTo(1_700_000_000L);
        assertThat(ascii(packed, 257, 8)).isEqualTo("ustar\00000");
        assertThat(Integer.parseInt(ascii(packed, 148, 6), 8)).isEqualTo(checksum(packed));
        assertThat(Arrays.copyOfRange(packed, 512, 512 + size)).isEqualTo(Arrays.copyOf(TEXT, size));
    }

    @ParameterizedTest
    @EnumSource
    void the_stream_below_stays_open(Compression kind) throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        kind.pack(content(TEXT.length), new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed.set(true);
            }
        });

        assertThat(closed).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void a_full_disk_is_told_as_what_it_is(Compression kind) {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        assertThatThrownBy(() -> kind.pack(content(TEXT.length), full))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
    }

    @ParameterizedTest
    @EnumSource
    void a_failure_of_any_other_kind_is_one_to_pack(Compression kind) {
        InputStream broken = new InputStream() {
            @Override
            public int read() {
                throw new IllegalStateException("secret");
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                return read();
            }
        };

        assertThatThrownBy(
                        () -> kind.pack(new Compression.Content("app.log", 1, 0, broken), new ByteArrayOutputStream()))
                .isInstanceOf(IOException.class)
                .hasMessage("the archive could not be made");
    }

    @ParameterizedTest
    @EnumSource
    void a_file_that_changes_while_it_is_packed_is_not_an_archive(Compression kind) {
        Compression.Content shorter =
                new Compression.Content("app.log", TEXT.length + 1L, 0, new ByteArrayInputStream(TEXT));

        assertThatThrownBy(() -> kind.pack(shorter, new ByteArrayOutputStream()))
                .hasMessage("the file changed while it was packed");
    }

    @Test
    void a_file_too_large_for_tar_is_refused() {
        assertThatThrownBy(() -> Tar.header("app.log", 1L << 33, 0)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Tar.header("a".repeat(101), 1, 0)).isInstanceOf(IOException.class);
    }

    private static byte[] packed(Compression kind, int size) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        kind.pack(content(size), out);
        return out.toByteArray();
    }

    private static Compression.Content content(int size) {
        return new Compression.Content("app.log", size, 1_700_000_000L, new ByteArrayInputStream(TEXT, 0, size));
    }

    private static int checksum(byte[] block) {
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
        }
        return sum;
    }

    private static String ascii(byte[] bytes, int at, int length) {
        return new String(bytes, at, length, StandardCharsets.US_ASCII);
    }
}
