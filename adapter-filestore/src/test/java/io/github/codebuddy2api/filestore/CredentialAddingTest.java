package io.github.codebuddy2api.filestore;

import static io.github.codebuddy2api.filestore.CredentialFilesBench.LI;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.NOW;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.loggedIn;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.tokens;
import static io.github.codebuddy2api.filestore.CredentialFilesBench.typedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.credential.NewCredential.Origin;
import io.github.codebuddy2api.core.credential.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialAddingTest {
    @TempDir
    Path home;

    private CredentialFilesBench bench;

    @BeforeEach
    void make_the_directory() throws IOException {
        bench = CredentialFilesBench.in(home);
    }

    @Test
    void a_token_that_was_typed_in_is_a_file_of_the_originals_first_shape() throws Exception {
        CredentialFiles files = bench.files();

        Credential added = files.add(typedIn("T", null));

        assertThat(files.all()).containsExactly(added);
        assertThat(added.name()).isEqualTo("codebuddy_token_1.json");
        assertThat(bench.text(added.name())).isEqualToIgnoringWhitespace("""
                {"bearer_token": "T", "user_id": null, "created_at": %d}
                """.formatted(NOW.getEpochSecond()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.directory.resolve(added.name()))))
                .isEqualTo("rw-------");
        assertThat(bench.tree()).containsExactly(added.name());
    }

    @Test
    void a_login_is_a_file_of_the_originals_second_shape_and_holds_each_token_once() throws Exception {
        Account account =
                new Account("u-1", "li@example.com", "li@example.com", "李", "www.codebuddy.cn", "e-1", "Ltd", "a/b");
        NewCredential login = new NewCredential(tokens("T", "R", NOW), account, Origin.LOGIN, null);

        Credential added = bench.files().add(login);

        assertThat(added).isEqualTo(new Credential(added.id(), added.name(), login.tokens(), account));
        long now = NOW.getEpochSecond();
        assertThat(bench.text(added.name()))
                .isEqualToIgnoringWhitespace("""
                {"bearer_token": "T", "user_id": "li@example.com", "created_at": %d, "expires_in": 86400,
                 "refresh_token": "R", "token_type": "Bearer", "scope": "openid profile",
                 "domain": "www.codebuddy.cn", "session_state": "0c3d5a52",
                 "user_info": {"email": "li@example.com", "name": "李"},
                 "account_uid": "u-1", "enterprise_id": "e-1", "enterprise_name": "Ltd",
                 "department_full_name": "a/b", "nickname": "李", "expires_at": %d, "refresh_expires_at": %d}
                """.formatted(now, now + 86_400, now + 2_592_000));
    }

    @Test
    void the_second_login_of_the_same_second_gets_a_name_of_its_own() {
        CredentialFiles files = bench.files();

        List<String> names = List.of(
                files.add(loggedIn("a")).name(),
                files.add(loggedIn("b")).name(),
                files.add(loggedIn("c")).name());

        String stem = "codebuddy_liexample.com_" + NOW.getEpochSecond();
        assertThat(names).containsExactly(stem + ".json", stem + "_2.json", stem + "_3.json");
        assertThat(CredentialFilesBench.tokens(files)).containsExactlyInAnyOrder("a", "b", "c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "al+ice@example.com|aliceexample.com",
                "../../../../etc/passwd-and-more|........etcpasswd-an",
                "李|unknown",
                "|unknown",
            })
    void the_user_in_a_files_name_has_twenty_harmless_characters(String user, String part) {
        Account account = new Account(null, user, null, null, null, null, null, null);

        Credential added = bench.files().add(new NewCredential(Tokens.of(Secret.of("T")), account, Origin.LOGIN, null));

        assertThat(added.name()).isEqualTo("codebuddy_" + part + "_" + NOW.getEpochSecond() + ".json");
    }

    /** Found by the race of owners: who deleted what he saw hit another account that had got its name, and so its id. */
    @Test
    void a_name_is_not_given_again_while_what_had_it_lies_in_the_trash() {
        CredentialFiles files = bench.files();
        Credential first = files.add(typedIn("one", null));
        Credential named = files.add(typedIn("two", "mine"));
        files.delete(named.id());
        files.delete(first.id());

        Credential second = files.add(typedIn("three", null));
        Credential another = files.add(typedIn("four", "mine"));

        assertThat(second.name()).isEqualTo("codebuddy_token_2.json");
        assertThat(another.name()).isEqualTo("mine_2.json");
        assertThat(files.delete(first.id())).isFalse();
        assertThat(files.restore(named.id())).isTrue();
    }

    @Test
    void an_addition_after_a_deletion_in_the_middle_overwrites_nothing() {
        CredentialFiles files = bench.files();
        Credential first = files.add(typedIn("one", null));
        files.add(typedIn("two", null));

        files.delete(first.id());
        Credential third = files.add(typedIn("three", null));

        assertThat(third.name()).isEqualTo("codebuddy_token_3.json");
        assertThat(CredentialFilesBench.tokens(files)).containsExactly("two", "three");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "work|work.json",
                "work.json|work.json",
                "WORK.JSON|WORK.json",
                "../x|x.json",
                "/tmp/x|x.json",
                "C:\\tmp\\x.json|x.json",
                "a b\u202Ec\u200F|abc.json",
                "CON|codebuddy_CON.json",
                "nul.txt|codebuddy_nul.txt.json",
                "manager_state|codebuddy_manager_state.json",
                "Manager_State.json|codebuddy_Manager_State.json",
                ".hidden|hidden.json",
                "dots...|dots.json",
                "x.json:stream|x.jsonstream.json",
                "..|codebuddy_token_1.json",
                "/|codebuddy_token_1.json",
                "李|codebuddy_token_1.json",
                "` `|codebuddy_token_1.json",
            })
    void a_wanted_name_becomes_a_name_inside_the_directory(String wanted, String name) throws Exception {
        Credential added = bench.files().add(typedIn("T", wanted));

        assertThat(added.name()).isEqualTo(name);
        assertThat(bench.tree()).containsExactly(name);
        try (var entries = Files.list(home)) {
            assertThat(entries).containsExactly(bench.directory);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0000b", "\ud800", "a\nb"})
    void characters_that_no_name_may_have_are_left_out(String wanted) {
        assertThat(bench.files().add(typedIn("T", wanted)).name()).matches("[a-z_0-9]+\\.json");
    }

    @Test
    void a_name_of_three_hundred_bytes_is_cut() {
        assertThat(bench.files().add(typedIn("T", "n".repeat(300))).name()).isEqualTo("n".repeat(100) + ".json");
    }

    @Test
    void what_has_the_wanted_name_stays_whatever_it_is() throws IOException {
        CredentialFiles files = bench.files();
        Files.createDirectory(bench.directory.resolve("a.json"));
        Files.createSymbolicLink(bench.directory.resolve("a_2.json"), home.resolve("outside"));
        bench.put("a_3.json", "foreign");

        assertThat(files.add(typedIn("T", "a")).name()).isEqualTo("a_4.json");

        assertThat(bench.text("a_3.json")).isEqualTo("foreign");
        assertThat(home.resolve("outside")).doesNotExist();
    }

    @Test
    void an_import_is_called_after_its_user_if_it_has_one() {
        CredentialFiles files = bench.files();

        Credential known = files.add(new NewCredential(Tokens.of(Secret.of("T")), LI, Origin.IMPORT, null));
        Credential unknown =
                files.add(new NewCredential(Tokens.of(Secret.of("U")), Account.UNKNOWN, Origin.IMPORT, null));

        assertThat(known.name()).startsWith("codebuddy_liexample.com_");
        assertThat(unknown.name()).isEqualTo("codebuddy_token_2.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "a\nb", "\u0000", "中"})
    void a_token_that_could_not_be_read_back_is_refused(String token) throws IOException {
        CredentialFiles files = bench.files();

        assertThatThrownBy(() -> files.add(typedIn(token, null)))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refused -> assertThat(refused.param()).contains("bearer_token"));
        assertThat(bench.tree()).isEmpty();
    }

    @Test
    void a_token_of_a_mebibyte_is_refused() {
        CredentialFiles files = bench.files();

        assertThatThrownBy(() -> files.add(typedIn("t".repeat(1 << 20), null))).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void what_could_not_be_read_back_of_an_account_is_left_out() throws Exception {
        Account account = new Account("u\u0000", "n".repeat(513), " ", "a\nb", "www.codebuddy.cn", null, null, null);

        Credential added = bench.files().add(new NewCredential(Tokens.of(Secret.of("T")), account, Origin.LOGIN, null));

        assertThat(bench.json(added.name()).propertyNames()).containsExactly("bearer_token", "created_at", "domain");
    }

    @Test
    void a_directory_that_went_is_made_again() throws IOException {
        CredentialFiles files = bench.files();
        Files.delete(bench.directory);

        files.add(typedIn("T", null));

        assertThat(CredentialFilesBench.tokens(files)).containsExactly("T");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void an_interrupted_caller_adds_all_the_same() throws IOException {
        CredentialFiles files = bench.files();

        Thread.currentThread().interrupt();
        Credential added = files.add(typedIn("T", null));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(files.all()).containsExactly(added);
        assertThat(bench.tree()).containsExactly(added.name());
    }
}
