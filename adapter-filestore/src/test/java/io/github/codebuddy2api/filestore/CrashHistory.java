package io.github.codebuddy2api.filestore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was done to a disk, step by step, and what a loss of power after any of the steps may leave of it. What was not
 * forced may be lost: of the changes to directories the last ones, as in a file system with a journal, or any of them, as
 * in one without; of a file's content any part. A rename is one change even if it concerns two directories.
 */
final class CrashHistory {
    /** In the place of a file's number: there is nothing of that name. */
    static final int NOTHING = -1;
    /** In the place of a file's number: a directory. */
    static final int DIRECTORY = -2;

    private static final int SECTOR = 64;

    /** One step. */
    private sealed interface Step {}

    private record Written(int file, ByteBuffer content) implements Step {}

    private record Forced(int file) implements Step {}

    /** A change to directories: which file each name means from now on. */
    private record Renamed(Map<Path, Integer> names) implements Step {
        boolean concerns(Path directory) {
            return names.keySet().stream().anyMatch(name -> directory.equals(parent(name)));
        }
    }

    /** The empty path is the top folder. */
    private static Path parent(Path name) {
        Path parent = name.getParent();
        return parent == null ? Path.of("") : parent;
    }

    private record DirectoryForced(Path directory) implements Step {}

    private final Map<Path, Integer> namesBefore;
    private final Map<Integer, byte[]> contentsBefore;
    private final List<Step> steps = new ArrayList<>();

    CrashHistory(Map<Path, Integer> names, Map<Integer, byte[]> contents) {
        this.namesBefore = Map.copyOf(names);
        this.contentsBefore = Map.copyOf(contents);
    }

    int size() {
        return steps.size();
    }

    /** The steps that concern directories, in words. */
    List<String> told() {
        List<String> told = new ArrayList<>();
        for (Step step : steps) {
            switch (step) {
                case Written written -> {}
                case Forced forced -> {}
                case Renamed renamed ->
                    new TreeMap<>(renamed.names())
                            .forEach((name, file) -> told.add(name + (file == NOTHING ? " goes" : " comes")));
                case DirectoryForced forced -> told.add("force " + forced.directory());
            }
        }
        return told;
    }

    void written(int file, byte[] content) {
        steps.add(new Written(file, ByteBuffer.wrap(content)));
    }

    void forced(int file) {
        steps.add(new Forced(file));
    }

    void renamed(Map<Path, Integer> names) {
        steps.add(new Renamed(Map.copyOf(names)));
    }

    void forcedDirectory(Path directory) {
        steps.add(new DirectoryForced(directory));
    }

    /**
     * What is on the disk after the power was lost.
     *
     * @param names which file each name means
     * @param contents what each file holds
     */
    record Remains(SortedMap<Path, Integer> names, Map<Integer, byte[]> contents) {
        /** Puts it into an empty folder. */
        void put(Path folder) throws IOException {
            Map<Integer, Path> written = new HashMap<>();
            for (Map.Entry<Path, Integer> entry : names.entrySet()) {
                Path place = folder.resolve(entry.getKey());
                Path first = written.putIfAbsent(entry.getValue(), place);
                if (entry.getValue() == DIRECTORY) {
                    Files.createDirectory(place);
                } else if (first != null) {
                    Files.createLink(place, first);
                } else {
                    Files.write(place, contents.getOrDefault(entry.getValue(), new byte[0]));
                }
            }
        }

        /** The same for disks that hold the same. */
        Object fingerprint() {
            StringBuilder all = new StringBuilder();
            Map<Integer, Integer> numbers = new HashMap<>();
            names.forEach((name, file) -> {
                int number = file < 0 ? file : numbers.computeIfAbsent(file, first -> numbers.size());
                byte[] content = contents.getOrDefault(file, new byte[0]);
                all.append(name).append('=').append(number).append(':').append(Arrays.hashCode(content));
                all.append(',').append(content.length).append('\n');
            });
            return all.toString();
        }
    }

    /** The power goes when so many steps have been done. */
    Remains after(int done, Random random) {
        boolean journal = random.nextBoolean();
        TreeMap<Path, Integer> names = new TreeMap<>(namesBefore);
        List<Renamed> pending = new ArrayList<>();
        Map<Integer, byte[]> safe = new HashMap<>(contentsBefore);
        Map<Integer, byte[]> unsafe = new HashMap<>();
        for (Step step : steps.subList(0, done)) {
            switch (step) {
                case Written written ->
                    unsafe.put(written.file(), written.content().array());
                case Forced forced -> {
                    byte[] content = unsafe.remove(forced.file());
                    if (content != null) {
                        safe.put(forced.file(), content);
                    }
                }
                case Renamed renamed -> pending.add(renamed);
                case DirectoryForced forced -> commit(pending, forced.directory(), journal, names);
            }
        }
        surviving(pending, journal, random).forEach(renamed -> apply(renamed, names));
        removeOrphans(names);
        unsafe.forEach((file, content) -> safe.put(file, torn(content, random)));
        return new Remains(names, safe);
    }

    private static void commit(List<Renamed> pending, Path directory, boolean journal, Map<Path, Integer> names) {
        int last = pending.size();
        while (last > 0 && !pending.get(last - 1).concerns(directory)) {
            last--;
        }
        List<Renamed> forced = new ArrayList<>(pending.subList(0, last));
        if (!journal) {
            forced.removeIf(renamed -> !renamed.concerns(directory));
        }
        forced.forEach(renamed -> apply(renamed, names));
        pending.removeAll(forced);
    }

    private static List<Renamed> surviving(List<Renamed> pending, boolean journal, Random random) {
        if (journal) {
            return pending.subList(0, random.nextInt(pending.size() + 1));
        }
        return pending.stream().filter(renamed -> random.nextBoolean()).toList();
    }

    private static void apply(Renamed renamed, Map<Path, Integer> names) {
        renamed.names().forEach((name, file) -> {
            if (file == NOTHING) {
                names.remove(name);
            } else {
                names.put(name, file);
            }
        });
    }

    /** What is in a directory that is not there is not there either. */
    private static void removeOrphans(Map<Path, Integer> names) {
        Set<Path> there = new HashSet<>(Set.of(Path.of("")));
        names.entrySet().removeIf(entry -> {
            boolean orphan = !there.contains(parent(entry.getKey()));
            if (!orphan && entry.getValue() == DIRECTORY) {
                there.add(entry.getKey());
            }
            return orphan;
        });
    }

    /** Whole, cut off, with holes, with what was on the disk before, or empty. */
    static byte[] torn(byte[] content, Random random) {
        byte[] torn = content.clone();
        switch (random.nextInt(6)) {
            case 0 -> {}
            case 1 -> torn = new byte[0];
            case 2 -> torn = Arrays.copyOf(content, random.nextInt(content.length + 1));
            case 3 -> Arrays.fill(torn, random.nextInt(content.length + 1), content.length, (byte) 0);
            case 4 -> {
                for (int from = 0; from < torn.length; from += SECTOR) {
                    if (random.nextBoolean()) {
                        Arrays.fill(torn, from, Math.min(torn.length, from + SECTOR), (byte) 0);
                    }
                }
            }
            default -> {
                byte[] old = new byte[content.length];
                random.nextBytes(old);
                int from = random.nextInt(content.length + 1);
                System.arraycopy(old, from, torn, from, content.length - from);
            }
        }
        return torn;
    }
}
