package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.codebuddy.CodeBuddyOptions.Deadlines;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeBuddyOptionsTest {
    @Test
    void the_defaults_are_the_papers() {
        CodeBuddyOptions options = CodeBuddyOptions.at(URI.create("https://upstream.example"));

        assertThat(options.deadlines())
                .isEqualTo(new Deadlines(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(120),
                        Duration.ofSeconds(120),
                        Duration.ofMinutes(30),
                        Duration.ofSeconds(5)));
        assertThat(options.maxEventBytes()).isEqualTo(1_048_576);
        assertThat(options.sslVerify()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://upstream.example",
                "HTTPS://upstream.example:8443/prefix",
                "http://127.0.0.1:8080",
                "http://127.9.9.9",
                "http://localhost:1",
                "http://[::1]:80"
            })
    void https_or_plain_http_at_home_is_an_endpoint(String endpoint) {
        assertThat(CodeBuddyOptions.at(URI.create(endpoint)).endpoint()).hasToString(endpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://upstream.example",
                "http://127.0.0.1.example",
                "http://10.0.0.1",
                "http://0.0.0.0",
                "ftp://upstream.example",
                "upstream.example",
                "https:///path",
                "https://user@upstream.example",
                "https://upstream.example?x=1",
                "https://upstream.example#x"
            })
    void anything_else_is_refused(String endpoint) {
        assertThatThrownBy(() -> CodeBuddyOptions.at(URI.create(endpoint)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("endpoint ");
    }

    @ParameterizedTest
    @CsvSource({
        "https://upstream.example,https://upstream.example/v2/chat/completions",
        "https://upstream.example/,https://upstream.example/v2/chat/completions",
        "https://upstream.example/a,https://upstream.example/a/v2/chat/completions"
    })
    void the_apis_path_follows_the_endpoints(String endpoint, String resolved) {
        assertThat(CodeBuddyOptions.at(URI.create(endpoint)).resolve(Endpoint.CHAT))
                .hasToString(resolved);
    }

    @Test
    void limits_that_cannot_be_meant_are_refused() {
        CodeBuddyOptions options = CodeBuddyOptions.at(URI.create("https://upstream.example"));
        Duration second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> options.withMaxEventBytes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Deadlines(second, second, Duration.ZERO, second, second))
                .hasMessageStartingWith("gap ");
        assertThatThrownBy(() -> new Deadlines(second, second, second, Duration.ofDays(9), second))
                .hasMessageStartingWith("total ");
    }
}
