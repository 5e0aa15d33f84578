package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceOptionsTest {
    @Test
    void the_defaults_are_the_papers() {
        assertThat(ServiceOptions.DEFAULT.deadline()).isEqualTo(Duration.ofSeconds(30));
        assertThat(ServiceOptions.DEFAULT.platform()).isEqualTo("CLI");
        assertThat(ServiceOptions.DEFAULT.pathOf(Endpoint.REFRESH)).isEqualTo("/v2/plugin/auth/token/refresh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v2", "/", "/v2/", "/v2?x=1", "/v2#x", "/a b", "//host", "/v2/\u00e9", "/%2e"})
    void a_path_that_could_lead_elsewhere_is_refused(String path) {
        assertThatThrownBy(() -> ServiceOptions.DEFAULT.withPaths(Map.of(Endpoint.MODELS, path)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://site.example", "https://user@site.example", "site.example", "ftp://127.0.0.1"})
    void a_site_that_is_not_safe_is_refused(String site) {
        assertThatThrownBy(() -> ServiceOptions.DEFAULT.withFurtherSites(List.of(URI.create(site))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void limits_that_cannot_be_meant_are_refused() {
        assertThatThrownBy(() -> ServiceOptions.DEFAULT.withDeadline(Duration.ZERO))
                .hasMessageStartingWith("deadline ");
        assertThatThrownBy(() -> ServiceOptions.DEFAULT.withDeadline(Duration.ofHours(1)))
                .hasMessageStartingWith("deadline ");
        assertThatThrownBy(() -> ServiceOptions.DEFAULT.withMaxReplyBytes(1)).hasMessageStartingWith("maxReplyBytes ");
        assertThatThrownBy(() -> new ServiceOptions(Map.of(), List.of(), "a b", Duration.ofSeconds(1), 2048))
                .hasMessageStartingWith("platform ");
    }

    @Test
    void the_same_origin_is_written_in_many_ways() {
        assertThat(Origins.of(URI.create("HTTPS://Site.Example"))).isEqualTo("https://site.example:443");
        assertThat(Origins.of(URI.create("https://site.example:443/x?y#z"))).isEqualTo("https://site.example:443");
        assertThat(Origins.of(URI.create("http://127.0.0.1/x"))).isEqualTo("http://127.0.0.1:80");
        assertThat(Origins.of(URI.create("mailto:x@y.example"))).isNull();
    }
}
