package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.proofs.Size;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What pages of other origins can do in a real browser, counted. {@link PageTest} runs the same without counting. */
final class OtherOriginsTest {
    private static final int RUN_LIMIT_SECONDS = 400;

    @Test
    @Tag("trust")
    @Tag("P18")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void no_page_of_another_origin_reaches_a_handler() throws Exception {
        assumeTrue(Size.now() != Size.GATE, "PageTest runs it");
        Proof.of(Promise.P18, "pages-of-other-origins").show(() -> {
            Path figure = Packaged.acceptance().resolve("target/page-figure.json");
            Files.createDirectories(figure.getParent());
            Files.deleteIfExists(figure);
            NodeFolder.Result run =
                    PageSpecs.installed().run(RUN_LIMIT_SECONDS, Map.of("PAGE_FIGURE", figure.toString()), "origins");
            assertThat(run.exitCode()).as(run.output() + run.complaints()).isZero();
            JsonNode counted = Json.read(Files.readString(figure));
            assertThat(counted.path("attempts").asInt()).isPositive();
            assertThat(counted.path("reached").asInt()).isZero();
            assertThat(counted.path("read").asInt()).isZero();
            return counted.path("attempts").asInt() + " attempts of pages at "
                    + counted.path("sites").asInt()
                    + " other origins in Chromium (fetch, form, frame, event stream, image, script, socket, beacon), with "
                    + "the owner logged in: " + counted.path("heard").asInt() + " requests arrived, "
                    + counted.path("reached").asInt() + " reached a handler, "
                    + counted.path("read").asInt() + " answers could be read";
        });
    }
}
