package io.github.codebuddy2api.filestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.codebuddy2api.core.usage.UsageRecord;
import io.github.codebuddy2api.filestore.StoredHome.Save;
import io.github.codebuddy2api.filestore.Tracer.Call;
import io.github.codebuddy2api.proofs.Promise;
import io.github.codebuddy2api.proofs.Proof;
import io.github.codebuddy2api.proofs.Size;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program is killed as it begins each of the system calls of a save. */
final class KilledSystemCallTest {
    private static final String USE = "USE";

    /** So many programs at once. */
    private static final int AT_ONCE = 2;

    @TempDir
    Path top;

    private Path template = Path.of("");
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger missed = new AtomicInteger();

    @Test
    @Tag("trust")
    @Tag("P1")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void whichever_system_call_of_a_save_is_the_last_nothing_is_lost_or_torn() throws Exception {
        Proof proof = Proof.of(Promise.P1, "kills-at-each-system-call");
        List<String> kinds = kinds(proof.size());
        String reason = kinds.isEmpty() ? "the kills at system calls, which are left to ./trust" : reasonNot();
        if (!reason.isEmpty()) {
            proof.without(reason).show(() -> "0 kills at system calls");
            return;
        }
        if (proof.size() != Size.LONG) {
            proof.without("the calls that change nothing, and the other kinds of save; ./trust --long P1 has them");
        }
        proof.show(() -> {
            int kills = 0;
            for (String kind : kinds) {
                kills += killAtEach(kind, proof.size() == Size.LONG);
            }
            assertThat(missed).as("saves that ended before their call").hasValueLessThan(1 + kills / 10);
            return "%,d kill -9 at each system call of %d kinds of save (%s), %d missed: 0 bad"
                    .formatted(kills, kinds.size(), String.join(", ", kinds).toLowerCase(Locale.ROOT), missed.get());
        });
    }

    /** None in the gate, which must not need strace. */
    private static List<String> kinds(Size size) {
        List<String> all = Stream.concat(Stream.of(Save.values()).map(Enum::name), Stream.of(USE))
                .toList();
        return switch (size) {
            case GATE -> List.of();
            case SHORT -> List.of("REFRESH", "CHOOSE", "SET", USE);
            case LONG -> all;
        };
    }

    /** Why it cannot be done here; empty if it can. */
    private String reasonNot() throws Exception {
        try {
            List<Call> unused = watched(USE);
            return "";
        } catch (Tracer.Refused refused) {
            return "the kills at system calls: " + refused.getMessage();
        }
    }

    private int killAtEach(String kind, boolean everyCall) throws Exception {
        List<Call> calls = watched(kind).stream()
                .filter(call -> everyCall || call.isChange())
                .toList();
        assertThat(calls).as(kind).hasSizeGreaterThan(2);
        List<Future<?>> kills = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            calls.forEach(call -> kills.add(threads.submit(() -> kill(kind, call))));
        }
        for (Future<?> kill : kills) {
            kill.get();
        }
        return kills.size();
    }

    /** A program that is about to save, and the home it is about to save in. */
    private record Ready(SavingChild child, Path folder, String thread) {}

    private Ready ready(String kind) throws IOException {
        Path folder = Files.createDirectory(top.resolve("run-" + runs.incrementAndGet()));
        Path home = home(folder.resolve("home"));
        SavingChild child = SavingChild.start(
                "once", home.toString(), home(folder.resolve("rehearsal")).toString(), kind);
        assertThat(child.line()).startsWith("ready");
        String name = kind.equals(USE) ? "usage-writer" : SavingProgram.SAVER;
        return new Ready(child, home, child.thread(name).orElseThrow());
    }

    private Path home(Path folder) throws IOException {
        SavingProgram.copy(template, Files.createDirectory(folder));
        return folder;
    }

    @BeforeEach
    void fill_a_home() throws IOException {
        template = Files.createDirectory(top.resolve("template"));
        StoredHome.fill(template);
        try (UsageFile usage = usage(template)) {
            usage.append(SavingProgram.record(0));
        }
    }

    private static UsageFile usage(Path folder) {
        return new UsageFile(folder.resolve("usage"), () -> Duration.ofDays(30), new ManualTime());
    }

    /** The calls of an undisturbed save. */
    private List<Call> watched(String kind) throws Exception {
        Ready ready = ready(kind);
        try (SavingChild child = ready.child();
                Tracer tracer = Tracer.watch(ready.thread(), ready.folder().resolve("../strace"))) {
            child.go();
            assertThat(child.line()).isEqualTo("done");
            child.awaitEnd();
            return tracer.calls().stream()
                    .takeWhile(call -> !call.rest().startsWith("1, \"done"))
                    .toList();
        }
    }

    private @Nullable Void kill(String kind, Call call) throws Exception {
        Ready ready = ready(kind);
        Set<String> before = seenInCopy(ready.folder());
        try (SavingChild child = ready.child();
                Tracer tracer =
                        Tracer.killAt(call, ready.thread(), ready.folder().resolve("../strace"))) {
            child.go();
            String line = child.line();
            child.awaitEnd();
            List<Call> calls = tracer.calls();
            boolean saved = line != null;
            if (saved) {
                missed.incrementAndGet();
            } else {
                assertThat(calls.getLast().name()).isEqualTo(call.name());
            }
            check(kind, ready.folder(), before, "%s at %s %d".formatted(kind, call.name(), call.nth()));
        }
        return null;
    }

    /** The program has the home open, so what is in it is looked at elsewhere. */
    private static Set<String> seenInCopy(Path home) throws IOException {
        Path copy = Files.createDirectory(home.resolveSibling("copy"));
        SavingProgram.copy(home, copy);
        return new StoredHome(copy, new RecordingDisk(copy, false)).seen();
    }

    private void check(String kind, Path folder, Set<String> before, String where) throws IOException {
        Path rehearsal = folder.resolveSibling("rehearsal");
        StoredHome home = new StoredHome(folder, new RecordingDisk(folder, false));
        Set<String> seen = home.seen();
        assertThat(home.flaws()).as(where).isEmpty();
        if (kind.equals(USE)) {
            usageIsWhole(folder, where);
            return;
        }
        Set<String> after = new StoredHome(rehearsal, new RecordingDisk(rehearsal, false)).seen();
        assertThat(StoredHome.isSame(seen, before) || StoredHome.isSame(seen, after))
                .as("%s: before %s, after %s, but now %s", where, before, after, seen)
                .isTrue();
    }

    private static void usageIsWhole(Path folder, String where) {
        try (UsageFile usage = usage(folder)) {
            usage.append(SavingProgram.record(2));
        }
        List<UsageRecord> kept = new ArrayList<>();
        try (UsageFile usage = usage(folder)) {
            usage.replay(kept::add);
        }
        assertThat(kept).as(where).startsWith(SavingProgram.record(0)).endsWith(SavingProgram.record(2));
        kept.removeAll(List.of(SavingProgram.record(0), SavingProgram.record(1), SavingProgram.record(2)));
        assertThat(kept).as(where).isEmpty();
    }
}
