package io.github.codebuddy2api.filestore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** What may have become of a file while nobody looked. */
enum Mutation {
    FLIPPED_BITS {
        @Override
        void apply(Path file, Random random) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            for (int flips = 1 + random.nextInt(8); flips > 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, bytes);
        }
    },
    CUT_OFF {
        @Override
        void apply(Path file, Random random) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
        }
    },
    ZEROED {
        @Override
        void apply(Path file, Random random) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            Arrays.fill(bytes, random.nextInt(bytes.length + 1), bytes.length, (byte) 0);
            Files.write(file, bytes);
        }
    },
    NOISE {
        @Override
        void apply(Path file, Random random) throws IOException {
            byte[] bytes = new byte[random.nextInt(4_096)];
            random.nextBytes(bytes);
            Files.write(file, bytes);
        }
    },
    ANOTHER_TYPE {
        @Override
        void apply(Path file, Random random) throws IOException {
            String[] others = {
                "[]",
                "7",
                "null",
                "\"text\"",
                "{}",
                "[".repeat(100_000),
                "{\"bearer_token\": {\"a\": 1}}",
                "a: [b",
                "- 1"
            };
            Files.writeString(file, others[random.nextInt(others.length)]);
        }
    },
    HUGE {
        @Override
        void apply(Path file, Random random) throws IOException {
            byte[] bytes = new byte[2 << 20];
            Arrays.fill(bytes, (byte) ' ');
            Files.write(file, bytes);
        }
    },
    LINK {
        @Override
        void apply(Path file, Random random) throws IOException {
            Path[] targets = {file, file.resolveSibling("nowhere"), Path.of("/dev/zero"), Path.of("/")};
            Files.delete(file);
            Files.createSymbolicLink(file, targets[random.nextInt(targets.length)]);
        }
    },
    FOLDER {
        @Override
        void apply(Path file, Random random) throws IOException {
            Files.delete(file);
            Files.createDirectory(file);
            Files.writeString(file.resolve("inside"), "x");
        }
    },
    PIPE {
        @Override
        void apply(Path file, Random random) throws IOException {
            Files.delete(file);
            Process made = new ProcessBuilder("mkfifo", file.toString()).start();
            try {
                if (made.waitFor() != 0) {
                    throw new IOException("no pipe could be made");
                }
            } catch (InterruptedException told) {
                Thread.currentThread().interrupt();
            }
        }
    };

    abstract void apply(Path file, Random random) throws IOException;
}
