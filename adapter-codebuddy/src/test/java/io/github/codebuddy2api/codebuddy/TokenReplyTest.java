package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.credential.Account;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenReplyTest {
    private static final Instant NOW = Instant.parse("2026-08-10T00:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "expiresAt":1814400000 | 2027-07-01T00:00:00Z
            "expiresAt":1814400000000 | 2027-07-01T00:00:00Z
            "expiresAt":"1814400000000" | 2027-07-01T00:00:00Z
            "expiresAt":1814400000000,"expiresIn":60 | 2027-07-01T00:00:00Z
            "expiresAt":99999999999 | 5138-11-16T09:46:39Z
            "expiresAt":100000000000 | 1973-03-03T09:46:40Z
            "expiresIn":86400 | 2026-08-11T00:00:00Z
            "expiresAt":0,"expiresIn":"86400" | 2026-08-11T00:00:00Z
            "expiresAt":null,"expiresIn":60 | 2026-08-10T00:01:00Z
            "expiresAt":9999999999999999,"expiresIn":60 | 2026-08-10T00:01:00Z
            "expiresAt":1.5,"expiresIn":60 | 2026-08-10T00:01:00Z
            """)
    void an_end_is_told_in_one_of_several_ways(String members, Instant end) {
        assertThat(reply("{\"accessToken\":\"not-a-token\"," + members + "}")
                        .tokens()
                        .expiresAt())
                .isEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",\"expiresIn\":0", ",\"expiresIn\":-1", ",\"expiresIn\":99999999999", ",\"expiresAt\":[]"})
    void or_not_at_all(String members) {
        assertThat(reply("{\"accessToken\":\"not-a-token\"" + members + "}")
                        .tokens()
                        .expiresAt())
                .isNull();
    }

    @Test
    void the_token_itself_may_tell_it() {
        String token = jwt("{\"exp\":1814400000,\"iat\":1780000000}");

        assertThat(reply("{\"accessToken\":\"" + token + "\"}").tokens().expiresAt())
                .hasToString("2027-07-01T00:00:00Z");
        assertThat(reply("{\"accessToken\":\"" + token + "\"}").tokens().issuedAt())
                .isEqualTo(Instant.ofEpochSecond(1_780_000_000));
        assertThat(reply("{\"accessToken\":\"not-a-token\"}").tokens().issuedAt())
                .isEqualTo(NOW);
    }

    @Test
    void what_the_token_tells_of_its_owner_is_known() {
        String token = jwt("{\"sub\":\"s\",\"email\":\"ann@mail.example\",\"name\":\"Ann A\",\"nickname\":\"Ann\","
                + "\"iss\":\"https://site.example/auth/realms/sso-ent_9\"}");

        assertThat(reply("{\"accessToken\":\"" + token + "\",\"domain\":\"www.codebuddy.cn\"}")
                        .account())
                .isEqualTo(new Account(
                        null, "ann@mail.example", "ann@mail.example", "Ann", "www.codebuddy.cn", "ent_9", null, null));
        assertThat(reply("{\"accessToken\":\"not-a-token\",\"enterprise_id\":\"ent-1\",\"domain\":\"a b\"}")
                        .account())
                .isEqualTo(new Account(null, null, null, null, null, "ent-1", null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "[]",
                "{\"accessToken\":null}",
                "{\"accessToken\":\"\"}",
                "{\"accessToken\":7}",
                "{\"accessToken\":\"a b\"}",
                "{\"accessToken\":\"a\\r\\nX-Evil: 1\"}",
                "{\"accessToken\":\"t\u00f6ken\"}"
            })
    void what_could_not_be_sent_is_no_token(String data) {
        assertThatThrownBy(() -> reply(data)).isInstanceOf(UpstreamGarbled.class);
    }

    @Test
    void a_refresh_token_that_could_not_be_sent_is_absent() {
        assertThat(reply("{\"accessToken\":\"ok\",\"refreshToken\":\"a\\nb\"}")
                        .tokens()
                        .refreshToken())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a..c", "a.!!!.c", "a.W10.c", "a.e30.c"})
    void a_token_that_is_no_jwt_tells_nothing(String token) {
        JwtClaims claims = JwtClaims.of(token);

        assertThat(claims.subject()).isNull();
        assertThat(claims.expiresAt()).isNull();
        assertThat(claims.enterpriseId()).isNull();
    }

    @Test
    void nothing_of_a_token_is_printed() {
        String token = jwt("{\"sub\":\"hidden-subject\"}");
        TokenReply reply = reply("{\"accessToken\":\"" + token + "\",\"refreshToken\":\"hidden-refresh\"}");

        assertThat(reply + " " + JwtClaims.of(token)).doesNotContain("hidden").doesNotContain(token);
    }

    private static TokenReply reply(String data) {
        return TokenReply.of(Json.MAPPER.readTree(data), NOW);
    }

    private static String jwt(String payload) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return "h." + encoder.encodeToString(payload.getBytes(StandardCharsets.UTF_8)) + ".s";
    }
}
