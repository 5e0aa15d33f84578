package io.github.codebuddy2api.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogNamesTest {
    @Test
    void an_old_file_is_named_by_its_first_moment() {
        Instant created = Instant.parse("2026-11-22T13:20:55.667399Z");
        ZoneId berlin = ZoneId.of("Europe/Berlin");

        assertThat(LogNames.rotated(created, berlin, 1)).isEqualTo("codebuddy2api.2026-11-22_14-20-55_667399.log");
        assertThat(LogNames.rotated(created, berlin, 2)).isEqualTo("codebuddy2api.2026-11-22_14-20-55_667399.2.log");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "codebuddy2api.2026-11-22_14-20-55_667399.log",
                "codebuddy2api.2026-11-22_14-20-55_667399.2.log.zip",
                "codebuddy2api.log.1",
                "codebuddy2api.log.tar.gz",
                "codebuddy2api.x.log"
            })
    void files_of_the_same_stem_and_extension_are_old(String name) {
        assertThat(LogNames.isOld(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "codebuddy2api.log",
                "other.log",
                "codebuddy2api-x.log",
                "codebuddy2api.txt",
                "codebuddy2api.x.logs",
                "xcodebuddy2api.x.log",
                ".codebuddy2api.x.log.zip.tmp",
                "codebuddy2apiXlog",
                "codebuddy2api.logx"
            })
    void other_files_are_nobodys_to_delete(String name) {
        assertThat(LogNames.isOld(name)).isFalse();
    }

    @Test
    void an_unfinished_archive_is_hidden() {
        String unfinished = LogNames.unfinished("codebuddy2api.x.log.zip");

        assertThat(unfinished).startsWith(".");
        assertThat(LogNames.isUnfinished(unfinished)).isTrue();
        assertThat(LogNames.isOld(unfinished)).isFalse();
        assertThat(LogNames.isUnfinished("codebuddy2api.x.log.zip")).isFalse();
    }
}
