package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HomeLockTest {
    @TempDir
    Path home;

    @Test
    void a_second_gateway_on_the_same_directory_is_told_so() {
        try (HomeLock first = HomeLock.take(home)) {
            assertThatThrownBy(() -> HomeLock.take(home))
                    .isInstanceOf(StoreFailed.class)
                    .hasMessageContaining("Another CodeBuddy2API already uses this directory");
            assertThat(first.isHeld()).isTrue();
        }
        try (HomeLock next = HomeLock.take(home)) {
            assertThat(next.isHeld()).isTrue();
        }
    }

    @Test
    void another_process_is_kept_off_too() throws Exception {
        try (HomeLock first = HomeLock.take(home)) {
            assertThat(first.isHeld()).isTrue();
            Process other = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            source().toString(),
                            home.resolve(".lock").toString()))
                    .start();
            assertThat(other.waitFor()).as("the other could lock it").isEqualTo(7);
        }
    }

    /** A program that ends with 7 if it cannot lock the file it is given. */
    private Path source() throws IOException {
        return Files.writeString(home.resolve("Other.java"), """
                import java.nio.channels.FileChannel;
                import java.nio.file.*;
                class Other {
                    public static void main(String[] args) throws Exception {
                        try (FileChannel file = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
                            System.exit(file.tryLock() == null ? 7 : 0);
                        }
                    }
                }
                """);
    }

    @Test
    void the_directory_is_made_and_the_file_is_its_owners_alone_and_stays() throws IOException {
        Path directory = home.resolve("new");

        HomeLock.take(directory).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(".lock"))))
                .isEqualTo("rw-------");
        assertThat(directory.resolve(".lock")).isEmptyFile();
    }

    @Test
    void a_link_in_the_place_of_the_file_is_not_followed() throws IOException {
        Path outside = Files.writeString(home.resolve("outside"), "untouched");
        Files.createSymbolicLink(home.resolve(".lock"), outside);

        try (HomeLock lock = HomeLock.take(home);
                FileChannel file = FileChannel.open(outside, StandardOpenOption.WRITE)) {
            assertThat(lock.isHeld()).isFalse();
            assertThat(file.tryLock()).isNotNull();
        }
    }

    @Test
    void closing_twice_is_closing_once() {
        HomeLock lock = HomeLock.take(home);

        lock.close();
        lock.close();

        assertThat(lock.isHeld()).isFalse();
    }
}
