package io.github.codebuddy2api.acceptance;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.canary.CallsTheProgram;
import io.github.codebuddy2api.core.canary.DoesItsOwnTime;
import io.github.codebuddy2api.core.canary.ReadsJson;
import io.github.codebuddy2api.core.canary.ShowsASecret;
import io.github.codebuddy2api.core.canary.UsesTheSimulator;
import io.github.codebuddy2api.http.canary.ReachesAcross;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The walls of {@code docs/architecture.md}, held against the packaged jars. Every rule is tried on a canary first: a rule
 * that does not see its canary checks nothing.
 */
final class ArchitectureTest {
    private static final String ROOT = "io.github.codebuddy2api.";

    /** Where a secret leaves for its one destination. */
    private static final Set<String> MAY_REVEAL = Set.of(
            // into the headers of the upstream calls, and the address of a login's polls
            ROOT + "codebuddy.AccountHeaders",
            ROOT + "codebuddy.CodeBuddyLogin",
            // into the reading of its own claims
            ROOT + "codebuddy.TokenReply",
            // into its first and last characters, as the original shows them
            ROOT + "core.credential.CredentialView",
            // into its own file, and into a digest of it
            ROOT + "filestore.CredentialDraft",
            ROOT + "filestore.CredentialRewrite",
            ROOT + "filestore.RefreshNotes",
            ROOT + "filestore.SettingTexts",
            // into the cookie of the admin page, and into its digest
            ROOT + "http.auth.SessionId",
            // into the check of what callers present
            ROOT + "app.Wiring",
            // into the list of what the log never shows
            ROOT + "app.logging.KnownSecrets",
            // into the judgement whether it can be presented at all
            ROOT + "filestore.ConfigReader",
            // made up for one run of the demo: into its own files and onto the screen
            ROOT + "app.Demo",
            ROOT + "app.Main");

    /** The one place that reads the real clock. */
    private static final Set<String> MAY_READ_THE_CLOCK = Set.of(ROOT + "core.engine.SystemTime");

    /** The owners of threads; each ends its own. */
    private static final Set<String> MAY_START_THREADS = Set.of(
            // questions in the background, ended with the gateway
            ROOT + "core.engine.Errands",
            // the timers of the two adapters, and the threads of the HTTP client
            ROOT + "codebuddy.Watchdog",
            ROOT + "codebuddy.Connections",
            ROOT + "http.guard.Connections",
            // the core's one background thread, and a few short ones that refresh tokens
            ROOT + "core.engine.Background",
            ROOT + "core.engine.Workers",
            // the last write of the rests, for which closing does not wait for ever
            ROOT + "core.engine.RestKeeper",
            // one each for a caller's connection: to watch for its end, to cut it, to send a heartbeat
            ROOT + "http.guard.InboundBytes",
            ROOT + "http.guard.CallerConnection",
            ROOT + "http.openai.SseWriter",
            // writes the statistics
            ROOT + "filestore.UsageFile",
            // packs old log files
            ROOT + "app.logging.Archivist",
            // looks whether config.yaml was saved
            ROOT + "app.SettingsWatch",
            // the shutdown hook
            ROOT + "app.Main");

    /** What the command line prints to a person. */
    private static final Set<String> MAY_PRINT = Set.of(ROOT + "app.Main", ROOT + "app.Terminal");

    private static List<Path> jars;
    private static JavaClasses production;

    /** A rule and the class it must reject. */
    record Wall(ArchRule rule, Class<?> canary) {
        @Override
        public String toString() {
            return rule.getDescription();
        }
    }

    @BeforeAll
    static void read_the_packaged_jars() throws IOException {
        try (Stream<Path> files = Files.list(Packaged.lib())) {
            jars = files.filter(file -> file.getFileName().toString().startsWith("codebuddy2api-"))
                    .sorted()
                    .toList();
        }
        List<JarFile> opened = new ArrayList<>();
        for (Path jar : jars) {
            opened.add(new JarFile(jar.toFile()));
        }
        production = new ClassFileImporter().importJars(opened);
        for (JarFile jar : opened) {
            jar.close();
        }
        assertThat(jars).hasSize(6);
        assertThat(production.size()).isGreaterThan(100);
    }

