package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        "tar, TAR, .tar",
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
    @ValueSource(strings = {"bz2", "xz", "lzma", "tar.bz2", "tar.xz", ".BZ2"})
    void what_the_original_offered_and_we_do_not_is_told_apart(String text) {
        assertThatThrownBy(() -> Compression.parse(text))
                .isInstanceOf(UnusableValueException.class)
                .hasMessage("this kind of archive is not offered any more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7z", "zst", ".", "..gz", "gz.tar", "true", "10"})
    void anything_else_is_refused_with_its_cure(String text) {
        assertThatThrownBy(() -> Compression.parse(text))
                .isInstanceOfSatisfying(
                        UnusableValueException.class,
                        refused -> assertThat(refused.problem("logging.compression", text))
                                .hasToString("logging.compression cannot be \"" + text
                                        + "\": there is no such kind of archive. Write zip, gz, tar, tar.gz or none."));
    }

    @Test
    void gz_holds_the_file() throws IOException {
        byte[] packed = packed(Compression.GZ, TEXT.length);

        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes())
                .isEqualTo(TEXT);
    }

    @Test
    void zip_holds_the_file_under_its_name() throws IOException {
        ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(packed(Compression.ZIP, TEXT.length)));

        assertThat(zip.getNextEntry().getName()).isEqualTo("app.log");
        assertThat(zip.readAllBytes()).isEqualTo(TEXT);
        assertThat(zip.getNextEntry()).isNull();
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

    @Test
    void tar_gz_is_a_packed_tar() throws IOException {
        byte[] packed = packed(Compression.TAR_GZ, TEXT.length);

        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes())
                .isEqualTo(packed(Compression.TAR, TEXT.length));
    }

    @Test
    void a_file_that_changes_while_it_is_packed_is_not_an_archive() {
        Compression.Content shorter =
                new Compression.Content("app.log", TEXT.length + 1L, 0, new ByteArrayInputStream(TEXT));

        assertThatThrownBy(() -> Compression.TAR.pack(shorter, new ByteArrayOutputStream()))
                .hasMessage("the file changed while it was packed");
    }

    @Test
    void a_file_too_large_for_tar_is_refused() {
        assertThatThrownBy(() -> Tar.header("app.log", 1L << 33, 0)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Tar.header("a".repeat(101), 1, 0)).isInstanceOf(IOException.class);
    }

    private static byte[] packed(Compression kind, int size) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        kind.pack(
                new Compression.Content("app.log", size, 1_700_000_000L, new ByteArrayInputStream(TEXT, 0, size)), out);
        return out.toByteArray();
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
