package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The admin page in Chromium: one run of {@code page/specs}, whose tests are told one by one. It takes minutes, so it runs
 * beside the other classes.
 */
@Execution(ExecutionMode.CONCURRENT)
final class PageTest {
    private static final int RUN_LIMIT_SECONDS = 900;

    private static List<Spec> specs;

    /** What became of one test in the browser. */
    private record Spec(String file, String title, boolean passed, String failure, Map<String, String> measured) {
        private static final String CODES_OF_COLOURS = "\u001b\\[[0-9;]*m";

        static void collect(JsonNode suite, List<Spec> into) {
            suite.path("suites").forEach(inner -> collect(inner, into));
            suite.path("specs")
                    .forEach(spec -> into.add(new Spec(
                            spec.path("file").asText(),
                            spec.path("title").asText(),
                            spec.path("ok").asBoolean() && ran(spec),
                            failures(spec),
                            measured(spec))));
        }

        private static boolean ran(JsonNode spec) {
            return spec.path("tests").size() == 1
                    && spec.at("/tests/0/status").asText().equals("expected");
        }

        private static Map<String, String> measured(JsonNode spec) {
            Map<String, String> found = new LinkedHashMap<>();
            spec.at("/tests/0/annotations")
                    .forEach(it -> found.put(
                            it.path("type").asText(), it.path("description").asText()));
            return found;
        }

        private static String failures(JsonNode spec) {
            List<String> messages = new ArrayList<>();
            spec.path("tests")
                    .forEach(test -> test.path("results").forEach(result -> {
                        messages.add(result.path("status").asText());
                        result.path("errors")
                                .forEach(error -> messages.add(
                                        error.path("message").asText().replaceAll(CODES_OF_COLOURS, "")));
                    }));
            return String.join("\n", messages);
        }
    }

    @BeforeAll
    @Timeout(RUN_LIMIT_SECONDS)
    static void run_all_specs() throws Exception {
        PageSpecs page = PageSpecs.installed();
        page.check();
        Path report = Packaged.acceptance().resolve("target/page-report.json");
        Files.deleteIfExists(report);
        NodeFolder.Result run = page.run(RUN_LIMIT_SECONDS, Map.of("PAGE_REPORT", report.toString()));
        assertThat(report).as(run.output() + run.complaints()).exists();
        List<Spec> all = new ArrayList<>();
        JsonNode told = Json.read(Files.readString(report));
        Spec.collect(told, all);
        assertThat(told.path("errors")).as("errors outside of any test").isEmpty();
        assertThat(all).isNotEmpty();
        specs = List.copyOf(all);
    }

    @TestFactory
    Stream<DynamicTest> every_spec_passes_in_the_browser(TestReporter reporter) {
        specs.stream()
                .map(Spec::measured)
                .filter(measured -> !measured.isEmpty())
                .forEach(reporter::publishEntry);
        return specs.stream()
                .map(spec -> DynamicTest.dynamicTest(
                        spec.file() + ": " + spec.title(),
                        () -> assertThat(spec.passed()).as(spec.failure()).isTrue()));
    }

    @Item(12)
    @Test
    void the_page_is_the_same_under_both_addresses_and_names_no_other_host() {
        assertShown(12);
    }

    @Item(104)
    @Test
    void a_wrong_password_shows_an_error_and_the_right_one_lasts_over_a_reload() {
        assertShown(104);
    }

    @Item(105)
    @Test
    void every_control_works_without_a_complaint_of_the_browser() {
        assertShown(105);
    }

    private static void assertShown(int number) {
        assertThat(specs.stream().filter(spec -> spec.title().startsWith("I." + number + " ")))
                .isNotEmpty()
                .allMatch(Spec::passed);
    }
}
