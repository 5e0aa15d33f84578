package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.spi.RestStore;
import io.github.codebuddy2api.testkit.contract.RestStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RestFileTest implements RestStoreContract {
    @TempDir
    Path directory;

    private final List<String> warnings = new ArrayList<>();
    private RestFile file;

    @BeforeEach
    void open() {
        file = new RestFile(() -> directory, warnings::add);
    }

    @Override
    public RestStore store() {
        return file;
    }

    @Override
    public RestStore reopened() {
        return new RestFile(() -> directory, warnings::add);
    }

    @Test
    void the_file_is_its_owners_alone_and_holds_no_token() throws IOException {
        file.save(List.of(OF_A_MODEL, FOR_GOOD));

        Path written = directory.resolve(RestFile.NAME);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
                .isEqualTo("rw-------");
        assertThat(written).content().doesNotContain("not-a-token", "not-another-token");
    }

    @Test
    void where_nobody_ever_rested_there_is_no_file() {
        file.save(List.of());

        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\0\0\0\0",
                "{\"rests\": 7}",
                "{\"rests\": [7, null, {}, {\"credential\": \"\"}]}",
                "{\"rests\": [{\"credential\": \"a\", \"cause\": \"boredom\", \"code\": \"c\", \"token_fingerprint\": \"t\","
                        + " \"since\": \"2026-11-22T12:00:00Z\"}]}",
                "{\"rests\": [{\"credential\": \"a\", \"cause\": \"limit\", \"code\": \"c\", \"token_fingerprint\": \"t\","
                        + " \"since\": \"yesterday\"}]}",
            })
    void a_file_that_cannot_be_meant_is_as_if_it_were_missing_and_is_written_anew(String content) throws IOException {
        Files.writeString(directory.resolve(RestFile.NAME), content);

        assertThat(file.load()).isEmpty();

        file.save(List.of(FOR_GOOD));
        assertThat(reopened().load()).containsExactly(FOR_GOOD);
    }

    @Test
    void what_is_not_a_file_is_not_read() throws IOException {
        Files.createDirectory(directory.resolve(RestFile.NAME));

        assertThat(file.load()).isEmpty();
        assertThat(warnings).hasSize(1);
    }

    @Test
    void a_folder_that_is_gone_is_not_made_again() throws IOException {
        Files.delete(directory);

        assertThat(file.load()).isEmpty();
        assertThatThrownBy(() -> file.save(List.of(FOR_GOOD))).isInstanceOf(StoreFailed.class);
        assertThat(directory).doesNotExist();
        Files.createDirectory(directory);
    }

    @Test
    void a_write_that_fails_at_any_step_leaves_what_was_there() throws IOException {
        file.save(List.of(FOR_GOOD));
        boolean failed = true;
        for (int step = 1; failed; step++) {
            RestFile failing = new RestFile(() -> directory, warnings::add, new NthFailureDisk(step, false));
            try {
                failing.save(List.of(OF_A_MODEL));
                failed = false;
            } catch (StoreFailed refused) {
                assertThat(reopened().load()).isIn(List.of(FOR_GOOD), List.of(OF_A_MODEL));
            }
        }
        assertThat(reopened().load()).containsExactly(OF_A_MODEL);
    }
}
