package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.filestore.CredentialJson.NotCredential;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialShapeTest {
    private static final CredentialId ID = new CredentialId("0123456789abcdef");

    private static Credential read(String json) throws NotCredential {
        return CredentialShape.read(ID, "a.json", new CredentialJson().read(json.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'bearer_token':'T'}",
                "{'bearer_token':' T\\n'}",
                "{'access_token':'T'}",
                "{'accessToken':'T'}",
                "{'auth':{'accessToken':'T'}}",
                "{'auth.accessToken':'T'}",
                "{'full_response':{'bearer_token':'T'}}",
                "{'full_response':{'access_token':'T'}}",
                "{'full_response':{'data':{'accessToken':'T'}}}",
                "{'full_response':{'full_response':{'code':0,'data':{'accessToken':'T'}}}}",
                "{'bearer_token':null,'access_token':'T'}",
                "{'bearer_token':'','access_token':'T'}",
                "{'bearer_token':7,'access_token':'T'}",
                "{'bearer_token':'T','access_token':'other','full_response':{'bearer_token':'older'}}",
                "\uFEFF{'bearer_token':'T'}",
            })
    void the_token_is_found_wherever_a_program_left_it(String json) throws NotCredential {
        assertThat(read(json.replace('\'', '"')))
                .isEqualTo(new Credential(ID, "a.json", Tokens.of(Secret.of("T")), Account.UNKNOWN));
    }

    @Test
    void the_original_oauth_file_is_read() throws NotCredential {
        Credential credential = read("""
                {"bearer_token": "T", "user_id": "li@example.com", "created_at": 1785000000, "expires_in": 31536000,
                 "refresh_token": "R", "token_type": "Bearer", "scope": "openid", "domain": "www.codebuddy.ai",
                 "user_info": {"sub": "5f0d", "email": "li@example.com", "preferred_username": "li", "exp": 1816536000},
                 "full_response": {"access_token": "old", "expires_in": 5, "refresh_token": "old", "created_at": 1}}
                """);

        assertThat(credential)
                .isEqualTo(new Credential(
                        ID,
                        "a.json",
                        new Tokens(
                                Secret.of("T"),
                                Secret.of("R"),
                                Instant.ofEpochSecond(1785000000),
                                Instant.ofEpochSecond(1785000000 + 31536000),
                                null,
                                "Bearer",
                                "openid",
                                null),
                        new Account(
                                null, "li@example.com", "li@example.com", "li", "www.codebuddy.ai", null, null, null)));
    }

    @Test
    void the_second_schema_is_read() throws NotCredential {
        Credential credential = read("""
                {"credential_schema_version": 2, "bearer_token": "T", "created_at": 1785000000, "expires_in": 60,
                 "expires_at": 1786000000, "account_uid": "u-1", "nickname": "Li", "enterprise_id": "e-1",
                 "department_full_name": "a/b", "user_id": "sub-1", "api_endpoint": "https://www.codebuddy.ai",
                 "accounts": [{"uid": "u-2"}], "upstream_responses": {"login_token": {"data": {"accessToken": "x"}}}}
                """);

        assertThat(credential.tokens().expiresAt()).isEqualTo(Instant.ofEpochSecond(1786000000));
        assertThat(credential.account())
                .isEqualTo(new Account("u-1", "sub-1", null, "Li", "www.codebuddy.ai", "e-1", null, "a/b"));
    }

    @Test
    void the_official_clients_file_is_read() throws NotCredential {
        Credential credential = read("""
                {"auth": {"accessToken": "T", "refreshToken": "R", "expiresIn": 86400, "expiresAt": 1785086400000,
                          "domain": "www.codebuddy.cn", "lastRefreshTime": 1785000000000},
                 "account": {"uid": "u-1", "nickname": "Li", "enterpriseId": "", "departmentFullName": ""},
                 "accounts": []}
                """);

        assertThat(credential)
                .isEqualTo(new Credential(
                        ID,
                        "a.json",
                        new Tokens(
                                Secret.of("T"),
                                Secret.of("R"),
                                Instant.ofEpochSecond(1785000000),
                                Instant.ofEpochSecond(1785086400),
                                null,
                                null,
                                null,
                                null),
                        new Account("u-1", null, null, "Li", "www.codebuddy.cn", null, null, null)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'created_at':1000,'expires_in':60|1970-01-01T00:17:40Z",
                "'created_at':'1000','expires_in':'60'|1970-01-01T00:17:40Z",
                "'created_at':1785000000000,'expires_in':60|2026-07-25T17:21:00Z",
                "'expires_at':1785000000|2026-07-25T17:20:00Z",
                "'expires_at':1785000000000|2026-07-25T17:20:00Z",
                "'expires_at':100000000000|1973-03-03T09:46:40Z",
                "'expires_at':99999999999|5138-11-16T09:46:39Z",
                "'expires_at':'2026-07-25T17:20:00Z'|2026-07-25T17:20:00Z",
                "'expires_at':'2026-07-26T01:20:00+08:00'|2026-07-25T17:20:00Z",
                "'expiresAt':1785000000,'created_at':1,'expires_in':1|2026-07-25T17:20:00Z",
                "'expires_at':null,'created_at':1000,'expires_in':60|1970-01-01T00:17:40Z",
                "'expires_at':0,'created_at':1000,'expires_in':60|1970-01-01T00:17:40Z",
                "'created_at':1000,'expires_in':-5000|1970-01-01T00:00:00Z",
                "'created_at':1000,'expires_in':1e300|9999-12-31T23:59:59Z",
                "'expires_at':1e999999999|9999-12-31T23:59:59Z",
                "'expires_at':999999999999999999999999999999|9999-12-31T23:59:59Z",
                "'created_at':1000|",
                "'expires_in':1000|",
                "'created_at':1000,'expires_in':0|",
                "'created_at':0,'expires_in':60|",
                "'expires_at':-1e999999999|",
                "'expires_at':'soon'|",
                "'expires_at':{}|",
                "'expires_at':true|",
                "'created_at':[1],'expires_in':60|",
                "'created_at':1000,'full_response':{'created_at':7,'expires_in':60}|1970-01-01T00:01:07Z",
            })
    void the_end_of_a_token_is_found_in_every_form(String members, Instant end) throws NotCredential {
        assertThat(read(("{'bearer_token':'T'," + members + "}").replace('\'', '"'))
                        .tokens()
                        .expiresAt())
                .isEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "true", "[]", "{}", "null", "\"a\\nb\"", "\"a\\u0000b\"", "\"\""})
    void a_member_of_a_wrong_type_is_as_if_it_were_missing(String value) throws NotCredential {
        Credential credential = read("""
                {"bearer_token":"T","domain":%1$s,"refresh_token":%1$s,"last_refresh_at":{},"user_info":%1$s,"email":%1$s}
                """.formatted(value));

        assertThat(credential.tokens().refreshToken()).isNull();
        assertThat(credential.tokens().issuedAt()).isNull();
        assertThat(credential.account().email()).isEqualTo(value.equals("7") ? "7" : null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "evil.example/path", "host:80", "a\\r\\nb", "中"})
    void a_domain_that_is_no_host_name_is_not_used(String domain) throws NotCredential {
        assertThat(read("{\"bearer_token\":\"T\",\"domain\":\"" + domain + "\"}")
                        .account()
                        .domain())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|it has no token (bearer_token)",
                "{'refresh_token':'R'}|it has no token (bearer_token)",
                "{'bearer_token':7}|its token is not a usable text",
                "{'bearer_token':''}|its token is not a usable text",
                "{'bearer_token':'a b'}|its token is not a usable text",
                "{'bearer_token':'a\\u0000b'}|its token is not a usable text",
                "{'bearer_token':'a\\nb'}|its token is not a usable text",
                "{'bearer_token':'中'}|its token is not a usable text",
                "{'auth':{'accessToken':{'$wbEncrypted':1,'envelope':'x'}}}|its token is encrypted by WorkBuddy",
                "{'auth.accessToken':{'$wbEncrypted':1,'envelope':'x'}}|its token is encrypted by WorkBuddy",
                "{'auth':{'$wbEncrypted':1,'envelope':'x'}}|its token is encrypted by WorkBuddy",
                "{'$wbEncrypted':1,'envelope':'x'}|its token is encrypted by WorkBuddy",
                "{|it is not valid JSON (line 1",
                "|it is empty",
                "   |it is empty",
                "null|it is not a JSON object",
                "[]|it is not a JSON object",
                "'x'|it is not a JSON object",
                "{} x|it is not valid JSON",
                "{}{}|it is not valid JSON",
                "{'a':1,'a':2}|it is not valid JSON",
                "{'a':canary-7f3a}|it is not valid JSON",
                "{'a':'canary-7f3a|it is not valid JSON",
            })
    void a_file_without_a_usable_token_says_why_and_quotes_nothing(String json, String reason) {
        String text = json == null ? "" : json.replace('\'', '"');

        assertThatThrownBy(() -> read(text))
                .isInstanceOf(NotCredential.class)
                .hasMessageStartingWith(reason)
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }

    @Test
    void a_credential_prints_neither_token_nor_person() throws NotCredential {
        Credential credential = read("""
                {"bearer_token": "canary", "refresh_token": "canary", "email": "canary@example.com",
                 "nickname": "canary", "enterprise_id": "canary"}
                """);

        assertThat(credential.toString()).doesNotContain("canary");
    }
}
