package io.github.codebuddy2api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * The packaged service with what it holds made visible from outside: memory, threads, files, and the moments in which a
 * virtual thread kept its carrier. The kernel and the JDK's own tools tell; nothing of it is in the service.
 */
final class MeasuredService implements AutoCloseable {
    private static final String PINNED = "jdk.VirtualThreadPinned";
    private static final Pattern COLLECTION = Pattern.compile("\\b(\\d+)M->\\d+M\\(\\d+M\\)");
    private static final Pattern LIVE = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern THREAD = Pattern.compile("\"tid\":");
    private static final int TOOL_LIMIT_SECONDS = 60;

    private final ServiceUnderTest service;
    private final Path folder;

    private MeasuredService(ServiceUnderTest service, Path folder) {
        this.service = service;
        this.folder = folder;
    }

    /** What it holds at one moment. */
    record Held(int files, int threads, int virtualThreads, long heapKilobytes, long rssMegabytes) {
        @Override
        public String toString() {
            return files + " files, " + threads + "+" + virtualThreads + " threads, " + heapKilobytes / 1024 + "."
                    + heapKilobytes % 1024 * 10 / 1024 + " MiB heap";
        }
    }

    static MeasuredService start(Setup setup, String... jvmOptions) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("codebuddy2api-measured");
        List<String> options = new ArrayList<>(List.of(jvmOptions));
        options.add("-Xlog:gc:file=" + folder.resolve("gc.log") + "::filecount=0");
        return new MeasuredService(ServiceUnderTest.start(setup, options), folder);
    }

    ServiceUnderTest service() {
        return service;
    }

    /** Starts to record every moment, however short, in which a virtual thread kept its carrier while it waited. */
    void recordPinning() throws IOException, InterruptedException {
        jcmd("JFR.start", "name=pinned", "settings=none", PINNED + "#enabled=true", PINNED + "#threshold=0ns");
    }

    /** The moments recorded until now. */
    List<RecordedEvent> pinned() throws IOException, InterruptedException {
        Path file = folder.resolve("pinned.jfr");
        jcmd("JFR.dump", "name=pinned", "filename=" + file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(PINNED))
                .toList();
    }

    /** Collects the garbage and looks; the heap is what lives at one moment, whatever comes and goes meanwhile. */
    Held held() throws IOException, InterruptedException {
        Matcher live = LIVE.matcher(jcmd("GC.class_histogram"));
        assertThat(live.find()).as("the histogram has a total").isTrue();
        long heap = Long.parseLong(live.group(1)) / 1024;
        Path threads = folder.resolve("threads.json");
        jcmd("Thread.dump_to_file", "-overwrite", "-format=json", threads.toString());
        String dump = Files.readString(threads);
        int all = (int) THREAD.matcher(dump).results().count();
        int platform = count("task");
        int virtual = (int)
                Pattern.compile("\"virtual\": true").matcher(dump).results().count();
        return new Held(count("fd"), platform, virtual == 0 ? Math.max(0, all - platform) : virtual, heap, rss());
    }

    /** Open files, sockets among them. */
    int files() throws IOException {
        return count("fd");
    }

    long rss() throws IOException {
        return status("VmRSS");
    }

    /** The most of its memory that was ever resident, in MiB. */
    long peakRss() throws IOException {
        return status("VmHWM");
    }

    private long status(String name) throws IOException {
        try (Stream<String> lines = Files.lines(proc().resolve("status"))) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The most that any collection has found in the heap, in MiB. */
    long peakHeap() throws IOException, InterruptedException {
        jcmd("GC.run");
        String log = Files.readString(folder.resolve("gc.log"));
        return COLLECTION
                .matcher(log)
                .results()
                .mapToLong(collection -> Long.parseLong(collection.group(1)))
                .max()
                .orElseThrow();
    }

    private int count(String of) throws IOException {
        try (Stream<Path> entries = Files.list(proc().resolve(of))) {
            return (int) entries.count();
        }
    }

    private Path proc() {
        return Path.of("/proc", Long.toString(service.process().pid()));
    }

    private String jcmd(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Packaged.jdk("jcmd"), Long.toString(service.process().pid())));
        command.addAll(List.of(words));
        Path output = folder.resolve("jcmd.txt");
        Process tool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!tool.waitFor(TOOL_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            tool.destroyForcibly();
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        if (tool.waitFor() != 0) {
            throw new AssertionError(command + ": " + said);
        }
        return said;
    }

    @Override
    public void close() throws IOException {
        try {
            service.close();
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }
}
