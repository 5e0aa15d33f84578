package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointRuleTest {
    private static final EndpointRule RULE =
            new EndpointRule(List.of(URI.create("http://127.0.0.1:9000"), URI.create("https://gw.example.com")));

    @ParameterizedTest
    @CsvSource({
        "https://www.codebuddy.cn, https://www.codebuddy.cn",
        "https://www.codebuddy.cn/, https://www.codebuddy.cn",
        "HTTPS://WWW.CodeBuddy.CN, https://www.codebuddy.cn",
        "https://codebuddy.cn, https://www.codebuddy.cn",
        "codebuddy.cn, https://www.codebuddy.cn",
        "https://copilot.tencent.com, https://copilot.tencent.com",
        "https://www.codebuddy.ai, https://www.codebuddy.ai",
        "https://www.workbuddy.ai, https://www.workbuddy.ai",
        "https://www.workbuddy.cn, https://www.workbuddy.cn",
        "http://127.0.0.1:9000, http://127.0.0.1:9000",
        "gw.example.com, https://gw.example.com",
    })
    void an_origin_on_the_list_is_taken_in_its_canonical_form(String written, URI meant) {
        assertThat(RULE.allowed(written)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "http://www.codebuddy.cn",
                "https://www.codebuddy.cn:443",
                "https://www.codebuddy.cn:8443",
                "https://www.codebuddy.cn/v2",
                "https://www.codebuddy.cn//",
                "https://www.codebuddy.cn?x",
                "https://www.codebuddy.cn#x",
                "https://user@www.codebuddy.cn",
                "https://www.codebuddy.cn@evil.example",
                "https://www.codebuddy.cn.evil.example",
                "https://evil-www.codebuddy.cn",
                "https://www.codebuddy.cn.",
                "https://www.codebuddy.сn",
                "https://www.codebuddy。cn",
                "https://www.xn--codebuddy-abc.cn",
                "https://www.codebuddy.cn\\@evil.example",
                "https://www.codebuddy.cn ",
                "https://www.codebuddy.cn\n",
                "https://www%2Ecodebuddy.cn",
                "https:/www.codebuddy.cn",
                "https:www.codebuddy.cn",
                "//www.codebuddy.cn",
                "ftp://www.codebuddy.cn",
                "https://0x7f.1",
                "https://2130706433",
                "https://127.0.0.1",
                "https://[::1]",
                "https://169.254.169.254",
                "http://localhost:9000",
                "http://127.0.0.1:9001",
                "http://127.0.0.1",
                "http://127.1:9000",
                "http://0.0.0.0:9000",
                "file:///etc/passwd",
            })
    void everything_else_is_refused(String written) {
        assertThat(RULE.allowed(written)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://10.0.0.1",
                "https://gw.example.com:8443",
                "http://gw.example.com",
                "http://192.168.0.1:80",
                "http://127.0.0.999:80",
                "http://127.0.0.1:70000",
                "http://127.0.0.01:80",
                "http://localhost",
                "https://a.0x7f",
                "https://xn--a.example",
                "https://single",
                "https://-a.example",
                "https://a..example",
            })
    void an_origin_of_a_wrong_form_cannot_be_put_on_the_list(String written) {
        assertThat(EndpointRule.origin(written)).isEmpty();
    }
}
