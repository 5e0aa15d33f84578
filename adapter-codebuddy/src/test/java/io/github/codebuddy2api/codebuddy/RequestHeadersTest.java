package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.Correlation;
import io.github.codebuddy2api.core.GatewayException.CredentialRejected;
import io.github.codebuddy2api.core.RequestId;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.Tokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadersTest {
    private static final String TOKEN = "not-a-token-12345678";
    private static final CodeBuddyOptions OPTIONS = CodeBuddyOptions.at(URI.create("https://upstream.example"));

    @Test
    void the_client_the_token_and_the_form_of_the_body_are_told() {
        Map<String, String> headers = headers(Account.UNKNOWN, Map.of());

        assertThat(headers)
                .containsEntry("Authorization", "Bearer " + TOKEN)
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Accept-Encoding", "identity")
                .containsEntry("User-Agent", "CLI/2.107.0 CodeBuddy/2.107.0")
                .containsEntry("X-IDE-Version", "2.107.0")
                .containsEntry("X-IDE-Type", "CLI")
                .containsEntry("X-IDE-Name", "CLI")
                .containsEntry("X-Product", "SaaS")
                .containsEntry("X-Requested-With", "XMLHttpRequest")
                .containsEntry("X-Agent-Intent", "craft");
    }

    @Test
    void every_one_of_our_constants_can_be_chosen() {
        CodeBuddyOptions options = OPTIONS.withClient(
                ClientIdentity.cli("9.8.7").with("x-agent-intent", "other").with("X-More", "1"));

        assertThat(new RequestHeaders(new RequestIds(new Random(1)))
                        .of(options, credential(Account.UNKNOWN), correlation(Map.of())))
                .containsEntry("User-Agent", "CLI/9.8.7 CodeBuddy/9.8.7")
                .containsEntry("X-IDE-Version", "9.8.7")
                .containsEntry("X-Agent-Intent", "other")
                .containsEntry("X-More", "1");
    }

    @Test
    void the_domain_is_the_credentials_if_it_is_one_and_the_endpoints_host_otherwise() {
        assertThat(headers(account(null, null, "www.codebuddy.cn"), Map.of()))
                .containsEntry("X-Domain", "www.codebuddy.cn");
        for (String bad : new String[] {null, "", "a b", "a\r\nX-Evil: 1", "bücher.example", "a/b", "host:1"}) {
            assertThat(headers(account(null, null, bad), Map.of()))
                    .as("domain %s", bad)
                    .containsEntry("X-Domain", "upstream.example");
        }
    }

    @Test
    void the_user_is_the_uid_or_the_tokens_subject_or_the_files_user_or_nobody() {
        String jwt = jwt("{\"sub\":\"sub-1\"}");

        assertThat(user(account("uid-1", "user-1", null), jwt)).isEqualTo("uid-1");
        assertThat(user(account(null, "user-1", null), jwt)).isEqualTo("sub-1");
        assertThat(user(account(null, "user-1", null), TOKEN)).isEqualTo("user-1");
        assertThat(user(account(null, null, null), TOKEN)).isEqualTo("anonymous_12345678");
        assertThat(user(account("", "", null), "abc")).isEqualTo("anonymous_abc");
        assertThat(user(account("a\r\nb", "\u4e2d", null), TOKEN)).isEqualTo("anonymous_12345678");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"sub\":7}", "{\"sub\":\"\"}", "{\"sub\":\"a\\nb\"}", "[]", "nope", ""})
    void a_token_without_a_usable_subject_names_nobody(String payload) {
        assertThat(user(account(null, "user-1", null), jwt(payload))).isEqualTo("user-1");
        assertThat(JwtClaims.of("a.!!!.b").subject()).isNull();
        assertThat(JwtClaims.of("a.b").subject()).isNull();
        assertThat(JwtClaims.of("a").subject()).isNull();
    }

    @Test
    void the_enterprise_is_told_if_there_is_one() {
        Account enterprise = new Account("u", null, null, null, null, "ent-1", null, "R&D/\u7814\u53d1 ~x");

        assertThat(headers(enterprise, Map.of()))
                .containsEntry("X-Enterprise-Id", "ent-1")
                .containsEntry("X-Tenant-Id", "ent-1")
                .containsEntry("X-Department-Info", "R%26D%2F%E7%A0%94%E5%8F%91%20~x");
        assertThat(headers(Account.UNKNOWN, Map.of()))
                .doesNotContainKeys("X-Enterprise-Id", "X-Tenant-Id", "X-Department-Info");
        assertThat(headers(new Account("u", null, null, null, null, "a\nb", null, ""), Map.of()))
                .doesNotContainKeys("X-Enterprise-Id", "X-Tenant-Id", "X-Department-Info");
    }

    @Test
    void the_callers_ids_travel_unchanged() {
        Map<String, String> given = Map.of(
                "x-conversation-id", "c-1",
                "X-Conversation-Request-ID", "c-2",
                "X-CONVERSATION-MESSAGE-ID", "c-3",
                "x-request-id", "c-4",
                "traceparent", "00-aa-bb-01",
                "tracestate", "v=1, w=2",
                "x-trace-id", "t",
                "x-session-id", "s",
                "x-originator", "o");

        assertThat(headers(Account.UNKNOWN, given)).containsAllEntriesOf(given);
    }

    @Test
    void ids_that_are_missing_or_unfit_are_made_and_all_differ() {
        Map<String, String> headers = headers(
                Account.UNKNOWN,
                Map.of("x-request-id", "a\r\nb", "traceparent", "\u00e9", "x-conversation-id", "x".repeat(600)));

        assertThat(headers.get("X-Conversation-ID"))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}");
        List<String> hex = List.of(
                headers.get("X-Conversation-Request-ID"),
                headers.get("X-Conversation-Message-ID"),
                headers.get("X-Request-ID"));
        assertThat(hex).allMatch(id -> id.matches("[0-9a-f]{32}"));
        assertThat(Set.copyOf(hex)).hasSize(3);
        assertThat(headers).doesNotContainKey("traceparent");
    }

    @Test
    void two_requests_share_no_id() {
        RequestHeaders source = new RequestHeaders(new RequestIds(new Random(1)));
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Map<String, String> headers = source.of(OPTIONS, credential(Account.UNKNOWN), correlation(Map.of()));
            ids.add(headers.get("X-Request-ID"));
            ids.add(headers.get("X-Conversation-ID"));
        }

        assertThat(ids).hasSize(200);
    }

    @Test
    void nothing_else_of_the_callers_headers_travels() {
        assertThat(headers(Account.UNKNOWN, Map.of("Cookie", "c", "Authorization", "Bearer mine", "X-Evil", "1")))
                .doesNotContainKeys("Cookie", "X-Evil")
                .containsEntry("Authorization", "Bearer " + TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\r\nX: 1", "a\u0000", "t\u00f6ken", " zz", "a\t"})
    void a_token_that_could_end_its_header_is_refused(String token) {
        Credential credential = credential(Account.UNKNOWN, token);

        assertThatThrownBy(() -> new RequestHeaders(new RequestIds(new Random(1)))
                        .of(OPTIONS, credential, correlation(Map.of())))
                .isInstanceOf(CredentialRejected.class)
                .hasMessageNotContaining(token);
    }

    @Test
    void what_belongs_to_http_or_to_the_credential_cannot_be_chosen() {
        ClientIdentity identity = ClientIdentity.cli("1");

        assertThatThrownBy(() -> identity.with("Authorization", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> identity.with("HOST", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> identity.with("X Y", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> identity.with("X-Y", "a\r\nb")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClientIdentity.cli("1\n2")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<String, String> headers(Account account, Map<String, String> given) {
        return new RequestHeaders(new RequestIds(new Random(1))).of(OPTIONS, credential(account), correlation(given));
    }

    private static String user(Account account, String token) {
        return new RequestHeaders(new RequestIds(new Random(1)))
                .of(OPTIONS, credential(account, token), correlation(Map.of()))
                .get("X-User-Id");
    }

    private static Account account(String uid, String userId, String domain) {
        return new Account(uid, userId, null, null, domain, null, null, null);
    }

    private static Credential credential(Account account) {
        return credential(account, TOKEN);
    }

    private static Credential credential(Account account, String token) {
        return new Credential(new CredentialId("a"), "a", Tokens.of(Secret.of(token)), account);
    }

    private static Correlation correlation(Map<String, String> headers) {
        return new Correlation(new RequestId("r"), headers);
    }

    private static String jwt(String payload) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return "h." + encoder.encodeToString(payload.getBytes(StandardCharsets.UTF_8)) + ".s";
    }
}
