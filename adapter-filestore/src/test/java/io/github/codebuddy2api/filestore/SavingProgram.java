package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.usage.UsageRecord;
import io.github.codebuddy2api.filestore.StoredHome.Save;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A program that saves until it is killed. The stores are all there is of the product in it, so it starts quickly. */
final class SavingProgram {
    /** The thread that saves what {@link #once} is asked for. */
    static final String SAVER = "saver";

    private static final int ENDLESS = 1_000_000;

    private SavingProgram() {}

    /** What is saved is decided by the random numbers that the seed gives, whatever home it is. */
    static Random decisions(long seed, int number) {
        return new Random(seed * ENDLESS + number);
    }

    /**
     * Saves in a home.
     *
     * @param arguments {@code without-end}, the home, an empty folder for a copy of it and a seed; or {@code once}, a
     *     home, another one with the same in it, and what to save
     */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[1]);
        Path other = Path.of(arguments[2]);
        if (arguments[0].equals("once")) {
            once(home, other, arguments[3]);
        } else {
            withoutEnd(home, other, Long.parseLong(arguments[3]));
        }
    }

    /** Says before each save what will be seen after it, which the same save in a copy shows, and says when it is done. */
    private static void withoutEnd(Path folder, Path twin, long seed) throws IOException {
        copy(folder, twin);
        ManualTime time = StoredHome.later();
        StoredHome home = new StoredHome(folder, new LocalDisk(), time);
        StoredHome copy = new StoredHome(twin, new RecordingDisk(twin, false), time);
        say("seen " + String.join("\t", home.seen()));
        for (int number = 0; number < ENDLESS; number++) {
            Save kind = Save.any(decisions(seed, number));
            copy.save(kind, decisions(seed, number), number);
            say("next " + String.join("\t", copy.seen()));
            home.save(kind, decisions(seed, number), number);
            say("done");
        }
    }

    /** Saves one thing, on a thread of its own that does nothing else, when a byte comes in. */
    private static void once(Path folder, Path rehearsal, String what) throws Exception {
        if (what.equals("USE")) {
            use(rehearsal).run();
        } else {
            new StoredHome(rehearsal, new LocalDisk()).save(Save.valueOf(what), new Random(0), 1);
        }
        Runnable save = what.equals("USE") ? use(folder) : save(new StoredHome(folder, new LocalDisk()), what);
        Thread saver = Thread.ofPlatform().name(SAVER).start(() -> {
            go();
            save.run();
            say("done");
        });
        saver.join();
    }

    private static void go() {
        try {
            say("ready" + System.in.read(new byte[0]));
            if (System.in.read() < 0) {
                throw new IllegalStateException("nobody wants it");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Runnable save(StoredHome home, String what) {
        return () -> {
            try {
                home.save(Save.valueOf(what), new Random(0), 1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** The store of usage has a thread of its own, which is idle until this is run. */
    private static Runnable use(Path folder) {
        UsageFile usage = new UsageFile(folder.resolve("usage"), () -> Duration.ofDays(30), new ManualTime());
        return () -> {
            usage.append(record(1));
            usage.close();
        };
    }

    /** One use of the service; each number gives another. */
    static UsageRecord record(int number) {
        return new UsageRecord(
                ManualTime.START.plusSeconds(number),
                "model-" + number,
                new CredentialId("0123456789abcdef"),
                "codebuddy_li.json",
                1,
                null,
                number,
                number * 7L,
                0,
                0.25,
                Duration.ofMillis(number),
                Duration.ofMillis(6_789));
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(from)) {
            all = files.toList();
        }
        for (Path file : all) {
            Path place = to.resolve(from.relativize(file));
            if (!file.equals(from)) {
                Files.copy(file, place);
            }
        }
    }
}
