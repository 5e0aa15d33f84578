package io.github.codebuddy2api.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings over HTTP. */
class SettingsRoutesTest {
    private static final String ROUTE = "/api/settings";

    private Owned owned;

    @BeforeEach
    void serve() {
        owned = new Owned();
    }

    @AfterEach
    void stop() {
        owned.close();
    }

    private RawCaller.Response change(String settings, String... headers) {
        return owned.post(ROUTE, "{\"settings\":" + settings + "}", headers);
    }

    @Test
    void every_setting_is_shown_as_its_type_with_its_label() {
        RawCaller.Response response = owned.get(ROUTE);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("etag")).isEqualTo("\"v1\"");
        assertThat(response.header("cache-control")).isEqualTo("no-store");
        assertThat(response.body())
                .startsWith("{\"settings\":{\"CODEBUDDY_PORT\":8001,\"CODEBUDDY_PASSWORD\":\"********\","
                        + "\"CODEBUDDY_MODELS\":\"glm-5.2,kimi\",\"CODEBUDDY_SSL_VERIFY\":true,"
                        + "\"CODEBUDDY_LOG_LEVEL\":\"INFO\",\"KEYWORD_RULES\":[{\"from\":\"a\",\"to\":\"b\"}]},"
                        + "\"labels\":{\"CODEBUDDY_PORT\":\"Label of CODEBUDDY_PORT\",")
                .contains("\"schema\":[{\"name\":\"CODEBUDDY_PORT\",\"label\":\"Label of CODEBUDDY_PORT\","
                        + "\"type\":\"integer\",\"restart\":true,\"sensitive\":true,\"options\":[],\"default\":\"\","
                        + "\"hint\":\"\",\"group\":\"server\",\"min\":1,\"max\":65535},")
                .contains("\"type\":\"choice\",\"restart\":false,\"sensitive\":false,\"options\":[\"INFO\",\"DEBUG\"]")
                .contains("\"options\":[\"INFO\",\"DEBUG\"],\"default\":\"\",\"hint\":\"\",\"group\":\"server\"}")
                .endsWith("\"version\":\"v1\",\"awaiting_restart\":[],\"trouble\":[],"
                        + "\"unknown_keys\":[\"server.prot -> did you mean server.port?\"],"
                        + "\"file\":\"config/config.yaml\"}")
                .doesNotContain(Served.PASSWORD);
    }

    @Test
    void what_a_restore_would_change_is_told_before_it_happens() {
        change("{\"CODEBUDDY_LOG_LEVEL\":\"DEBUG\"}");
        change("{\"CODEBUDDY_MODELS\":\"kimi\"}");

        assertThat(owned.get(ROUTE + "/history/2").body())
                .isEqualTo("{\"number\":2,\"saved_at\":998,\"changes\":["
                        + "{\"name\":\"CODEBUDDY_MODELS\",\"from\":\"kimi\",\"to\":\"glm-5.2,kimi\"},"
                        + "{\"name\":\"CODEBUDDY_LOG_LEVEL\",\"from\":\"DEBUG\",\"to\":\"INFO\"}]}");
        assertThat(owned.settings.texts).containsEntry("CODEBUDDY_MODELS", "kimi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2", "-1", "x", "1x", "99999999999999999999", "%31x"})
    void of_a_backup_that_is_not_there_nothing_is_told(String number) {
        change("{\"CODEBUDDY_LOG_LEVEL\":\"DEBUG\"}");

        RawCaller.Response response = owned.get(ROUTE + "/history/" + number);

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).contains("\"code\":\"backup_not_found\"");
    }

    @Test
    void a_backup_that_cannot_be_meant_says_why() {
        change("{\"CODEBUDDY_MODELS\":\"\"}");
        change("{\"CODEBUDDY_MODELS\":\"kimi\"}");

        RawCaller.Response response = owned.get(ROUTE + "/history/1");

        assertThat(response.status()).isEqualTo(422);
        assertThat(response.body()).contains("\"code\":\"invalid_value\"", "\"param\":\"CODEBUDDY_MODELS\"");
    }

    @Test
    void a_text_that_is_not_of_its_type_is_shown_as_it_is() {
        owned.settings.texts.put("CODEBUDDY_PORT", "010");
        owned.settings.texts.put("CODEBUDDY_SSL_VERIFY", "perhaps");
        owned.settings.texts.put("KEYWORD_RULES", "[{]");

        assertThat(owned.get(ROUTE).body())
                .contains(
                        "\"CODEBUDDY_PORT\":\"010\"",
                        "\"CODEBUDDY_SSL_VERIFY\":\"perhaps\"",
                        "\"KEYWORD_RULES\":\"[{]\"");
    }

    @Test
    void some_settings_are_changed_and_unknown_ones_are_named() {
        RawCaller.Response response = change("{\"CODEBUDDY_LOG_LEVEL\":\"DEBUG\",\"NOT_A_KEY\":1}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("etag")).isEqualTo("\"v2\"");
        assertThat(response.body())
                .startsWith("{\"message\":\"")
                .endsWith("\"restart_required\":[],\"ignored\":[\"NOT_A_KEY\"],\"version\":\"v2\"}");
        assertThat(owned.settings.texts)
                .containsEntry("CODEBUDDY_LOG_LEVEL", "DEBUG")
                .containsEntry("CODEBUDDY_MODELS", "glm-5.2,kimi")
                .doesNotContainKey("NOT_A_KEY");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"a, b,,c\" | a, b,,c",
                "[\"a\",\"b\"] | a,b",
                "[] | ''",
                "[\"a,b\",\"c\"] | [\"a,b\",\"c\"]",
                "[{\"from\":\"a\"}] | [{\"from\":\"a\"}]",
                "1.50 | 1.50",
                "7 | 7",
                "true | true",
                "null | ''"
            })
    void each_json_value_means_a_text(String json, String text) {
        change("{\"CODEBUDDY_MODELS\":" + json + "}");

        assertThat(owned.settings.texts).containsEntry("CODEBUDDY_MODELS", text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CODEBUDDY_MODELS | {\"x\":\"y\"} | 422",
                "CODEBUDDY_LOG_LEVEL | [\"DEBUG\"] | 422",
                "CODEBUDDY_PASSWORD | {} | 422",
                "KEYWORD_RULES | {\"x\":\"y\"} | 200",
                "UNKNOWN | {\"x\":\"y\"} | 200"
            })
    void a_list_or_an_object_is_refused_where_a_text_belongs(String name, String json, int status) {
        RawCaller.Response response = change("{\"CODEBUDDY_SSL_VERIFY\":false,\"" + name + "\":" + json + "}");

        assertThat(response.status()).as("%s", response).isEqualTo(status);
        assertThat(owned.settings.texts).containsEntry("CODEBUDDY_SSL_VERIFY", status == 200 ? "false" : "true");
    }

    @Test
    void what_cannot_be_meant_is_refused_with_its_name_and_changes_nothing() {
        RawCaller.Response response = change("{\"CODEBUDDY_MODELS\":\"x\",\"CODEBUDDY_LOG_LEVEL\":\"LOUD\"}");

        assertThat(response.status()).isEqualTo(422);
        assertThat(response.body())
                .isEqualTo("{\"error\":{\"message\":\"CODEBUDDY_LOG_LEVEL: Write INFO or DEBUG.\","
                        + "\"type\":\"invalid_request_error\",\"param\":\"CODEBUDDY_LOG_LEVEL\","
                        + "\"code\":\"invalid_value\"},\"detail\":[{\"type\":\"value_error\",\"loc\":[\"body\","
                        + "\"settings\",\"CODEBUDDY_LOG_LEVEL\"],\"msg\":\"Write INFO or DEBUG.\"}]}");
        assertThat(owned.settings.texts).containsEntry("CODEBUDDY_MODELS", "glm-5.2,kimi");
    }

    @Test
    void what_only_the_file_may_change_is_refused() {
        RawCaller.Response response = change("{\"CODEBUDDY_PORT\":80}");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body())
                .contains("\"code\":\"setting_read_only\"", "\"param\":\"CODEBUDDY_PORT\"", "\"detail\":\"");
        assertThat(change("{\"CODEBUDDY_PORT\":8001}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"'\"v1\"', 200", "'W/\"v1\"', 200", "*, 200", "'\"v0\"', 412", "junk, 412"})
    void who_has_seen_another_version_changes_nothing(String tag, int status) {
        RawCaller.Response response = change("{\"CODEBUDDY_LOG_LEVEL\":\"DEBUG\"}", "If-Match: " + tag + "\r\n");

        assertThat(response.status()).isEqualTo(status);
        if (status == 412) {
            assertThat(response.body()).contains("\"code\":\"precondition_failed\"");
            assertThat(response.header("x-should-retry")).isEqualTo("false");
            assertThat(owned.settings.texts).containsEntry("CODEBUDDY_LOG_LEVEL", "INFO");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 422",
                "{\"settings\":null} | 422",
                "{\"settings\":[]} | 422",
                "{\"settings\":\"x\"} | 422",
                "{\"CODEBUDDY_PORT\":1} | 422",
                "{\"settings\":{\"A\":1,\"A\":2}} | 400",
                "{bad | 400",
                "[] | 400"
            })
    void a_body_without_settings_is_refused(String body, int status) {
        RawCaller.Response response = owned.post(ROUTE, body);

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body()).startsWith("{\"error\":{\"message\":\"").contains("\"detail\":");
        if (status == 422) {
            assertThat(response.body()).contains("\"loc\":[\"body\",\"settings\"]");
        }
    }

    @Test
    void a_value_beyond_all_measure_is_too_large() {
        assertThat(change("{\"CODEBUDDY_MODELS\":\"" + "x".repeat(1024 * 1024) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void what_was_set_before_can_be_had_back() {
        change("{\"CODEBUDDY_LOG_LEVEL\":\"DEBUG\"}");

        assertThat(owned.get(ROUTE + "/history").body()).isEqualTo("{\"backups\":[{\"number\":1,\"saved_at\":999}]}");
        assertThat(owned.post(ROUTE + "/restore", "{\"backup\":1}").status()).isEqualTo(200);
        assertThat(owned.settings.texts).containsEntry("CODEBUDDY_LOG_LEVEL", "INFO");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"backup\":\"1\"}", "{\"backup\":1.0}", "{\"backup\":true}", "{\"backup\":null}"})
    void a_backup_has_a_number(String body) {
        assertThat(owned.post(ROUTE + "/restore", body).status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "7", "4294967297"})
    void there_is_no_such_backup(String number) {
        RawCaller.Response response = owned.post(ROUTE + "/restore", "{\"backup\":" + number + "}");

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).contains("\"code\":\"backup_not_found\"");
    }
}
