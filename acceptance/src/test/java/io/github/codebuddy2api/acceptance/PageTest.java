package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The admin page in Chromium: one run of {@code page/specs}, whose tests are told one by one. */
final class PageTest {
    private static final int RUN_LIMIT_SECONDS = 900;

    private static List<Spec> specs;

    /** What became of one test in the browser. */
    private record Spec(String file, String title, boolean passed, String failure) {
        /** A browser on a crowded machine may be late once; what fails twice fails. */
        private static final Set<String> PASSED = Set.of("expected", "flaky");

        private static final String CODES_OF_COLOURS = "\u001b\\[[0-9;]*m";

        static void collect(JsonNode suite, List<Spec> into) {
            suite.path("suites").forEach(inner -> collect(inner, into));
            suite.path("specs")
                    .forEach(spec -> into.add(new Spec(
                            spec.path("file").asText(),
                            spec.path("title").asText(),
                            spec.path("ok").asBoolean() && ran(spec),
                            failures(spec))));
        }

        private static boolean ran(JsonNode spec) {
            return spec.path("tests").size() == 1
                    && PASSED.contains(spec.at("/tests/0/status").asText());
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
        NodeFolder folder = new NodeFolder(Packaged.acceptance().resolve("page"));
        folder.install();
        folder.execute(RUN_LIMIT_SECONDS, Map.of(), "npm", "run", "--silent", "check");
        Path report = Packaged.acceptance().resolve("target/page-report.json");
        Files.deleteIfExists(report);
        NodeFolder.Result run = folder.run(
                RUN_LIMIT_SECONDS,
                Map.of(
                        "PAGE_REPORT", report.toString(),
                        "PAGE_SERVICE", json(Packaged.command("serve")),
                        "PAGE_SIMULATOR", json(Packaged.simulatorCommand())),
                "npx",
                "playwright",
                "test");
        assertThat(report).as(run.output() + run.complaints()).exists();
        List<Spec> all = new ArrayList<>();
        JsonNode told = Json.read(Files.readString(report));
        Spec.collect(told, all);
        assertThat(told.path("errors")).as("errors outside of any test").isEmpty();
        assertThat(all).isNotEmpty();
        specs = List.copyOf(all);
    }

    private static String json(List<String> words) {
        return words.stream()
                .map(word -> "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @TestFactory
    Stream<DynamicTest> every_spec_passes_in_the_browser() {
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
