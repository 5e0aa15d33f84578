package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That a comparison takes equally long is a matter of what it calls; this is looked up in the packaged classes. */
final class SecretComparisonTest {
    private static final String HTTP = "io.github.codebuddy2api.http.";

    /** Each compares something presented with something kept, as {@code class.method}. */
    private static final List<String> COMPARISONS = List.of(
            "ServerPassword$Plain.matches",
            "PasswordHash.matches",
            "auth.SlowCheck$Known.is",
            "auth.GuessThrottle$Guess.isRepeatedBy");

    @Test
    @Tag("trust")
    @Tag("P20")
    void what_is_presented_is_compared_by_digests_to_their_ends() throws Exception {
        Proof.of(Promise.P20, "comparisons-of-secrets").show(() -> {
            JavaClasses classes;
            try (Stream<Path> jars = Files.list(Packaged.lib())) {
                Path jar = jars.filter(file -> file.getFileName().toString().contains("adapter-http"))
                        .findFirst()
                        .orElseThrow();
                try (JarFile opened = new JarFile(jar.toFile())) {
                    classes = new ClassFileImporter().importJar(opened);
                }
            }
            assertThat(COMPARISONS).allSatisfy(name -> {
                JavaMethod comparison = method(classes, name);
                assertThat(comparison.getMethodCallsFromSelf())
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(MessageDigest.class)
                                && call.getName().equals("isEqual"));
                assertThat(comparison.getMethodCallsFromSelf())
                        .noneMatch(call -> call.getTargetOwner().isEquivalentTo(Arrays.class));
            });
            return COMPARISONS.size() + " comparisons with what a caller presents: all of them of digests, by "
                    + "MessageDigest.isEqual";
        });
    }

    private static JavaMethod method(JavaClasses classes, String name) {
        int dot = name.lastIndexOf('.');
        return classes.get(HTTP + name.substring(0, dot)).getMethods().stream()
                .filter(method -> method.getName().equals(name.substring(dot + 1)))
                .findFirst()
                .orElseThrow();
    }
}
