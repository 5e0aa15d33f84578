package io.github.codebuddy2api.filestore;

import static io.github.codebuddy2api.filestore.CredentialFilesBench.NOW;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.StoreFailed;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.RotationState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class RotationFileTest {
    private static final String STATE = "manager_state.json";
    private static final CredentialId A = id("a.json");
    private static final CredentialId B = id("b.json");
    private static final CredentialId C = id("c.json");

    @TempDir
    Path home;

    private final List<String> warnings = new ArrayList<>();
    private CredentialFilesBench bench;
    private CredentialFiles files;

    private static CredentialId id(String name) {
        return new CredentialId(CredentialDirectory.id(name));
    }

    @BeforeEach
    void fill_the_directory() throws IOException {
        bench = CredentialFilesBench.in(home);
        for (String name : List.of("a.json", "b.json", "c.json")) {
            bench.put(name, token(name));
        }
        files = bench.files();
    }

    private RotationFile rotation() {
        return new RotationFile(() -> bench.directory, files, bench.time, warnings::add);
    }

    @Test
    void without_a_file_nothing_is_decided() {
        assertThat(rotation().load()).isEqualTo(RotationState.INITIAL);
        assertThat(warnings).isEmpty();
    }

    @Test
    void the_originals_choices_are_read() throws IOException {
        bench.put(STATE, """
                {
                  "auto_rotation_enabled": false,
                  "current_index": 2,
                  "manual_selected_index": 0,
                  "manual_selected_filename": "a.json",
                  "saved_at": 1760000000
                }""");

        assertThat(rotation().load()).isEqualTo(new RotationState(false, C, A, Set.of()));
    }

    @Test
    void the_originals_selection_is_the_file_it_names_because_its_order_was_not_ours() throws IOException {
        bench.put(STATE, "{\"manual_selected_index\": 2, \"manual_selected_filename\": \"b.json\"}");

        assertThat(rotation().load().pin()).contains(B);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"current_index\": 3}",
                "{\"current_index\": -1}",
                "{\"current_index\": \"1\"}",
                "{\"current_index\": 1.5}",
                "{\"current_index\": 99999999999999999999}",
                "{\"current_index\": null, \"manual_selected_index\": null, \"manual_selected_filename\": null}",
                "{\"manual_selected_filename\": 7, \"disabled_filenames\": {}, \"auto_rotation_enabled\": null}",
                "{\"manual_selected_filename\": \"\", \"disabled_filenames\": [7, null, \"\"]}",
            })
    void members_that_cannot_be_meant_are_as_if_they_were_missing(String json) throws IOException {
        bench.put(STATE, json);

        assertThat(rotation().load()).isEqualTo(RotationState.INITIAL);
        assertThat(warnings).isEmpty();
    }

    @Test
    void what_is_saved_can_be_read_by_the_original_and_by_us() throws Exception {
        RotationState state = new RotationState(false, B, C, Set.of(A, C));

        rotation().save(state);

        assertThat(rotation().load()).isEqualTo(state);
        assertThat(bench.text(STATE)).isEqualToIgnoringWhitespace("""
                {"auto_rotation_enabled": false, "current_index": 1, "manual_selected_index": 2,
                 "manual_selected_filename": "c.json", "current_filename": "b.json",
                 "disabled_filenames": ["a.json", "c.json"], "schema_version": 2, "saved_at": %d}
                """.formatted(NOW.getEpochSecond()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.directory.resolve(STATE))))
                .isEqualTo("rw-------");
        assertThat(files.skipped()).isEmpty();
    }

    @Test
    void nothing_decided_is_saved_as_what_the_original_can_read() throws Exception {
        rotation().save(RotationState.INITIAL);

        ObjectNode file = bench.json(STATE);
        assertThat(file.get("current_index").isInt()).isTrue();
        assertThat(file.get("manual_selected_index").isNull()).isTrue();
        assertThat(file.get("manual_selected_filename").isNull()).isTrue();
        assertThat(rotation().load()).isEqualTo(RotationState.INITIAL);
    }

    @Test
    void a_choice_survives_its_place_in_the_list() {
        rotation().save(new RotationState(true, B, C, Set.of(B)));

        files.delete(A);
        rotation().save(rotation().load());

        assertThat(rotation().load()).isEqualTo(new RotationState(true, B, C, Set.of(B)));
    }

    @Test
    void a_choice_survives_that_its_file_is_away_for_a_while() throws Exception {
        RotationState state = new RotationState(true, A, A, Set.of(A));
        rotation().save(state);
        files.delete(A);

        rotation().save(rotation().load());
        rotation().save(rotation().load());

        assertThat(bench.json(STATE).get("manual_selected_filename").stringValue())
                .isEqualTo("a.json");
        assertThat(rotation().load()).isEqualTo(state);
    }

    @Test
    void an_id_of_which_no_file_was_ever_known_is_saved_all_the_same() {
        RotationState state = new RotationState(
                true, new CredentialId("one"), new CredentialId("two"), Set.of(new CredentialId("x")));

        rotation().save(state);

        assertThat(rotation().load()).isEqualTo(state);
    }

    @Test
    void members_of_other_programs_survive() throws Exception {
        bench.put(STATE, "{\"affinity\": {\"x\": 1.50}, \"current_index\": 0}");

        rotation().save(new RotationState(true, B, null, Set.of()));

        assertThat(bench.json(STATE).get("affinity").toString()).isEqualTo("{\"x\":1.50}");
        assertThat(bench.json(STATE).propertyNames()).startsWith("affinity", "current_index");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"current_in", "[]", "{}\0\0\0"})
    void a_broken_file_decides_nothing_and_stays_until_the_next_save(String broken) throws Exception {
        bench.put(STATE, broken);

        assertThat(rotation().load()).isEqualTo(RotationState.INITIAL);
        assertThat(warnings)
                .singleElement()
                .satisfies(warning -> assertThat(warning).startsWith("manager_state.json is not used: it is "));
        assertThat(bench.text(STATE)).isEqualTo(broken);

        rotation().save(new RotationState(false, A, null, Set.of()));

        assertThat(rotation().load()).isEqualTo(new RotationState(false, A, null, Set.of()));
        assertThat(bench.text(".quarantine/" + NOW.getEpochSecond() + "_manager_state.json"))
                .isEqualTo(broken);
    }

    @Test
    void a_link_or_a_pipe_in_the_place_of_the_file_is_neither_followed_nor_opened() throws Exception {
        Path outside = Files.writeString(home.resolve("outside.json"), "{\"current_index\": 1}");
        Path link = Files.createSymbolicLink(bench.directory.resolve(STATE), outside);
        assertThat(rotation().load()).isEqualTo(RotationState.INITIAL);
        Files.delete(link);
        new ProcessBuilder("mkfifo", link.toString()).start().waitFor();
        assertThat(rotation().load()).isEqualTo(RotationState.INITIAL);

        rotation().save(new RotationState(true, B, null, Set.of()));

        assertThat(rotation().load().current()).isEqualTo(B);
        assertThat(outside).hasContent("{\"current_index\": 1}");
        assertThat(warnings).hasSize(2);
    }

    @Test
    void a_directory_that_cannot_be_made_is_said_plainly() throws IOException {
        Path occupied = Files.writeString(home.resolve("file"), "x");
        RotationFile rotation = new RotationFile(() -> occupied, files, bench.time, warnings::add);

        assertThatThrownBy(() -> rotation.save(RotationState.INITIAL)).isInstanceOf(StoreFailed.class);
    }
}
