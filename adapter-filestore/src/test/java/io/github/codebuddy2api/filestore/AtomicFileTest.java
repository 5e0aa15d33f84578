package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AtomicFileTest {
    @TempDir
    Path directory;

    @Test
    void what_the_caller_is_told_was_not_saved_is_not_there() throws IOException {
        Path file = Files.writeString(directory.resolve("a.json"), "old");
        Path none = directory.resolve("b.json");

        for (Path target : List.of(file, none)) {
            AtomicFile writer = new AtomicFile(new NthFailureDisk(5, false));
            assertThatThrownBy(() -> writer.replaceOrKeep(target, "new".getBytes(StandardCharsets.UTF_8), "It"))
                    .isInstanceOf(StoreFailed.class);
        }

        assertThat(file).hasContent("old");
        assertThat(directory).isDirectoryContaining(file::equals).isDirectoryNotContaining(none::equals);
    }

    @Test
    void directories_that_had_to_be_made_are_forced_where_they_are_named() throws IOException {
        RecordingDisk disk = new RecordingDisk(directory, false);

        new AtomicFile(disk).createDirectories(directory.resolve("a/b/c"), "It");
        new AtomicFile(disk).createDirectories(directory.resolve("a/b/c"), "It");

        assertThat(disk.history().told())
                .filteredOn(step -> step.startsWith("force"))
                .containsExactly("force a/b", "force a", "force ");
    }

    @Test
    void a_file_is_replaced_for_its_owner_alone_in_five_steps() throws IOException {
        Path file = Files.writeString(directory.resolve("a.json"), "old");
        StepDisk disk = new StepDisk(null, null);

        new AtomicFile(disk).replace(file, "new".getBytes(StandardCharsets.UTF_8), "the file");

        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(disk.steps).containsExactly("create", "write", "force", "rename", "forceDirectory");
        assertThat(disk.temporary.getFileName().toString()).startsWith(".").endsWith(".tmp");
        assertThat(directory).isDirectoryContaining(entry -> entry.equals(file));
        assertThat(files()).containsExactly(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "write", "force", "rename"})
    void a_step_that_fails_leaves_the_old_content_and_nothing_else(String step) throws IOException {
        Path file = Files.writeString(directory.resolve("a.json"), "old");
        AtomicFile writer = new AtomicFile(new StepDisk(step, new IOException("broken")));

        assertThatThrownBy(() -> writer.replace(file, new byte[100], "The file"))
                .isInstanceOf(StoreFailed.class)
                .hasMessage("The file could not be saved: the disk reported an error.");

        assertThat(file).hasContent("old");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void a_failure_after_the_rename_is_a_failure_too() throws IOException {
        Path file = directory.resolve("a.json");
        AtomicFile writer = new AtomicFile(new StepDisk("forceDirectory", new IOException("broken")));

        assertThatThrownBy(() -> writer.replace(file, new byte[3], "The file")).isInstanceOf(StoreFailed.class);

        assertThat(files()).containsExactly(file);
    }

    @ParameterizedTest
    @CsvSource({
        "No space left on device, the disk is full",
        "Disk quota exceeded, the disk quota is used up",
        "Read-only file system, the file system is read-only",
        "Permission denied, this user has no right to it",
        "Operation not permitted, this user has no right to it",
        "Too many open files, too many files are open",
        "Input/output error, the disk reported an error",
    })
    void the_reason_is_told_apart_and_the_path_is_not_told(String reason, String said) {
        Path file = directory.resolve("codebuddy_li@example.com.json");
        for (IOException failure : List.of(new FileSystemException("/canary", null, reason), new IOException(reason))) {
            AtomicFile writer = new AtomicFile(new StepDisk("write", failure));

            assertThatThrownBy(() -> writer.replace(file, new byte[3], "The credential"))
                    .hasMessage("The credential could not be saved: " + said + ".")
                    .hasNoCause();
        }
        assertThat(DiskTrouble.of(new AccessDeniedException("/canary"))).isEqualTo("this user has no right to it");
    }

    @Test
    void a_disk_without_room_is_full_in_any_language() {
        IOException foreign = new IOException("设备上没有空间");

        assertThat(DiskTrouble.ofWrite(foreign, directory, Long.MAX_VALUE)).isEqualTo("the disk is full");
        assertThat(DiskTrouble.ofWrite(foreign, directory, 1)).isEqualTo("the disk reported an error");
    }

    @Test
    void a_link_in_the_place_of_the_file_is_replaced_and_not_followed() throws IOException {
        Path outside = Files.writeString(directory.resolve("outside"), "untouched");
        Path file = Files.createSymbolicLink(directory.resolve("a.json"), outside);

        new AtomicFile(new LocalDisk()).replace(file, new byte[] {'x'}, "the file");

        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(outside).hasContent("untouched");
    }

    private List<Path> files() throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    /** The real disk with one step that fails. */
    private static final class StepDisk implements Disk {
        private final Disk disk = new LocalDisk();
        private final List<String> steps = new ArrayList<>();
        private final String failing;
        private final IOException failure;
        private Path temporary;

        StepDisk(String failing, IOException failure) {
            this.failing = failing;
            this.failure = failure;
        }

        private void step(String name) throws IOException {
            steps.add(name);
            if (name.equals(failing)) {
                throw failure;
            }
        }

        @Override
        public FileChannel create(Path file) throws IOException {
            step("create");
            temporary = file;
            return disk.create(file);
        }

        @Override
        public void write(FileChannel channel, ByteBuffer content) throws IOException {
            disk.write(channel, content.slice(0, 1));
            step("write");
            disk.write(channel, content.slice(1, content.remaining() - 1));
        }

        @Override
        public void force(FileChannel channel) throws IOException {
            step("force");
            disk.force(channel);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            step("rename");
            disk.rename(from, to);
        }

        @Override
        public void link(Path file, Path name) throws IOException {
            step("link");
            disk.link(file, name);
        }

        @Override
        public void forceDirectory(Path at) throws IOException {
            step("forceDirectory");
            disk.forceDirectory(at);
        }

        @Override
        public void delete(Path file) throws IOException {
            disk.delete(file);
        }
    }
}
