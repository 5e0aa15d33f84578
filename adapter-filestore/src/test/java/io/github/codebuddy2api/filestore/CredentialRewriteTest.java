package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

final class CredentialRewriteTest {
    private static final CredentialId ID = new CredentialId("0123456789abcdef");
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final Tokens NEW = new Tokens(
            Secret.of("NEW"),
            Secret.of("NEW-R"),
            NOW,
            NOW.plusSeconds(86_400),
            NOW.plusSeconds(2_592_000),
            "Bearer",
            "openid",
            "s-2");

    private final CredentialJson json = new CredentialJson();

    private ObjectNode object(String text) throws Exception {
        return json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private Credential read(ObjectNode object) throws Exception {
        return CredentialShape.read(ID, "a.json", object);
    }

    private ObjectNode refreshed(ObjectNode before) throws Exception {
        Credential old = read(before);
        return CredentialRewrite.rewritten(before, old, old.with(NEW), NOW);
    }

    static List<String> shapes() {
        return List.of("""
                {"bearer_token": "OLD", "user_id": null, "created_at": 1785000000}""", """
                {"bearer_token": "OLD", "user_id": "li@example.com", "created_at": 1785000000, "expires_in": 31536000,
                 "refresh_token": "OLD-R", "token_type": "Bearer", "scope": "openid profile",
                 "domain": "www.codebuddy.ai", "session_state": "s-1",
                 "user_info": {"sub": "5f0d", "email": "li@example.com", "name": "Li", "scope": "openid"},
                 "full_response": {"access_token": "OLD", "bearer_token": "OLD", "refresh_token": "OLD-R",
                    "expires_in": 31536000, "created_at": 1785000000,
                    "full_response": {"code": 0, "data": {"accessToken": "OLD", "refreshToken": "OLD-R",
                        "expiresIn": 31536000, "expiresAt": 1816536000000}}}}""", """
                {"credential_schema_version": 2, "bearer_token": "OLD", "refresh_token": "OLD-R",
                 "created_at": 1785000000, "updated_at": 1785000000, "last_refresh_at": 1785000000,
                 "expires_in": 60, "expires_at": 1785000060, "refresh_expires_in": 600,
                 "refresh_expires_at": 1785000600, "account_uid": "u-1", "accounts": [{"uid": "u-2"}]}""", """
                {"access_token": "OLD", "tenant_id": "t", "supported_models": "a,b"}""", """
                {"auth": {"accessToken": "OLD", "refreshToken": "OLD-R", "expiresIn": 86400,
                          "expiresAt": 1785086400000, "refreshExpiresAt": 1787592000000,
                          "domain": "www.codebuddy.cn", "lastRefreshTime": 1785000000000},
                 "account": {"uid": "u-1", "nickname": "Li", "enterpriseId": ""}, "accounts": []}""", """
                {"auth.accessToken": "OLD", "auth.refreshToken": "OLD-R", "auth.expiresAt": "2026-07-26T17:20:00Z"}""", """
                {"bearer_token": null, "access_token": "OLD", "expires_at": "1785000060", "refresh_token": 7}""");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whatever_the_shape_the_new_tokens_are_read_back_and_no_old_one_is_left(String shape) throws Exception {
        ObjectNode before = object(shape);

        ObjectNode after = refreshed(before);

        assertThat(read(object(new String(json.write(after, Map.of()), StandardCharsets.UTF_8))))
                .isEqualTo(read(before).with(NEW));
        assertThat(after.toString()).doesNotContain("OLD");
        assertThat(List.copyOf(after.propertyNames()).subList(0, before.size()))
                .as("every member is there, in its place")
                .containsExactlyElementsOf(before.propertyNames());
        assertThat(before).as("what was read stays as it was").isEqualTo(object(shape));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void tokens_of_which_nothing_else_is_known_leave_no_time_and_no_refresh_token_behind(String shape)
            throws Exception {
        ObjectNode before = object(shape);
        Credential old = read(before);
        Tokens bare = Tokens.of(Secret.of("NEW"));

        ObjectNode after = CredentialRewrite.rewritten(before, old, old.with(bare), NOW);

        assertThat(read(after)).isEqualTo(old.with(bare));
        assertThat(after.toString()).doesNotContain("OLD");
    }

    @Test
    void the_original_finds_the_new_end_where_it_looks_for_it() throws Exception {
        ObjectNode after = refreshed(object("{\"bearer_token\": \"OLD\", \"expires_at\": 1785000000}"));

        assertThat(after.get("created_at").asLong() + after.get("expires_in").asLong())
                .isEqualTo(after.get("expires_at").asLong())
                .isEqualTo(1_800_086_400);
    }

    @Test
    void an_end_without_a_known_beginning_begins_now() throws Exception {
        ObjectNode before = object("{\"bearer_token\": \"OLD\"}");
        Credential old = read(before);
        Tokens ending = Tokens.of(Secret.of("NEW")).expiringAt(NOW.plusSeconds(60));

        ObjectNode after = CredentialRewrite.rewritten(before, old, old.with(ending), NOW);

        assertThat(after.toString())
                .isEqualTo("{\"bearer_token\":\"NEW\",\"created_at\":1800000000,\"expires_in\":60,"
                        + "\"expires_at\":1800000060}");
    }

    @Test
    void a_time_keeps_the_form_it_had() throws Exception {
        ObjectNode after = refreshed(object("""
                {"auth": {"accessToken": "OLD", "expiresAt": 1785086400000, "lastRefreshTime": "1785000000"},
                 "full_response": {"expires_at": "2026-07-25T17:20:00Z"}}
                """));

        assertThat(after.at("/auth/expiresAt").asLong()).isEqualTo(1_800_086_400_000L);
        assertThat(after.at("/auth/lastRefreshTime").stringValue()).isEqualTo("1800000000");
        assertThat(after.at("/full_response/expires_at").stringValue()).isEqualTo("2027-01-16T08:00:00Z");
    }

    @Test
    void an_account_that_became_personal_has_no_enterprise_left_anywhere() throws Exception {
        ObjectNode before = object("""
                {"bearer_token": "T", "enterprise_id": "e-1", "enterprise_name": "Ltd", "department_full_name": "a/b",
                 "account_uid": "u-1",
                 "account": {"uid": "u-1", "enterpriseId": "e-2", "enterpriseName": "Ltd", "departmentFullName": "a"},
                 "full_response": {"data": {"enterpriseId": "e-3", "department": "x"}}}
                """);
        Credential old = read(before);

        ObjectNode after = CredentialRewrite.rewritten(
                before, old, old.with(new Account("u-1", null, null, null, null, null, null, null)), NOW);

        assertThat(after.toString())
                .isEqualTo("{\"bearer_token\":\"T\",\"account_uid\":\"u-1\",\"account\":{\"uid\":\"u-1\"},"
                        + "\"full_response\":{\"data\":{}}}");
        assertThat(read(after).account().enterprise()).isEmpty();
    }

    @Test
    void another_account_is_read_back_as_it_was_given() throws Exception {
        ObjectNode before = object("""
                {"bearer_token": "T", "user_info": {"email": "old@example.com", "name": "Old"}, "domain": "old.example"}
                """);
        Credential old = read(before);
        Account account = new Account("u-2", "li", "li@example.com", "Li", "www.codebuddy.cn", "e-1", "Ltd", "a/b");

        ObjectNode after = CredentialRewrite.rewritten(before, old, old.with(account), NOW);

        assertThat(read(after).account()).isEqualTo(account);
        assertThat(after.toString()).doesNotContainIgnoringCase("old");
    }

    @Test
    void what_did_not_change_keeps_every_copy_it_had() throws Exception {
        ObjectNode before = object("""
                {"bearer_token": "T", "nickname": "Li", "user_info": {"name": "Li Lei"}, "expires_at": 1785000000.5}
                """);
        Credential old = read(before);

        assertThat(CredentialRewrite.rewritten(before, old, old, NOW)).isEqualTo(before);
    }

    @Test
    void a_name_that_could_not_be_read_back_is_not_written() throws Exception {
        ObjectNode before = object("{\"bearer_token\": \"T\", \"nickname\": \"Li\"}");
        Credential old = read(before);
        Account account = new Account(null, null, null, "a\nb", null, null, null, null);

        ObjectNode after = CredentialRewrite.rewritten(before, old, old.with(account), NOW);

        assertThat(after.toString()).isEqualTo("{\"bearer_token\":\"T\"}");
    }
}
