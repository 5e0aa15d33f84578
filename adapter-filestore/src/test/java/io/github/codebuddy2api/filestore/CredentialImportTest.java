package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.credential.NewCredential.Origin;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.filestore.CredentialImport.Part;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CredentialImportTest {
    private static final Tokens TOKENS = new Tokens(
            Secret.of("T"),
            Secret.of("R"),
            Instant.ofEpochSecond(1785000000),
            Instant.ofEpochSecond(1785086400),
            Instant.ofEpochSecond(1787592000),
            "Bearer",
            "openid profile",
            "0c3d5a52");
    private static final Account ACCOUNT =
            new Account("u-1", null, null, "Li", "www.codebuddy.ai", "e-1", "Ltd", "a/b");

    private static final String OFFICIAL = """
            {"auth": {"accessToken": "T", "refreshToken": "R", "tokenType": "Bearer", "expiresIn": 86400,
                      "expiresAt": 1785086400000, "refreshExpiresIn": 2592000, "refreshExpiresAt": 1787592000000,
                      "domain": "www.codebuddy.ai", "lastRefreshTime": 1785000000000, "scope": "openid profile",
                      "sessionState": "0c3d5a52", "notBeforePolicy": 0},
             "account": {"uid": "u-1", "nickname": "Li", "type": "personal", "uin": "", "enterpriseId": "e-1",
                         "enterpriseName": "Ltd", "departmentFullName": "a/b", "lastLogin": true},
             "accounts": [], "allAccounts": []}
            """;
    private static final String DOTTED = """
            {"auth.accessToken": "T", "auth.refreshToken": "R", "auth.tokenType": "Bearer",
             "auth.expiresAt": "2026-07-26T17:20:00Z", "auth.refreshExpiresAt": 1787592000000,
             "auth.lastRefreshTime": 1785000000000, "auth.scope": "openid profile", "auth.sessionState": "0c3d5a52",
             "x-domain": "www.codebuddy.ai", "account.uid": "u-1", "account.nickname": "Li",
             "account.enterpriseId": "e-1", "account.enterpriseName": "Ltd", "account.departmentFullName": "a/b"}
            """;

    private static NewCredential read(String name, String content, Part part) {
        return CredentialImport.read(name, content.getBytes(StandardCharsets.UTF_8), part);
    }

    @Test
    void the_official_clients_file_is_taken_over_in_both_variants() {
        NewCredential expected = new NewCredential(TOKENS, ACCOUNT, Origin.IMPORT, null);

        assertThat(read("Tencent-Cloud.coding-copilot.info", OFFICIAL, Part.ALL_TOKENS))
                .isEqualTo(expected);
        assertThat(read("workbuddy-desktop.info", DOTTED, Part.ALL_TOKENS)).isEqualTo(expected);
    }

    @Test
    void the_access_token_alone_leaves_the_other_program_undisturbed() {
        NewCredential imported = read(null, OFFICIAL, Part.ACCESS_TOKEN);

        assertThat(imported.tokens().refreshToken()).isNull();
        assertThat(imported.tokens().refreshExpiresAt()).isNull();
        assertThat(imported.tokens().expiresAt()).isEqualTo(TOKENS.expiresAt());
        assertThat(imported.account()).isEqualTo(ACCOUNT);
    }

    @Test
    void any_other_credential_file_is_taken_over_too() {
        NewCredential imported = read("a.json", "{\"bearer_token\": \"T\", \"user_id\": \"li\"}", Part.ALL_TOKENS);

        assertThat(imported.tokens()).isEqualTo(Tokens.of(Secret.of("T")));
        assertThat(imported.account().userId()).isEqualTo("li");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x.info.logged-out|{'auth':{'accessToken':'canary'}}|its account was logged out there",
                "X.INFO.LOGGED-OUT|{}|its account was logged out there",
                "x.info|{'auth':{'accessToken':{'$wbEncrypted':1,'envelope':'canary'}}}|its token is encrypted by WorkBuddy",
                "x.info|{'auth.accessToken':{'$wbEncrypted':1}}|its token is encrypted by WorkBuddy",
                "x.info|{'auth':{}}|it has no token",
                "x.info|{'auth':{'accessToken':'canary|it is not valid JSON",
                "x.info||it is empty",
            })
    void what_cannot_be_taken_over_says_why_and_quotes_nothing(String name, String content, String reason) {
        String json = content == null ? "" : content.replace('\'', '"');

        assertThatThrownBy(() -> read(name, json, Part.ALL_TOKENS))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageStartingWith("The file cannot be imported: " + reason)
                .hasMessageNotContaining("canary");
    }

    @Test
    void more_than_a_mebibyte_is_refused() {
        assertThatThrownBy(() -> CredentialImport.read(null, new byte[(1 << 20) + 1], Part.ALL_TOKENS))
                .isInstanceOf(InvalidRequest.class);
    }

    @Test
    void the_warning_says_what_happens_to_the_other_program() {
        assertThat(CredentialImport.WARNING).contains("refresh token is shared", "log in again");
    }
}
