package io.github.codebuddy2api.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A throw-away app home. */
final class AppHome implements AutoCloseable {
    /** The password of every home whose test is not about passwords. */
    static final String PASSWORD = "correct-horse-battery";

    private final Path folder;

    private AppHome(Path folder) {
        this.folder = folder;
    }

    /** One without any file. */
    static AppHome empty() throws IOException {
        return new AppHome(Files.createTempDirectory("codebuddy2api-acceptance"));
    }

    Path folder() {
        return folder;
    }

    Path configFile() {
        return folder.resolve("config/config.yaml");
    }

    void config(String yaml) throws IOException {
        Files.createDirectories(configFile().getParent());
        Files.writeString(configFile(), yaml);
    }

    /** The port that the configuration names. */
    int port() throws IOException {
        return Integer.parseInt(Files.readString(configFile()).replaceFirst("(?s).*?\\n  port: (\\d+)\\n.*", "$1"));
    }

    void credential(String fileName, String json) throws IOException {
        Path file = folder.resolve(".codebuddy_creds").resolve(fileName);
        Files.createDirectories(file.getParent());
        Files.writeString(file, json);
    }

    /** A credential file for each token; user ids are {@code user-1} and so on. */
    void credentials(List<String> tokens) throws IOException {
        for (int number = 1; number <= tokens.size(); number++) {
            credential(
                    "codebuddy_token_" + number + ".json",
                    "{\"bearer_token\": \"%s\", \"user_id\": \"user-%d\"}".formatted(tokens.get(number - 1), number));
        }
    }

    /**
     * The files in a folder, down to a depth, that only a caller's request changes: neither who rests, which is written a
     * while later, nor a file that is being written at this moment and may be gone at the next.
     */
    static List<Path> lastingFiles(Path folder, int depth) throws IOException {
        List<Path> lasting = new ArrayList<>();
        Files.walkFileTree(folder, Set.of(), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (attributes.isRegularFile() && !name.equals(".rests") && !name.endsWith(".tmp")) {
                    lasting.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException && !file.equals(folder)) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return lasting;
    }

    @Override
    public void close() {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
