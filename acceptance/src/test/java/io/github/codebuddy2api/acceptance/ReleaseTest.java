package io.github.codebuddy2api.acceptance;

import static io.github.codebuddy2api.proofs.Promise.P26;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.proofs.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a release says about itself: its parts, which advisories concern them, and that anybody can build it again. */
@Tag("trust")
@Tag("P26")
final class ReleaseTest {
    /** A part and its version, as the bill of materials and the ledger name it. */
    private record Part(String name, String version) {}

    @Test
    void every_part_of_the_release_has_its_line_among_the_advisories() throws Exception {
        Path page = Packaged.top().resolve("docs/advisories.md");
        Proof proof = Proof.of(P26, "advisories")
                .without(
                        "%d advisories that name Helidon and no component, and any newer than the page: no feed is asked"
                                .formatted(AdvisoryLedger.unknown(page)));
        proof.show(() -> {
            List<AdvisoryLedger.Line> ledger = AdvisoryLedger.read(page);
            Set<Part> parts = parts();

            assertThat(parts)
                    .as("parts of which docs/advisories.md says nothing")
                    .allMatch(part -> ledger.stream().anyMatch(line -> line.covers(part.name(), part.version())));
            assertThat(ledger)
                    .as("lines of docs/advisories.md about what is not in the release")
                    .allMatch(line -> parts.stream().anyMatch(part -> line.covers(part.name(), part.version())));
            return parts.size() + " parts in the bill of materials, each with its reviewed line in docs/advisories.md";
        });
    }

    @Test
    void the_bill_of_materials_names_every_jar() throws IOException {
        Set<String> listed = components("service.cdx.json")
                .map(part ->
                        part.get("name").asText() + "-" + part.get("version").asText() + ".jar")
                .collect(Collectors.toSet());

        assertThat(jars())
                .filteredOn(jar -> !jar.startsWith("codebuddy2api-app-"))
                .isNotEmpty()
                .isSubsetOf(listed);
    }

    @Test
    @Timeout(600)
    void whoever_builds_it_again_gets_the_same_bytes(@TempDir Path elsewhere) throws Exception {
        assumeTrue(Size.now() != Size.GATE, "a second build takes longer than the gate has time for");
        Proof.of(P26, "rebuild").show(() -> {
            copySources(elsewhere);
            new NodeFolder(elsewhere)
                    .execute(
                            500,
                            Map.of("TZ", "Asia/Shanghai", "LC_ALL", "C"),
                            "./mvnw",
                            "--quiet",
                            "--batch-mode",
                            "--projects",
                            "app",
                            "--also-make",
                            "-Dmaven.test.skip=true",
                            "-DskipTests",
                            "-Dspotless.check.skip=true",
                            "package");
            Map<String, String> ours = digests(Packaged.lib().getParent());
            Map<String, String> theirs = digests(elsewhere.resolve("app/target/codebuddy2api"));

            assertThat(theirs.keySet()).isEqualTo(ours.keySet());
            assertThat(ours.keySet())
                    .as("files that differ")
                    .allMatch(file -> Objects.equals(ours.get(file), theirs.get(file)));
            return ours.size() + " files built again in another folder, time zone and locale: all byte-identical";
        });
    }

    /** All that is under version control or could be. */
    private static void copySources(Path target) throws Exception {
        String files = new NodeFolder(Packaged.top())
                .execute(60, Map.of(), "git", "ls-files", "--cached", "--others", "--exclude-standard");
        for (String file : files.lines().toList()) {
            Path source = Packaged.top().resolve(file);
            if (Files.exists(source)) {
                Path copy = target.resolve(file);
                Files.createDirectories(copy.getParent());
                Files.copy(source, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static Map<String, String> digests(Path folder) throws Exception {
        Map<String, String> digests = new TreeMap<>();
        for (String part : List.of("lib", "parts")) {
            try (Stream<Path> files = Files.list(folder.resolve(part))) {
                for (Path file : files.toList()) {
                    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                    digests.put(part + "/" + file.getFileName(), HexFormat.of().formatHex(digest));
                }
            }
        }
        return digests;
    }

    private static Set<Part> parts() throws IOException {
        List<Part> parts = new ArrayList<>();
        components("service.cdx.json")
                .filter(part -> !part.get("group").asText().equals("io.github.codebuddy2api"))
                .map(part -> new Part(
                        part.get("group").asText() + ":" + part.get("name").asText(),
                        part.get("version").asText()))
                .forEach(parts::add);
        components("page.cdx.json")
                .map(part ->
                        new Part(part.get("name").asText(), part.get("version").asText()))
                .forEach(parts::add);
        assertThat(parts).as("the bills of materials").isNotEmpty();
        return Set.copyOf(parts);
    }

    private static Stream<JsonNode> components(String file) throws IOException {
        Path bill = Packaged.lib().resolveSibling("parts").resolve(file);
        assumeTrue(Files.exists(bill), "the list of parts is not made by an offline build");
        JsonNode components =
                Json.read(Files.readString(bill, StandardCharsets.UTF_8)).get("components");
        return StreamSupport.stream(components.spliterator(), false);
    }

    private static Set<String> jars() throws IOException {
        try (Stream<Path> files = Files.list(Packaged.lib())) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
