package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of archive, on the way that old log files take. */
final class PackedLogsTest {
    private static final String OLD = "codebuddy2api.2026-11-22_12-00-00_000000.log";

    @TempDir
    Path home;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void an_old_file_is_found_whole_in_its_archive(Compression kind) throws IOException {
        LogFolder log = new LogFolder(home.resolve("logs"));
        log.restart("100 B", "none", kind.suffix());
        log.say("a".repeat(60));
        String first = Files.readString(log.live());
        log.say("b".repeat(60));
        log.end();

        assertThat(log.names()).containsExactly(OLD + kind.suffix(), "codebuddy2api.log");
        Unpacked unpacked = Unpacked.of(kind, Files.readAllBytes(log.folder().resolve(OLD + kind.suffix())));
        assertThat(unpacked.text()).isEqualTo(first);
        assertThat(unpacked.name()).isIn("", OLD);
        assertThat(unpacked.name().isEmpty()).isEqualTo(!kind.suffix().startsWith(".tar") && kind != Compression.ZIP);
        assertThat(log.troubles()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void what_fails_halfway_leaves_the_old_file_and_no_part_of_an_archive(Compression kind) throws IOException {
        // It can be opened, but not read.
        Path old = Files.createDirectories(home.resolve(OLD));
        List<String> troubles = pack(old, kind);

        assertThat(everything()).containsExactly(old);
        assertThat(troubles)
                .singleElement()
                .asString()
                .startsWith("an old log file stays unpacked (")
                .doesNotContain(home.toString());
    }

    @ParameterizedTest
    @EnumSource(names = {"TAR", "TAR_GZ", "TAR_BZ2", "TAR_XZ"})
    void a_file_that_tar_cannot_name_stays_as_it_is(Compression kind) throws IOException {
        Path old = Files.writeString(home.resolve("codebuddy2api." + "x".repeat(100) + ".log"), "text");
        List<String> troubles = pack(old, kind);

        assertThat(everything()).containsExactly(old);
        assertThat(old).hasContent("text");
        assertThat(troubles).singleElement().asString().contains("too long for a tar archive");
    }

    private List<String> pack(Path old, Compression kind) {
        List<String> troubles = new CopyOnWriteArrayList<>();
        LogDirectory directory = new LogDirectory(home, ZoneOffset.UTC);
        try (Archivist archivist = new Archivist(directory, new ManualTime(), troubles::add)) {
            archivist.start();
            archivist.take(new Archivist.Job(Optional.of(old), kind, new Retention.Forever()));
        }
        return troubles;
    }

    private List<Path> everything() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.toList();
        }
    }
}
