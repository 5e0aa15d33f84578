package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is in the box. Whoever adds a library meets this list, and then {@code docs/advisories.md}. */
final class PackageTest {
    private static final Set<String> OURS = Set.of(
            "codebuddy2api-app",
            "codebuddy2api-core",
            "codebuddy2api-adapter-codebuddy",
            "codebuddy2api-adapter-filestore",
            "codebuddy2api-adapter-http",
            "codebuddy2api-frontend");

    /** By Maven's group, as far as the file name shows it. */
    private static final List<String> ALLOWED = List.of(
            "helidon",
            "helidon-[a-z0-9-]+",
            "jackson-core",
            "jackson-databind",
            "jackson-annotations",
            "snakeyaml-engine",
            "logback-classic",
            "logback-core",
            "slf4j-api",
            "slf4j-jdk-platform-logging",
            "xz",
            "kala-compress-base",
            "kala-compress-compressors-bzip2",
            // JetBrains' annotations, which kala's module requires and nobody runs.
            "annotations");

    /** These would be on the path only by accident: see decisions 12 to 14. */
    private static final List<String> FORBIDDEN =
            List.of("helidon-webclient.*", "helidon-webserver-http2", "helidon-http-media-jackson");

    @Test
    void nothing_is_packaged_but_what_is_listed_here() throws IOException {
        Set<String> strangers = names(Packaged.lib());
        strangers.removeIf(name -> OURS.contains(name) || ALLOWED.stream().anyMatch(name::matches));

        assertThat(strangers).isEmpty();
    }

    @Test
    void all_our_modules_are_packaged_and_nothing_for_tests() throws IOException {
        Set<String> ours = names(Packaged.lib());
        ours.removeIf(name -> !name.startsWith("codebuddy2api"));

        assertThat(ours).isEqualTo(OURS);
    }

    @Test
    void what_is_forbidden_is_not_packaged() throws IOException {
        assertThat(names(Packaged.lib())).noneMatch(name -> FORBIDDEN.stream().anyMatch(name::matches));
    }

    @Test
    void no_library_is_packaged_in_two_versions() throws IOException {
        try (Stream<Path> files = Files.list(Packaged.lib())) {
            assertThat(files.map(PackageTest::name)).doesNotHaveDuplicates();
        }
    }

    @Test
    void every_jar_is_a_real_module() {
        assertThat(ModuleFinder.of(Packaged.lib()).findAll())
                .filteredOn(module -> module.descriptor().isAutomatic())
                .isEmpty();
    }

    @Test
    void core_requires_java_base_alone() {
        assertThat(ModuleFinder.of(Packaged.lib())
                        .find("io.github.codebuddy2api.core")
                        .orElseThrow()
                        .descriptor()
                        .requires())
                .filteredOn(requires ->
                        !requires.modifiers().contains(java.lang.module.ModuleDescriptor.Requires.Modifier.STATIC))
                .extracting(java.lang.module.ModuleDescriptor.Requires::name)
                .containsExactly("java.base");
    }

    @Test
    void core_does_not_export_its_engine() {
        assertThat(ModuleFinder.of(Packaged.lib())
                        .find("io.github.codebuddy2api.core")
                        .orElseThrow()
                        .descriptor()
                        .exports())
                .extracting(java.lang.module.ModuleDescriptor.Exports::source)
                .noneMatch(name -> name.endsWith(".engine"));
    }

    @Test
    void the_simulator_is_packaged_beside_the_service_and_not_in_it() throws IOException {
        assertThat(names(Packaged.simulator())).containsExactly("codebuddy2api-simulator");
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(PackageTest::name).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The artifact's name without its version. */
    private static String name(Path jar) {
        return jar.getFileName().toString().replaceFirst("-\\d.*\\.jar$", "");
    }
}