    static Stream<Wall> walls() {
        return Stream.of(
                new Wall(
                        classes()
                                .that()
                                .resideInAPackage(ROOT + "core..")
                                .should()
                                .onlyDependOnClassesThat()
                                .resideInAnyPackage("java..", "org.jspecify..", ROOT + "core..")
                                .as("core stands on java.base alone"),
                        ReadsJson.class),
                new Wall(
                        noClasses()
                                .that()
                                .resideOutsideOfPackage(ROOT + "core..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(ROOT + "core.engine..")
                                .as("nobody outside core sees its engine"),
                        ReachesAcross.class),
                new Wall(
                        noClasses()
                                .that()
                                .resideInAPackage(ROOT + "http..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(ROOT + "codebuddy..", ROOT + "filestore..")
                                .as("adapter-http knows no other adapter"),
                        ReachesAcross.class),
                new Wall(
                        noClasses()
                                .that()
                                .resideOutsideOfPackage(ROOT + "app..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(ROOT + "app..")
                                .as("nothing depends on the program"),
                        CallsTheProgram.class),
                new Wall(
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        ROOT + "testkit..", ROOT + "simulator..", "org.junit..", "org.assertj..")
                                .as("production knows nothing of tests"),
                        UsesTheSimulator.class),
                new Wall(
                        noAccess(MAY_REVEAL, ArchitectureTest::revealsASecret)
                                .as("a secret is revealed only where it leaves for its destination"),
                        ShowsASecret.class),
                new Wall(
                        noAccess(MAY_READ_THE_CLOCK, ArchitectureTest::readsTheClock)
                                .as("the real clock is read in one place"),
                        DoesItsOwnTime.class),
                new Wall(
                        noAccess(Set.of(), access -> isMethod(access, Thread.class, "sleep"))
                                .as("nobody sleeps"),
                        DoesItsOwnTime.class),
                new Wall(
                        noAccess(MAY_START_THREADS, ArchitectureTest::startsAThread)
                                .as("a thread has a named owner"),
                        DoesItsOwnTime.class),
                new Wall(
                        noAccess(MAY_PRINT, ArchitectureTest::usesStandardStreams)
                                .as("only the command line prints"),
                        DoesItsOwnTime.class),
                new Wall(
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .areAssignableTo(ThreadLocal.class)
                                .as("context is an argument, not a thread-local"),
                        DoesItsOwnTime.class),
                new Wall(
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                                .as("chance comes from an injected source"),
                        DoesItsOwnTime.class));
    }

    @ParameterizedTest
    @MethodSource("walls")
    void the_wall_stands(Wall wall) {
        wall.rule().check(production);
    }

    @ParameterizedTest
    @MethodSource("walls")
    void the_wall_would_catch_its_canary(Wall wall) {
        JavaClasses canary = new ClassFileImporter().importClasses(wall.canary());

        assertThat(wall.rule().evaluate(canary).hasViolation()).isTrue();
    }

    @Test
    void a_secret_revealed_by_a_method_reference_is_seen_too() {
        ArchRule rule = noAccess(MAY_REVEAL, ArchitectureTest::revealsASecret);

        assertThat(rule.evaluate(new ClassFileImporter().importClasses(ShowsASecret.class))
                        .getFailureReport()
                        .getDetails())
                .hasSize(2);
    }

    @Test
    void adapters_know_no_other_adapter() {
        List<String> adapters = List.of("http", "codebuddy", "filestore");
        for (String adapter : adapters) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + adapter + "..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(adapters.stream()
                            .filter(other -> !other.equals(adapter))
                            .map(other -> ROOT + other + "..")
                            .toArray(String[]::new)))
                    .check(production);
        }
    }

    /** An exception that nobody needs any more would let a new class of that name pass unseen. */
    @Test
    void every_named_exception_is_still_needed() {
        Map<Set<String>, Predicate<JavaAccess<?>>> exceptions = Map.of(
                MAY_REVEAL, ArchitectureTest::revealsASecret,
                MAY_READ_THE_CLOCK, ArchitectureTest::readsTheClock,
                MAY_START_THREADS, ArchitectureTest::startsAThread,
                MAY_PRINT, ArchitectureTest::usesStandardStreams);

        exceptions.forEach((names, forbidden) -> assertThat(production.stream()
                        .filter(javaClass ->
                                javaClass.getAccessesFromSelf().stream().anyMatch(forbidden))
                        .map(ArchitectureTest::outermost))
                .containsAll(names));
    }

    @Test
    void the_canaries_are_no_part_of_the_product() {
        assertThat(production.stream().map(JavaClass::getName)).noneMatch(name -> name.contains("canary"));
    }

    @Test
    void nothing_is_synchronized() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path jar : jars) {
            found.addAll(monitorsIn(jar));
        }

        assertThat(found).isEmpty();
    }

    @Test
    void a_monitor_would_be_found_on_methods_and_in_blocks() throws IOException {
        try (InputStream in =
                DoesItsOwnTime.class.getResourceAsStream(DoesItsOwnTime.class.getSimpleName() + ".class")) {
            assertThat(monitorsIn(in.readAllBytes()))
                    .extracting(place -> place.replaceAll(".*\\.", ""))
                    .containsExactlyInAnyOrder("lockedMethod", "lockedBlock");
        }
    }

    private static ArchRule noAccess(Set<String> exceptions, Predicate<JavaAccess<?>> forbidden) {
        DescribedPredicate<JavaClass> excepted =
                describe("are excepted", javaClass -> exceptions.contains(outermost(javaClass)));
        return noClasses()
                .that(not(excepted).and(not(resideInAPackage("java.."))))
                .should()
                .accessTargetWhere(describe("it is forbidden", forbidden));
    }

    private static String outermost(JavaClass javaClass) {
        return javaClass.getName().replaceFirst("\\$.*", "");
    }

    private static boolean revealsASecret(JavaAccess<?> access) {
        return isMethod(access, Secret.class, "reveal");
    }

    private static boolean readsTheClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getName();
        return owner.startsWith("java.time.") && name.equals("now")
                || owner.equals("java.time.Clock") && name.startsWith("system")
                || owner.equals("java.lang.System") && (name.equals("nanoTime") || name.equals("currentTimeMillis"));
    }

    private static boolean startsAThread(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getName();
        return owner.equals("java.lang.Thread")
                        && Set.of("<init>", "ofVirtual", "ofPlatform", "startVirtualThread", "start")
                                .contains(name)
                || owner.equals("java.util.concurrent.Executors")
                || owner.equals("java.util.Timer")
                || owner.equals("java.util.concurrent.ScheduledThreadPoolExecutor") && name.equals("<init>");
    }

    private static boolean usesStandardStreams(JavaAccess<?> access) {
        return access.getTargetOwner().isEquivalentTo(System.class)
                && Set.of("out", "err", "in", "console").contains(access.getName());
    }

    private static boolean isMethod(JavaAccess<?> access, Class<?> owner, String name) {
        return access.getTargetOwner().isEquivalentTo(owner) && access.getName().equals(name);
    }

    private static List<String> monitorsIn(Path jar) throws IOException {
        List<String> found = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
                if (entry.getName().endsWith(".class")) {
                    found.addAll(monitorsIn(file.getInputStream(entry).readAllBytes()));
                }
            }
        }
        return found;
    }

    /** ArchUnit sees synchronized methods but no blocks, so this reads the instructions, with the reader it brings along. */
    private static List<String> monitorsIn(byte[] classFile) {
        List<String> found = new ArrayList<>();
        ClassReader reader = new ClassReader(classFile);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        String place = reader.getClassName().replace('/', '.') + "." + name;
                        if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                            found.add(place);
                        }
                        return new MethodVisitor(Opcodes.ASM9) {
                            @Override
                            public void visitInsn(int opcode) {
                                if (opcode == Opcodes.MONITORENTER) {
                                    found.add(place);
                                }
                            }
                        };
                    }
                },
                ClassReader.SKIP_DEBUG);
        return found;
    }
}
