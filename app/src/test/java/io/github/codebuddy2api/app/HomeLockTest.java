package io.github.codebuddy2api.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That another process is kept out, and a folder that cannot be written, are seen from outside: in the module acceptance. */
final class HomeLockTest {
    @TempDir
    Path home;

    @Test
    void a_second_service_is_refused_with_a_sentence_until_the_first_is_gone() {
        HomeLock first = HomeLock.take(home);

        assertThatThrownBy(() -> HomeLock.take(home))
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining("another CodeBuddy2API runs with " + home)
                .hasMessageContaining("--home");

        first.close();
        HomeLock.take(home).close();
    }

    @Test
    void two_homes_have_two_locks() {
        HomeLock first = HomeLock.take(home.resolve("a"));
        HomeLock second = HomeLock.take(home.resolve("b"));

        second.close();
        first.close();
        assertThat(home.resolve("a/config/.service.lock")).isEmptyFile();
    }

    @Test
    void what_was_noted_is_gone_with_the_service() {
        HomeLock lock = HomeLock.take(home);
        lock.tell("http://[::1]:8001");
        assertThat(HomeLock.address(home)).contains(URI.create("http://[::1]:8001"));

        lock.close();

        assertThat(HomeLock.address(home)).isEmpty();
    }

    @Test
    void nobody_else_sees_the_lock_and_nothing_is_followed() throws IOException {
        HomeLock.take(home).close();
        Path file = home.resolve("config/.service.lock");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Path target = Files.writeString(home.resolve("target"), "kept");
        Files.delete(file);
        Files.createSymbolicLink(file, target);

        assertThatThrownBy(() -> HomeLock.take(home))
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining("cannot be written");
        assertThat(target).hasContent("kept");
    }
}
