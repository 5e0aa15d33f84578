package io.github.codebuddy2api.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

final class AdminPageTest {
    private static final Pattern NAMED_FILE = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"");

    private final Map<String, AdminPage.File> files = AdminPage.files();

    @Test
    void every_file_that_the_page_names_is_there() {
        assertThat(NAMED_FILE.matcher(html()).results().map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(files).containsKey(name));
    }

    @Test
    void the_page_names_no_other_host_and_holds_no_script_or_style_of_its_own() {
        assertThat(html())
                .doesNotContain("//")
                .doesNotContainPattern("<script(?![^>]*src=)")
                .doesNotContain("<style")
                .doesNotContain("style=");
    }

    @Test
    void no_file_is_unknown_to_browsers() {
        assertThat(files.values()).extracting(AdminPage.File::mediaType).doesNotContain("application/octet-stream");
    }

    @Test
    void a_packed_file_is_the_same_file() throws IOException {
        for (AdminPage.File file : files.values()) {
            byte[] gzip = file.gzip();
            if (gzip != null) {
                assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes())
                        .isEqualTo(file.content());
            }
        }
        assertThat(files.values()).anyMatch(file -> file.gzip() != null && file.brotli() != null);
    }

    private String html() {
        AdminPage.File index = files.get("/index.html");
        assertThat(index).isNotNull();
        return new String(index.content(), StandardCharsets.UTF_8);
    }
}
